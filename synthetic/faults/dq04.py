"""DQ04: late recording of health, dental and other checks.

A completed check is first seen in an extract taken long after it, alone or with others of the
same child in one catch-up. What is recorded is right; the true value says by when it was to be
known. An appointment that was in the system while it was only planned is not late.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from synthetic.days import days

from .cares import Child, day_of
from .cases import (
    HEALTH,
    Mark,
    Records,
    case,
    corrected_date,
    in_latest_month,
    issue_of_cases,
    just_after_extract,
    known_by,
    late_in,
    once_a_day,
    recorded_late,
    typed_late,
    was_in_time,
)
from .extracts import Row

DATE, STATUS = "clah_health_check_date", "clah_health_check_status"
ASSESSMENT, DENTAL = "Health Assessment", "Dental Check"


def _is_done(row: Row) -> bool:
    return row[STATUS] == "Completed"


def _is(kind: str) -> Callable[[Row], bool]:
    return lambda row: _is_done(row) and row["clah_health_check_type"] == kind


def _months_of_checks(records: Records, child: Child) -> list[list[Row]]:
    last = records.before()
    rows = [
        row
        for row in once_a_day(records.of(HEALTH, child.person_id), DATE)
        if _is_done(row)
        and last - days(240) < day_of(row[DATE])
        and known_by(day_of(row[DATE])) <= last
        and was_in_time(records, HEALTH, row, DATE)
    ]
    return [rows] if len(rows) > 1 else []


def _catch_up(records: Records, chance: random.Random, child: Child, rows: list[Row]) -> list[Mark]:
    return [recorded_late(records, HEALTH, row, DATE) for row in rows]


def _planned_before(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    records.extracts.rows(HEALTH, records.extracts.months[-2]).add(row | {STATUS: "Planned"})
    return [Mark(HEALTH, row, DATE)]


ISSUE = issue_of_cases(
    "DQ04",
    faults={
        "health assessment first seen a month later": case(
            late_in(HEALTH, DATE, is_wanted=_is(ASSESSMENT)), typed_late(HEALTH, DATE)
        ),
        "dental check first seen a month later": case(
            late_in(HEALTH, DATE, is_wanted=_is(DENTAL)), typed_late(HEALTH, DATE)
        ),
        "check first seen two months later": case(
            late_in(HEALTH, DATE, is_wanted=_is_done, back=2), typed_late(HEALTH, DATE)
        ),
        "a child's checks of months typed at once": case(_months_of_checks, _catch_up),
    },
    look_alikes={
        "check of a month's last days seen in the next": case(
            *just_after_extract(HEALTH, DATE, is_wanted=_is_done)
        ),
        "appointment known before it was kept": case(
            in_latest_month(HEALTH, DATE, is_wanted=_is_done), _planned_before
        ),
        "date of a known check corrected": case(
            late_in(HEALTH, DATE, is_wanted=_is_done), corrected_date(HEALTH, DATE)
        ),
    },
)
