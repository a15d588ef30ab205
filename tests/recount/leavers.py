"""Who is a care leaver (C15, B6), worked out from the periods of care night by night."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from .care import FOREVER, Period
from .council import CareAt
from .dates import DAY, age_at, birthday
from .extract import LeaverRow
from .reference import codes
from .values import Figure, count, share

NIGHTS_NEEDED = 91
SUITABLE_IF_FLAGGED = frozenset("BCDEGHKTUVYZ")
NEITHER_CUSTODY_NOR_BED_AND_BREAKFAST = SUITABLE_IF_FLAGGED | {"R", "S"}
IN_EDUCATION_OR_WORK = codes("F1 P1 F2 P2 F4 P4 F5 P5")


def day_eligible(periods: Sequence[Period], born: date, day_d: date) -> date | None:
    """The first day up to D on which the person was an eligible child; None if there is none.

    That is a day in care at 16 or 17 with 91 nights in care since the 14th birthday already
    behind (eligible from ``start + 91``, B6).
    """
    fourteen, sixteen, eighteen = (birthday(born, age) for age in (14, 16, 18))
    nights = 0
    for period in periods:
        day = max(period.start, fourteen)
        while day <= day_d and day < (period.end or FOREVER) and day < eighteen:
            if nights >= NIGHTS_NEEDED and day >= sixteen:
                return day
            nights += 1
            day += DAY
    return None


def eligible_from(person: str, care: CareAt) -> date | None:
    """The day a person became an eligible child."""
    born = care.extract.births.get(person)
    return None if born is None else day_eligible(care.periods.get(person, []), born, care.day)


def chosen_row(rows: Iterable[LeaverRow], day_d: date) -> LeaverRow | None:
    """The row that speaks for a person: not an Eligible one, then the latest contact (B6).

    On a tie the later review of the pathway plan, then the words in their order.
    """

    def standing(row: LeaverRow) -> tuple[object, ...]:
        contact = row.latest_contact or date.min
        known = contact if contact <= day_d else date.min
        reviewed = row.plan_reviewed or date.min
        words = (row.in_touch, row.accommodation, row.suitable, row.activity)
        return (
            row.eligibility.lower() == "eligible",
            -known.toordinal(),
            -reviewed.toordinal(),
            *((word == "", word) for word in words),
        )

    return min(rows, key=standing, default=None)


def row_of(person: str, care: CareAt) -> LeaverRow | None:
    """The row that speaks for a person at D."""
    return chosen_row((care.extract.leavers or {}).get(person, []), care.day)


def is_care_leaver(
    periods: Sequence[Period],
    born: date,
    died: date | None,
    rows: Sequence[LeaverRow],
    day_d: date,
) -> bool:
    """Whether a person belongs to ``care_leavers`` at D: relevant, or former relevant to 25.

    Any row that says so tells of a death, and of a service that is open from 21 on.
    """
    age = age_at(born, day_d)
    row = chosen_row(rows, day_d)
    in_touch = row.in_touch if row else ""
    if not 16 <= age <= 24 or any(period.runs_on(day_d) for period in periods):
        return False
    if died is not None and died <= day_d:
        return False
    if any(one.in_touch == "DIED" for one in rows):
        return False
    if (age < 18 and in_touch == "RHOM") or (periods and periods[-1].reason == "E3"):
        return False
    if age >= 21 and not any(one.team and one.in_touch != "NREQ" for one in rows):
        return False
    return day_eligible(periods, born, day_d) is not None


def care_leavers(care: CareAt) -> list[str]:
    """The care leavers at D."""
    found = []
    for person, periods in care.periods.items():
        born = care.extract.births.get(person)
        died = care.extract.deaths.get(person)
        rows = (care.extract.leavers or {}).get(person, [])
        if born is not None and is_care_leaver(periods, born, died, rows, care.day):
            found.append(person)
    return found


def number_of_care_leavers(care: CareAt) -> Figure:
    """How many care leavers there are."""
    return count(len(care_leavers(care)))


def suitable(care: CareAt) -> Figure:
    """Care leavers in suitable accommodation, of all care leavers."""
    return share(is_suitable(row_of(person, care)) for person in care_leavers(care))


def is_suitable(row: LeaverRow | None) -> bool:
    """Flag 1, and neither custody, bed and breakfast, no fixed abode nor not known (C16)."""
    return row is not None and row.suitable == "1" and row.accommodation in SUITABLE_IF_FLAGGED


def suitable_to_the_letter(care: CareAt) -> Figure:
    """The 2019 wording: any accommodation "that is not prison or bed and breakfast"."""
    return share(
        row is not None and row.accommodation in NEITHER_CUSTODY_NOR_BED_AND_BREAKFAST
        for row in (row_of(person, care) for person in care_leavers(care))
    )


def in_education_or_work(care: CareAt) -> Figure:
    """Care leavers in education, employment or training; F3 and P3 never count (B17)."""
    return share(
        row is not None and row.activity in IN_EDUCATION_OR_WORK
        for row in (row_of(person, care) for person in care_leavers(care))
    )


def formerly_unaccompanied(care: CareAt) -> Figure:
    """Care leavers who were unaccompanied asylum seeking children while in care."""
    spans = care.extract.uasc or {}
    return count(
        sum(
            any(
                span.start <= care.day
                and span.end != span.start
                and span.start < (period.end or FOREVER)
                and (span.end or FOREVER) > period.start
                for span in spans.get(person, [])
                if span.start < birthday(care.extract.births[person], 18)
                for period in care.periods[person]
            )
            for person in care_leavers(care)
        )
    )
