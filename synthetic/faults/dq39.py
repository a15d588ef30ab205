"""DQ39: the count of foster households does not roll forward from month to month.

Opening + approved - deregistered should give the closing count. Shapes: an approval or an end that
is typed in only after its month was reported; an end that is taken away again; an approval date
changed afterwards; a household that is no longer on the register at all. Nothing may be put right.
The other ways the catalogue names (bases of conversion rates, panel minutes) are not in the
extracts. A true value such as ``(known in 2026-09)``: the date is right and came too late.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

from synthetic.days import add_months, days

from .cares import today
from .extracts import Extracts, Row, Value
from .rows import Spot, add_as_known, issue_of, missing_from, retype, row_with

HOUSEHOLDS, APPROVED, ENDED = "ext_foster_household", "approval_date", "end_date"


@dataclass(frozen=True)
class Dates:
    """When a household to add is approved, and when it leaves if it does."""

    approved: date
    ended: date | None = None


Change = Callable[[Extracts, random.Random, str], Spot]
Choose = Callable[[Extracts, random.Random], Dates]


def _before(extracts: Extracts) -> str:
    """Return the month before the latest."""
    return extracts.months[-2]


def _day_of_last_month(extracts: Extracts, chance: random.Random) -> date:
    return today(extracts).replace(day=chance.randint(1, today(extracts).day))


def _day_before_it(extracts: Extracts, chance: random.Random) -> date:
    return today(extracts, _before(extracts)) - days(chance.randint(0, 25))


def _long_approved(extracts: Extracts, chance: random.Random) -> Dates:
    return Dates(add_months(today(extracts), -chance.randint(14, 60)) - days(chance.randint(0, 27)))


def _approved_before(extracts: Extracts, chance: random.Random) -> Dates:
    return Dates(_day_before_it(extracts, chance))


def _approved_now(extracts: Extracts, chance: random.Random) -> Dates:
    return Dates(_day_of_last_month(extracts, chance))


def _ended_before(extracts: Extracts, chance: random.Random) -> Dates:
    approved = _long_approved(extracts, chance).approved
    return Dates(approved, _day_before_it(extracts, chance))


def _ended_now(extracts: Extracts, chance: random.Random) -> Dates:
    approved = _long_approved(extracts, chance).approved
    return Dates(approved, _day_of_last_month(extracts, chance))


def _made(choose: Choose, change: Change) -> Callable[..., list[Spot]]:
    """Return a shape for so many new households of those dates."""

    def make(extracts: Extracts, chance: random.Random, number: int) -> list[Spot]:
        if len(extracts.months) < 2:
            return []
        spots = []
        for _ in range(number):
            household = _add_household(extracts, chance, choose(extracts, chance))
            spots.append(change(extracts, chance, household))
        return spots

    return make


def _unused(extracts: Extracts) -> str:
    names = (f"H9{number:03d}" for number in count(1))
    return next(name for name in names if not any(_rows(extracts, name)))


def _rows(extracts: Extracts, household: str) -> Iterator[Row]:
    for table in _TABLES:
        yield from extracts.where(table, "household_id", household)


_TABLES = (HOUSEHOLDS, "ext_foster_visit", "ext_foster_review", "ext_foster_enquiry")


def _add_household(extracts: Extracts, chance: random.Random, dates: Dates) -> str:
    """Add a household to every month that knows it, with its enquiry, visits and reviews."""
    household, approved = _unused(extracts), dates.approved
    row = extracts.blank(HOUSEHOLDS) | {
        "household_id": household,
        "first_approval_date": approved,
        APPROVED: approved,
        "carer_type": "Mainstream",
        "approved_places": chance.randint(1, 3),
        "main_carer_dob": approved - days(365 * chance.randint(28, 60)),
    }
    add_as_known(extracts, HOUSEHOLDS, row, APPROVED)
    _end(extracts, household, dates.ended)
    _add_contacts(extracts, household, dates)
    _add_enquiry(extracts, chance, household, approved)
    return household


def _end(extracts: Extracts, household: str, ended: date | None) -> None:
    for month in extracts.months:
        for row in extracts.where(HOUSEHOLDS, "household_id", household, month):
            if ended and ended <= today(extracts, month):
                row |= {ENDED: ended, "end_route": "Resignation", "end_reason": "Retired – age"}


def _add_contacts(extracts: Extracts, household: str, dates: Dates) -> None:
    until = dates.ended or today(extracts)
    visits = range(20, (until - dates.approved).days, 35)
    kinds = ("Supervisory", "Unannounced")
    for number, nights in enumerate(visits):
        day = dates.approved + days(nights)
        for kind in kinds[: 2 if number % 9 == 4 else 1]:
            visit: Row = {"household_id": household, "visit_date": day, "visit_type": kind}
            add_as_known(extracts, "ext_foster_visit", visit, "visit_date")
    day = add_months(dates.approved, 12) - days(14)
    while day < until:
        review: Row = {"household_id": household, "review_date": day}
        add_as_known(extracts, "ext_foster_review", review, "review_date")
        day = add_months(day, 12) - days(14)


def _add_enquiry(extracts: Extracts, chance: random.Random, household: str, approved: date) -> None:
    applied = approved - days(chance.randint(80, 120))
    row = extracts.blank("ext_foster_enquiry") | {
        "enquiry_id": f"A{household}",
        "household_id": household,
        "first_contact_date": applied - days(70),
        "channel": "Web",
        "info_visit_date": applied - days(50),
        "followup_visit_date": applied - days(25),
        "application_date": applied,
    }
    add_as_known(extracts, "ext_foster_enquiry", row, "first_contact_date")


def _spot(extracts: Extracts, household: str, column: str, true: str | date | None = None) -> Spot:
    recorded = row_with(extracts, HOUSEHOLDS, household)[column]
    return Spot(HOUSEHOLDS, household, column, recorded, true)


def _earlier_months(extracts: Extracts) -> tuple[str, ...]:
    return extracts.months[:-1]


def _approval_came_late(extracts: Extracts, chance: random.Random, household: str) -> Spot:
    for table in _TABLES[:3]:
        extracts.remove(table, "household_id", household, _earlier_months(extracts))
    return _spot(extracts, household, APPROVED, f"(known in {_before(extracts)})")


def _end_came_late(extracts: Extracts, chance: random.Random, household: str) -> Spot:
    for month in _earlier_months(extracts):
        row_with(extracts, HOUSEHOLDS, household, month).update(
            {ENDED: None, "end_route": None, "end_reason": None}
        )
    return _spot(extracts, household, ENDED, f"(known in {_before(extracts)})")


def _end_taken_away(extracts: Extracts, chance: random.Random, household: str) -> Spot:
    row = row_with(extracts, HOUSEHOLDS, household)
    stood = row[ENDED]
    assert isinstance(stood, date)
    row.update({ENDED: None, "end_route": None, "end_reason": None})
    return _spot(extracts, household, ENDED, stood)


def _approval_changed(extracts: Extracts, chance: random.Random, household: str) -> Spot:
    """Type the approval of an earlier month into the latest, where it was reported already."""
    row = row_with(extracts, HOUSEHOLDS, household)
    stood = row[APPROVED]
    assert isinstance(stood, date)
    row[APPROVED] = row["first_approval_date"] = _day_of_last_month(extracts, chance)
    _remove_before(extracts, household, "ext_foster_visit", "visit_date", row[APPROVED])
    return _spot(extracts, household, APPROVED, stood)


def _remove_before(extracts: Extracts, household: str, table: str, column: str, day: Value) -> None:
    rows = extracts.where(table, "household_id", household)
    extracts.rows(table).remove(row for row in rows if str(row[column]) < str(day))


def _off_the_register(extracts: Extracts, chance: random.Random, household: str) -> Spot:
    spot = _spot(extracts, household, APPROVED, missing_from(HOUSEHOLDS))
    extracts.remove(HOUSEHOLDS, "household_id", household, [extracts.latest])
    return spot


def _approval(extracts: Extracts, chance: random.Random, household: str) -> Spot:
    return _spot(extracts, household, APPROVED)


def _ending(extracts: Extracts, chance: random.Random, household: str) -> Spot:
    return _spot(extracts, household, ENDED)


def _other_category(extracts: Extracts, chance: random.Random, household: str) -> Spot:
    """End one approval and begin another on the same day: neither recruited nor deregistered."""
    row = row_with(extracts, HOUSEHOLDS, household)
    retype(extracts, HOUSEHOLDS, row, "carer_type", "Family and friends")
    spot = _ending(extracts, chance, household)
    again: Row = row | {
        APPROVED: row[ENDED],
        "carer_type": "Mainstream",
        ENDED: None,
        "end_route": None,
        "end_reason": None,
    }
    add_as_known(extracts, HOUSEHOLDS, again, APPROVED)
    return spot


ISSUE = issue_of(
    "DQ39",
    faults={
        "approval typed in late": _made(_approved_before, _approval_came_late),
        "end typed in late": _made(_ended_before, _end_came_late),
        "end taken away": _made(_ended_before, _end_taken_away),
        "approval date changed": _made(_approved_before, _approval_changed),
        "household off the register": _made(_long_approved, _off_the_register),
    },
    look_alikes={
        "approved this month": _made(_approved_now, _approval),
        "ended this month": _made(_ended_now, _ending),
        "approved before, known in time": _made(_approved_before, _approval),
        "ended before, known in time": _made(_ended_before, _ending),
        "change of category": _made(_ended_now, _other_category),
    },
)
