"""Visits to looked after children by three standards: the published, the local, regulation 28."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .adoption import latest_decision
from .care import ADOPTIVE, Period, at_d, current_row
from .council import CareAt
from .dates import add_months
from .fostering import is_under_regulation_24
from .values import Figure, share

MATCHED = ADOPTIVE | {"U1", "U4"}
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Visited:
    """A child looked after at D, when the carer spell began and the visits in it."""

    person: str
    period: Period
    start: date
    days: Sequence[date]

    @property
    def last(self) -> date | None:
        """The latest visit."""
        return max(self.days, default=None)


def visited(care: CareAt) -> list[Visited]:
    """Each child with the clock of C20; one away with nobody before has it from day one."""
    visits = care.extract.visits or {}
    found = []
    for person, period in care.looked_after:
        spell, _ = care.spells[person]
        start = spell.start if spell else period.start
        days = [day for day in visits.get(person, []) if start <= day <= care.day]
        found.append(Visited(person, period, start, days))
    return found


def not_overdue(due: Callable[[Visited, CareAt], date]) -> Callable[[CareAt], Figure]:
    """Counts the children with no visit overdue at D by one standard."""
    return lambda care: share(care.day <= due(child, care) for child in visited(care))


def due_nationally(child: Visited, care: CareAt) -> date:
    """When the next visit is due: a week, then six weeks, after a year twelve weeks (C20)."""
    if child.last is None:
        return child.start + WEEK
    return child.last + (6 if child.last < add_months(child.start, 12) else 12) * WEEK


def due_locally(child: Visited, care: CareAt) -> date:
    """Four weeks after the last visit until the match; after a visit since, as nationally (B7)."""
    matched = matched_on(child, care)
    if child.last is None or (matched is not None and child.last >= matched):
        return due_nationally(child, care)
    return child.last + 4 * WEEK


def due_by_regulation_28(child: Visited, care: CareAt) -> date:
    """By the stricter reading of the regulation (decision 0006)."""
    if child.last is None:
        return child.start + WEEK
    if is_watched_closely(child, care):
        has_been_reviewed = bool(care.review_days.get((child.person, child.period.start)))
        return child.last + (4 if has_been_reviewed else 1) * WEEK
    matched = matched_on(child, care)
    is_to_last = matched is not None and matched <= child.last
    if is_to_last and child.last >= add_months(child.start, 12):
        return add_months(child.last, 3)
    return child.last + 6 * WEEK


def is_watched_closely(child: Visited, care: CareAt) -> bool:
    """With parents on an interim order, or with a carer approved under regulation 24."""
    placed, row = current_row(child.period, care.day), at_d(child.period, care.day)
    if placed is None or row is None:
        return False
    if placed.place == "P1" and row.legal_status == "C1":
        return True
    return is_under_regulation_24(placed.household, care)


def matched_on(child: Visited, care: CareAt) -> date | None:
    """When the child was matched permanently: the earliest of placement, match date and panel."""
    spell, _ = care.spells[child.person]
    days = [row.start for row in spell.episodes if row.place in MATCHED] if spell else []
    mine = [row for row in care.extract.decisions or [] if row.person == child.person]
    decision = latest_decision(mine, care.day)
    matched = decision.matched if decision else None
    if matched is not None and child.period.start <= matched:
        days.append(matched)
    panels = (care.extract.matches or {}).get(child.person, [])
    days += [day for day in panels if child.start <= day <= care.day]
    return min(days, default=None)
