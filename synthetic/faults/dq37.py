"""DQ37: initial assessments not distinguishable; planned rows with dates.

A completed assessment in the future, one still "planned" on a day long past, or the only
assessment of a period of care dated before it. Planned for a day to come, refused, and completed
on the first day of care or the last day of the month are sound.
"""

from __future__ import annotations

import random

from synthetic.days import add_months, days

from .cares import Child, day_of
from .cases import HEALTH, Mark, Records, case, issue_of_cases, once_a_day, point_at, retype
from .extracts import Row

DATE, STATUS = "clah_health_check_date", "clah_health_check_status"
KIND, CHECK_ID = "clah_health_check_type", "clah_health_check_id"
ASSESSMENT = "Health Assessment"


def _assessments(records: Records, child: Child) -> list[Row]:
    """Offer the completed assessments of the last twelve months."""
    since = add_months(records.today, -12)
    return [row for row in _all_assessments(records, child) if day_of(row[DATE]) > since]


def _all_assessments(records: Records, child: Child) -> list[Row]:
    rows = [r for r in records.of(HEALTH, child.person_id) if r[KIND] == ASSESSMENT]
    return [row for row in once_a_day(rows, DATE) if row[STATUS] == "Completed"]


def _only(records: Records, child: Child) -> list[Row]:
    """Offer the only assessment of a child in care."""
    rows = _all_assessments(records, child)
    is_first = child.is_in_care and len(child.cares) == 1
    all_rows = [r for r in records.of(HEALTH, child.person_id) if r[KIND] == ASSESSMENT]
    return rows if is_first and len(rows) == len(all_rows) == 1 else []


def _in_future(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    return [retype(HEALTH, row, DATE, add_months(day_of(row[DATE]), 12))]


def _still_planned(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    return [retype(HEALTH, row, STATUS, "Planned")]


def _before_care(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    day = child.first.start - days(chance.randint(1, 60))
    return [retype(HEALTH, row, DATE, day)]


def _to_come(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    day = records.today + days(chance.randint(1, 60))
    changes: Row = {CHECK_ID: f"{row[CHECK_ID]}7", DATE: day, STATUS: "Planned"}
    return [Mark(HEALTH, records.add(HEALTH, row, changes), STATUS)]


def _refused(records: Records, child: Child) -> list[Row]:
    rows = records.of(HEALTH, child.person_id)
    return [r for r in rows if r[STATUS] in ("Refused", "Cancelled") and r[KIND] == ASSESSMENT]


def _on_the_first(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    row[DATE] = child.first.start
    return [Mark(HEALTH, row, DATE)]


def _on_the_last(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    row[DATE] = records.today
    return [Mark(HEALTH, row, DATE)]


def _one_before_too(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    day = child.first.start - days(chance.randint(1, 60))
    changes: Row = {CHECK_ID: f"{row[CHECK_ID]}7", DATE: day}
    return [Mark(HEALTH, records.add(HEALTH, row, changes), DATE)]


ISSUE = issue_of_cases(
    "DQ37",
    faults={
        "completed in the future": case(_assessments, _in_future),
        "planned on a day that is past": case(_assessments, _still_planned),
        "the only one dated before care": case(_only, _before_care),
    },
    look_alikes={
        "planned on a day to come": case(_assessments, _to_come),
        "refused or cancelled": case(_refused, point_at(HEALTH, STATUS)),
        "completed on the first day of care": case(_only, _on_the_first),
        "completed on the last day of the month": case(_only, _on_the_last),
        "before care, and another in care": case(_only, _one_before_too),
    },
)
