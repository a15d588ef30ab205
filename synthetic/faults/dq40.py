"""DQ40: of the visits of reviewing officers (IRO) only the latest contact is stored.

The reviewing officer's own records reach past the last contact of an episode, but have no visit of
the child: the visits can be built up again from the last contacts of every extract. Or the last
contact is a review, which is no visit.
"""

from __future__ import annotations

import random

from synthetic.days import days

from .cares import END, EPISODES, START, Child, day_of
from .cases import (
    IRO,
    LAST_CONTACT,
    REVIEWS,
    Mark,
    Records,
    case,
    is_day,
    issue_of_cases,
    point_at,
    retype,
)
from .dq06 import DATE, reviews
from .extracts import Row
from .rows import missing_from

VISIT, MODE, REPORT = "iro_visit_date", "iro_visit_mode", "report_date"


def _visits(records: Records, child: Child) -> list[Row]:
    return [row for row in records.of(IRO, child.person_id) if is_day(row[VISIT])]


def _stored(records: Records, child: Child) -> list[Row]:
    """Return the episodes whose last contact is not later than the officers' latest report."""
    reports = [row[REPORT] for row in records.of(IRO, child.person_id) if is_day(row[REPORT])]
    if not reports:
        return []
    last = max(map(day_of, reports))
    rows = [row for row in records.of(EPISODES, child.person_id) if is_day(row[LAST_CONTACT])]
    return [row for row in rows if day_of(row[LAST_CONTACT]) <= last]


def _with_visits(records: Records, child: Child) -> list[list[Row]]:
    """Offer all visits of a child in care whose episodes have a last contact."""
    rows = _visits(records, child)
    return [rows] if len(rows) > 1 and child.is_in_care and _stored(records, child) else []


def _with_one_visit(records: Records, child: Child) -> list[list[Row]]:
    rows = _visits(records, child)
    is_stored = any(row[LAST_CONTACT] == rows[0][VISIT] for row in _stored(records, child) if rows)
    return [rows] if len(rows) == 1 and child.is_in_care and is_stored else []


def _emptied(records: Records, chance: random.Random, child: Child, rows: list[Row]) -> list[Mark]:
    for row in rows:
        row.update({VISIT: None, MODE: None})
    return [
        Mark(EPISODES, episode, LAST_CONTACT, missing_from(IRO))
        for episode in _stored(records, child)
    ]


def _reviewed(records: Records, child: Child) -> list[tuple[Row, Row]]:
    """Offer the last episode, if it has a contact, with a review held in it since."""
    last = child.last.episodes[-1]
    if not child.is_in_care or not is_day(last[LAST_CONTACT]):
        return []
    since = max(day_of(last[START]), day_of(last[LAST_CONTACT]))
    held = reviews(records, child.last)
    return [(last, row) for row in held if since < day_of(row[DATE]) < records.today]


def _review_as_contact(
    records: Records, chance: random.Random, child: Child, found: tuple[Row, Row]
) -> list[Mark]:
    episode, review = found
    return [retype(EPISODES, episode, LAST_CONTACT, day_of(review[DATE]))]


def _day_after_review(
    records: Records, chance: random.Random, child: Child, found: tuple[Row, Row]
) -> list[Mark]:
    episode, review = found
    day = day_of(review[DATE]) + days(1)
    held = {row[DATE] for row in records.of(REVIEWS, child.last.cla_id)}
    episode[LAST_CONTACT] = day + days(1) if day in held else day
    return [Mark(EPISODES, episode, LAST_CONTACT)]


def _never(records: Records, child: Child) -> list[Row]:
    """Offer the only review of a child in care."""
    rows = records.of(IRO, child.person_id)
    is_short = child.is_in_care and len(child.cares) == 1
    contacts = [row[LAST_CONTACT] for row in records.of(EPISODES, child.person_id)]
    is_plain = len(rows) == 1 and (is_day(rows[0][VISIT]) or not any(contacts))
    return rows if is_short and is_plain else []


def _never_seen(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    for month in records.extracts.months:
        for one in records.of(IRO, child.person_id, month):
            one.update({VISIT: None, MODE: None})
        for episode in records.of(EPISODES, child.person_id, month):
            episode[LAST_CONTACT] = None
    return [Mark(IRO, row, VISIT)]


def _one_open(records: Records, child: Child) -> list[Row]:
    """Offer the last visit that both the review and the episode have."""
    found = []
    for row in child.last.episodes:
        if row[END] is None and is_day(row[LAST_CONTACT]):
            day = row[LAST_CONTACT]
            found += [one for one in _visits(records, child) if one[VISIT] == day]
    return found


def _since_the_report(records: Records, child: Child) -> list[Row]:
    """Offer a contact later than the officers' reports of a child of whom they have no visit."""
    stored, rows = _stored(records, child), records.of(EPISODES, child.person_id)
    is_plain = bool(records.of(IRO, child.person_id)) and not _visits(records, child) and not stored
    held = {row[DATE] for care in child.cares for row in reviews(records, care)}
    fits = [row for row in rows if is_day(row[LAST_CONTACT]) and row[LAST_CONTACT] not in held]
    return fits if is_plain else []


def _stored_twice(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    return [Mark(IRO, row, VISIT)]


ISSUE = issue_of_cases(
    "DQ40",
    faults={
        "no visit recorded, last contact stored": case(_with_visits, _emptied),
        "one visit not recorded, but the last contact": case(_with_one_visit, _emptied),
        "last contact is a review": case(_reviewed, _review_as_contact),
    },
    look_alikes={
        "contact on a day after a review": case(_reviewed, _day_after_review),
        "neither visit nor contact": case(_never, _never_seen),
        "visit recorded and stored as contact": case(_one_open, _stored_twice),
        "contact since the last report, not recorded yet": case(
            _since_the_report, point_at(EPISODES, LAST_CONTACT)
        ),
    },
)
