"""The reporting month: what every folder, partition and run is keyed by."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month, written ``2026-10``."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``2026-10``; raise ValueError, in plain words, for anything else."""
        found = re.fullmatch(r"(20\d\d|19\d\d)-(0[1-9]|1[0-2])", text.strip())
        if not found:
            raise ValueError(f"'{text}' is not a month: write it as year and month, e.g. 2026-10")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        """Write it as folders and keys do."""
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The reporting date D of contract section 2."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def plus(self, months: int) -> Month:
        """Return the month that many months later (earlier where negative)."""
        position = self.year * 12 + self.number - 1 + months
        return Month(position // 12, position % 12 + 1)


def reporting_month(params: Mapping[str, object], partition_key: str | None) -> Month:
    """Return the month of a run: ``params["month"]``, else the partition key (ruling F11).

    Raises ValueError where neither is given: a month is never guessed from the clock.
    """
    given = params.get("month") or partition_key
    if not given:
        raise ValueError("no reporting month: give one as the param 'month', e.g. 2026-10")
    return Month.parse(str(given))
