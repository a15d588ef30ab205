"""Everyone's periods of care at one reporting date, and the reviews held in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from .care import Period, periods_of_care
from .dates import add_months, working_day_after
from .extract import Extract


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
    def looked_after(self) -> list[tuple[str, Period]]:
        """Each child looked after at D with the current period of care (C2, C6, C7, C8)."""
        return [
            (person, period)
            for person, periods in self.periods.items()
            for period in periods
            if period.runs_on(self.day)
        ]

    @cached_property
    def reviews_held(self) -> list[tuple[date, bool]]:
        """Every review held by D: its date and whether it was in time (C21)."""
        held: dict[tuple[str, date], list[date]] = {}
        for person, period, days in self._reviews_by_period():
            for day in days:
                held.setdefault((person, period.start), []).append(day)
        found = []
        for (_, start), days in held.items():
            for number, day in enumerate(sorted(days)):
                found.append((day, day <= self._review_due(start, sorted(days), number)))
        return found

    def _review_due(self, start: date, days: Sequence[date], number: int) -> date:
        if number == 0:
            return working_day_after(start, 20, self.extract.reference.holidays)
        return add_months(days[number - 1], 3 if number == 1 else 6)

    def _reviews_by_period(self) -> Iterable[tuple[str, Period, list[date]]]:
        """Reviews with their period of care, one for each child and day."""
        by_care_id: dict[str, list[tuple[str, Period]]] = {}
        for person, periods in self.periods.items():
            for period in periods:
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
                yield owner[0], owner[1], [review.day]


def _period_on(
    candidates: list[tuple[str, Period]], day: date, strict: bool
) -> tuple[str, Period] | None:
    """The period of care holding a day, its last day too.

    Without one: none if ``strict``, else the latest to start before the day, else the first.
    """
    candidates = sorted(candidates, key=lambda c: c[1].start)
    for person, period in candidates:
        if period.start <= day and (period.end is None or day <= period.end):
            return person, period
    if strict or not candidates:
        return None
    return next((c for c in reversed(candidates) if c[1].start <= day), candidates[0])
