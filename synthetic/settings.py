"""What an invented council is like: its code, its size, its months and its random seed."""

import random
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from synthetic.days import add_months, end_of_month

REFERENCE_SIZE = 550
"""The numbers in the other modules are for a council of this many looked after children."""


@dataclass(frozen=True)
class CouncilSettings:
    """One invented council; the same settings always give the same bytes."""

    la: str = "X99000001"
    name: str = "Example Borough Council"
    children: int = REFERENCE_SIZE
    months: int = 15
    last_month: str = "2026-10"
    seed: int = 1
    years: int = 6

    @cached_property
    def last_day(self) -> date:
        """The reporting date of the last extract."""
        year, month = self.last_month.split("-")
        return end_of_month(date(int(year), int(month), 1))

    @cached_property
    def month_ends(self) -> tuple[date, ...]:
        """The reporting dates, oldest first."""
        first_of_last = self.last_day.replace(day=1)
        starts = [add_months(first_of_last, -back) for back in range(self.months)]
        return tuple(end_of_month(start) for start in reversed(starts))

    @cached_property
    def history_from(self) -> date:
        """The first day from which the council's records are complete (ruling F7)."""
        return add_months(self.month_ends[0].replace(day=1), -12 * self.years)

    @cached_property
    def simulated_from(self) -> date:
        """Long enough before the history that children then in care have a past of their own."""
        return add_months(self.history_from, -120)

    @property
    def is_large(self) -> bool:
        """Whether one odd child is few enough not to stop a publication (ruling A5: 1%)."""
        return self.children >= 200

    def rng(self, *purpose: object) -> random.Random:
        """Return the random numbers of one purpose; no other purpose disturbs them."""
        return random.Random("/".join(str(part) for part in (self.seed, self.la, *purpose)))

    def scaled(self, per_550_children: float) -> float:
        """Return a number given for 550 children for this council's size."""
        return per_550_children * self.children / REFERENCE_SIZE
