"""DQ03: late recording of visits.

A visit of a month whose extract was taken more than five working days later is not in that
extract, but in a later one. What is recorded is right; the true value says by when it was to be
known. A visit of the last days of a month, or one whose date was corrected, is not late.
"""

from __future__ import annotations

import random

from synthetic.days import days

from .cares import Child, day_of
from .cases import (
    VISITS,
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
    point_at,
    recorded_late,
    typed_late,
    was_in_time,
)
from .extracts import Row

DATE = "clav_cla_visit_date"
LONGEST_INTERVAL = 84
"""Weeks between visits, in days, where they are fewest (C20)."""


def _is_seen(row: Row) -> bool:
    return row["clav_cla_visit_seen"] == "Y"


def _backlog(records: Records, child: Child) -> list[list[Row]]:
    """Offer the visits without which the child was overdue a month ago, and is not with them."""
    last = records.before()
    if not child.is_in_care or (last - child.last.start).days < 2 * LONGEST_INTERVAL:
        return []
    since = last - days(LONGEST_INTERVAL + 6)
    all_rows = records.of(VISITS, child.person_id)
    rows = [row for row in all_rows if since < day_of(row[DATE]) <= last]
    are_known = all(
        _is_seen(row)
        and known_by(day_of(row[DATE])) <= last
        and was_in_time(records, VISITS, row, DATE)
        for row in rows
    )
    is_in_time = any((last - day_of(row[DATE])).days < 40 for row in rows)
    is_plain = len(once_a_day(rows, DATE)) == len(rows)
    return [rows] if len(rows) > 1 and are_known and is_in_time and is_plain else []


def _all_late(records: Records, chance: random.Random, child: Child, rows: list[Row]) -> list[Mark]:
    return [recorded_late(records, VISITS, row, DATE) for row in rows]


ISSUE = issue_of_cases(
    "DQ03",
    faults={
        "visit first seen a month later": case(
            late_in(VISITS, DATE, is_wanted=_is_seen), typed_late(VISITS, DATE)
        ),
        "visit first seen two months later": case(
            late_in(VISITS, DATE, is_wanted=_is_seen, back=2), typed_late(VISITS, DATE)
        ),
        "a child's visits of months typed at once": case(_backlog, _all_late),
    },
    look_alikes={
        "visit of a month's last days seen in the next": case(
            *just_after_extract(VISITS, DATE, is_wanted=_is_seen)
        ),
        "visit early in the month of the extract": case(
            in_latest_month(VISITS, DATE, is_wanted=_is_seen), point_at(VISITS, DATE)
        ),
        "date of a known visit corrected": case(
            late_in(VISITS, DATE, is_wanted=_is_seen), corrected_date(VISITS, DATE)
        ),
    },
)
