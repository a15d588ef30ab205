"""Everyone's periods of care at one reporting date, and the reviews held in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from .care import Period, Spell, current_spell, periods_of_care
from .dates import add_months, age_at, working_day_after
from .extract import Extract

PeriodKey = tuple[str, date]


class CareAt:
    """Everyone's periods of care as known at one reporting date."""

    def __init__(self, extract: Extract, day_d: date) -> None:
        """Work out the periods of care of everyone in the extract, at ``day_d``."""
        self.extract = extract
        self.day = day_d
        self.periods = {
            person: periods_of_care(episodes, extract.births.get(person), day_d)
            for person, episodes in extract.episodes_at(day_d).items()
        }

    @cached_property
    def every_period(self) -> list[tuple[str, Period]]:
        """Every period of care up to D, of children and of those who left."""
        return [(person, period) for person, all_of in self.periods.items() for period in all_of]

    @cached_property
    def looked_after(self) -> list[tuple[str, Period]]:
        """Each child looked after at D with the current period of care (C2, C6, C7, C8)."""
        return [
            (person, period) for person, period in self.every_period if period.runs_on(self.day)
        ]

    @cached_property
    def spells(self) -> dict[str, tuple[Spell | None, Spell | None]]:
        """The carer spell at D of each child looked after, and the one before it."""
        return {person: current_spell(period, self.day) for person, period in self.looked_after}

    def age_of(self, person: str) -> int | None:
        """Completed years at D (C4d); None where no birth date is known."""
        born = self.extract.births.get(person)
        return None if born is None else age_at(born, self.day)

    def working_day_of_care(self, period: Period, number: int) -> date:
        """The n-th working day after care began (C5)."""
        return working_day_after(period.start, number, self.extract.reference.holidays)

    @cached_property
    def review_days(self) -> dict[PeriodKey, list[date]]:
        """The days of the reviews held by D, in order, by person and start of the period."""
        held: dict[PeriodKey, list[date]] = defaultdict(list)
        for person, period, day in self._reviews_by_period():
            held[person, period.start].append(day)
        return {key: sorted(days) for key, days in held.items()}

    @cached_property
    def reviews_held(self) -> list[tuple[date, bool]]:
        """Every review held by D: its date and whether it was in time (C21)."""
        return [
            (day, day <= self._review_due(start, days, number))
            for (_, start), days in self.review_days.items()
            for number, day in enumerate(days)
        ]

    def _review_due(self, start: date, days: Sequence[date], number: int) -> date:
        if number == 0:
            return working_day_after(start, 20, self.extract.reference.holidays)
        return add_months(days[number - 1], 3 if number == 1 else 6)

    def _reviews_by_period(self) -> Iterable[tuple[str, Period, date]]:
        """Reviews with their period of care, one for each child and day."""
        by_care_id: dict[str, list[tuple[str, Period]]] = {}
        for person, period in self.every_period:
            for care_id in period.care_ids:
                by_care_id.setdefault(care_id, []).append((person, period))
        seen = set()
        for review in self.extract.reviews or []:
            if review.day > self.day:
                continue
            if review.care_id:
                owner = _period_on(by_care_id.get(review.care_id, []), review.day, strict=False)
            else:
                mine = [(review.person, p) for p in self.periods.get(review.person, [])]
                owner = _period_on(mine, review.day, strict=True)
            if owner is not None and (owner[0], review.day) not in seen:
                seen.add((owner[0], review.day))
                yield owner[0], owner[1], review.day


def _period_on(
    candidates: list[tuple[str, Period]], day: date, strict: bool
) -> tuple[str, Period] | None:
    """The period of care holding a day, its last day too.

    Without one: none if ``strict``, else the latest to start before the day.
    """
    candidates = sorted(candidates, key=lambda c: c[1].start)
    for person, period in candidates:
        if period.start <= day and (period.end is None or day <= period.end):
            return person, period
    if strict or not candidates:
        return None
    return next((c for c in reversed(candidates) if c[1].start <= day), None)
