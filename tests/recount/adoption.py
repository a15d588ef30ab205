"""Adoptions and how long their steps took (C23, B9, decision 0006)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from .care import ADOPTIVE, FOREVER, FOSTER, Episode, Period, carer_spells
from .council import CareAt
from .dates import Window, add_months
from .extract import Decision, Tracked
from .flows import ADOPTION, left_by
from .values import Figure, count, mean, share

PLACEMENT_ORDERS = frozenset({"E1", "D1"})
BY_CURRENT_CARER = frozenset({"A3", "A5"})


def latest_decision(rows: Iterable[Decision], day: date) -> Decision | None:
    """The latest decision not reversed by a day, as it was then known.

    Rows without a decision date come last.
    """
    known = [as_known(row, day) for row in rows if row.says_anything]
    standing = [row for row in known if row.reversed_on is None]
    return max(
        standing,
        key=lambda row: (row.decided or date.min, len(row.row_id), row.row_id),
        default=None,
    )


def as_known(row: Decision, day: date) -> Decision:
    """A row without the dates that lie after a day (B0)."""

    def by_then(given: date | None) -> date | None:
        return given if given is not None and given <= day else None

    return replace(
        row,
        decided=by_then(row.decided),
        reversed_on=by_then(row.reversed_on),
        placement_order=by_then(row.placement_order),
        matched=by_then(row.matched),
        placed=by_then(row.placed),
        with_foster_carer=by_then(row.with_foster_carer),
        with_early_carer=by_then(row.with_early_carer),
    )


@dataclass(frozen=True)
class Adoption:
    """One adoption: the period of care it ended and all that is known of its steps."""

    period: Period
    ordered: date
    recorded: Decision
    tracked: Tracked
    court_order: date | None

    def _tracked(self, day: date | None) -> date | None:
        return day if day is not None and day <= self.ordered else None

    @property
    def decided(self) -> date | None:
        """The decision that the child should be placed for adoption (SHOBPA)."""
        return self.recorded.decided or self._tracked(self.tracked.decided)

    @property
    def matched(self) -> date | None:
        """The match with the adopters."""
        return self.recorded.matched or self._tracked(self.tracked.matched)

    @property
    def placement_order(self) -> date | None:
        """The court's leave to place: recorded, else the first E1 or D1, else the tracker's."""
        known = self.recorded.placement_order or self.court_order
        return known or self._tracked(self.tracked.placement_order)

    @property
    def placed(self) -> date | None:
        """The day placed: recorded, else the start of the final adoptive run, else tracked."""
        known = self.recorded.placed or final_run_start(self.period)
        return known or self._tracked(self.tracked.placed)

    @property
    def days_until_placed(self) -> int | None:
        """A1: from entering care; a negative time is a recording fault and dropped."""
        days = (self.placed - self.period.start).days if self.placed else -1
        return days if days >= 0 else None

    @property
    def days_until_home(self) -> int | None:
        """A10: the same, but a foster carer who adopts stops the clock when the child moved in."""
        moved = self.moved_to_foster_carer
        if self.days_until_placed is None or moved is None:
            return self.days_until_placed
        return max(0, (moved - self.period.start).days)

    @property
    def moved_to_foster_carer(self) -> date | None:
        """When the child moved in with the foster carer who adopts; None where no such adopts."""
        spell = last_home(self.period)
        stayed = spell and spell[-1].place in BY_CURRENT_CARER and _was_fostered(spell)
        if not (self.recorded.is_by_carer or stayed):
            return None
        begun = spell[0].start if spell else self.period.start
        return self.recorded.with_foster_carer or self.recorded.with_early_carer or begun

    @property
    def days_until_matched(self) -> int | None:
        """A2: from the placement order; a match before it is a time of zero."""
        order, match, placed = self.placement_order, self.matched, self.placed
        if order is None or match is None or placed is None or placed >= self.ordered:
            return None
        return max(0, (match - order).days)


def last_home(period: Period) -> list[Episode]:
    """The rows of the carer spell a period of care ended in, without absences."""
    mains = (
        [row for row in spell.episodes if not row.is_temporary] for spell in carer_spells(period)
    )
    return next((rows for rows in reversed(list(mains)) if rows), [])


def _was_fostered(spell: list[Episode]) -> bool:
    """Whether the carer of a spell fostered the child before it was placed for adoption."""
    return any(row.place in FOSTER for row in spell[:-1])


def final_run_start(period: Period) -> date | None:
    """The start of the unbroken run of adoptive placements that a period of care ended with."""
    rows = sorted((e for e in period.episodes if not e.is_temporary), key=lambda e: e.order)
    start = None
    for row in reversed(rows):
        if row.place not in ADOPTIVE:
            break
        start = row.start
    return start


def adoptions(care: CareAt, window: Window) -> list[Adoption]:
    """The adoptions of a window: periods of care that ended with E11 or E12."""
    return [adoption(who, period, care) for who, period in left_by(care, window, ADOPTION)]


def adoption(person: str, period: Period, care: CareAt) -> Adoption:
    """One adoption with its decision row, its line of the tracker and its court order."""
    ordered = period.end
    assert ordered is not None
    rows = [
        row
        for row in care.extract.decisions or []
        if (row.care_id in period.care_ids if row.care_id else row.person == person)
    ]
    lines = (care.extract.tracker or {}).get(person, [])
    return Adoption(
        period=period,
        ordered=ordered,
        recorded=latest_decision(rows, ordered) or Decision("", person),
        tracked=max(lines, key=Tracked.latest, default=Tracked()),
        court_order=first_placement_order(person, period, care),
    )


def first_placement_order(person: str, period: Period, care: CareAt) -> date | None:
    """The start of the first E1 or D1 that ran in a period of care."""
    if care.extract.is_903:
        days = [e.start for e in period.episodes if e.legal_status in PLACEMENT_ORDERS]
    else:
        spans = care.extract.legal.get(person, [])
        days = [
            span.start
            for span in spans
            if span.code in PLACEMENT_ORDERS
            and span.end != span.start
            and span.start < (period.end or FOREVER)
            and (span.end is None or span.end > period.start)
        ]
    return min(days, default=None)


def number(care: CareAt, window: Window) -> Figure:
    """How many adoptions."""
    return count(len(adoptions(care, window)))


def within_a_year(found: Adoption) -> bool:
    """Whether the order was made within twelve months of the decision."""
    return found.decided is not None and found.ordered <= add_months(found.decided, 12)


def number_within_a_year(care: CareAt, window: Window) -> Figure:
    """Adoptions within twelve months of the decision."""
    return count(sum(within_a_year(one) for one in adoptions(care, window)))


def share_within_a_year(care: CareAt, window: Window) -> Figure:
    """The same as a percentage of all adoptions."""
    return share(within_a_year(one) for one in adoptions(care, window))


def average(days: Callable[[Adoption], int | None]) -> Callable[[CareAt, Window], Figure]:
    """The mean of a time in days over the adoptions that have it."""

    def figure(care: CareAt, window: Window) -> Figure:
        times = [days(one) for one in adoptions(care, window)]
        return mean(time for time in times if time is not None)

    return figure
