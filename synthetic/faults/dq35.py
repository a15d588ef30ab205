"""DQ35: status and age of unaccompanied asylum seeking children (UASC).

The status runs on past 18, the birth date is another one than in the extract before, care ended
because the child was found to be an adult (E15) without another birth date, or a child who came
without a home has no status at all. The status counts up to 18; no birth date is changed.
"""

from __future__ import annotations

import random

from synthetic.days import add_months, birthday, days

from .cares import (
    END,
    EPISODES,
    ORDER_END,
    PERSONS,
    PLACE_END,
    REC,
    Child,
    day_of,
)
from .cases import IMMIGRATION, VISITS, Mark, Records, case, issue_of_cases, point_at, retype
from .extracts import Row
from .rows import missing_from

STATUS, STATUS_END = "immi_immigration_status", "immi_immigration_status_end_date"
BORN, NEED = "pers_dob", "clae_cla_primary_need_code"
PERSON_KEY = "pers_person_id"


def _statuses(records: Records, child: Child) -> list[Row]:
    rows = records.of(IMMIGRATION, child.person_id)
    return [row for row in rows if row[STATUS] == "UASC"]


def _ended_at_18(records: Records, child: Child) -> list[Row]:
    day = birthday(child.birth_date, 18)
    return [row for row in _statuses(records, child) if row[STATUS_END] == day]


def _past_18(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    for month in records.extracts.months[:-1]:
        for other in records.of(IMMIGRATION, child.person_id, month):
            if other[STATUS] == "UASC":
                other[STATUS_END] = None
    return [retype(IMMIGRATION, row, STATUS_END, None, is_repairable=True)]


def _young_statuses(records: Records, child: Child) -> list[Row]:
    """Offer the status of a child in care, not about to be 18, whose records are a month old."""
    is_child = child.is_under(18, records.today + days(60)) and child.is_in_care
    is_known = child.last.start < records.before() - days(20)
    return _statuses(records, child) if is_child and is_known else []


def _persons(records: Records, child: Child) -> list[Row]:
    has_status = bool(_young_statuses(records, child))
    return records.of(PERSONS, child.person_id) if has_status else []


def _other_birth(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    return [retype(PERSONS, row, BORN, add_months(child.birth_date, chance.choice((-5, 6, 12))))]


def _end_as_adult(records: Records, child: Child) -> None:
    """End care a few days ago with E15, in the latest month."""
    end = records.today - days(5)
    last = child.last.episodes[-1]
    last.update({END: end, REC: "E15"})
    child.last.last_home[PLACE_END] = end
    for order in child.last.orders:
        if order[ORDER_END] is None:
            order[ORDER_END] = end
    for row in _statuses(records, child):
        row[STATUS_END] = end
    later = [row for row in records.of(VISITS, child.person_id) if not _by(row, end)]
    records.extracts.rows(VISITS).remove(later)


def _by(row: Row, end: object) -> bool:
    return str(row["clav_cla_visit_date"]) < str(end)


def _without_birth(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    _end_as_adult(records, child)
    return [Mark(PERSONS, row, BORN, _as_adult(records, child))]


def _as_adult(records: Records, child: Child) -> str:
    return str(add_months(records.today, -12 * 20).replace(day=1))


def _with_birth(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    _end_as_adult(records, child)
    born = add_months(records.today, -12 * 20).replace(day=1)
    row[BORN] = born
    for status in _statuses(records, child):
        status[STATUS_END] = birthday(born, 18)
    return [Mark(PERSONS, row, BORN)]


def _without_home(records: Records, child: Child) -> list[Row]:
    distances = {row["clap_cla_placement_distance"] for row in child.last.placements}
    return _persons(records, child) if distances == {999.9} else []


def _no_status(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    records.extracts.remove(IMMIGRATION, "immi_person_id", child.person_id)
    return [Mark(PERSONS, row, PERSON_KEY, missing_from(IMMIGRATION))]


def _from_here(records: Records, child: Child) -> list[Row]:
    home = child.last.last_home["clap_cla_placement_distance"]
    is_known = child.is_in_care and not child.is_uasc and home not in (None, 999.9)
    return records.of(PERSONS, child.person_id) if is_known else []


def _without_parents(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    for month in records.extracts.months:
        for episode in records.of(EPISODES, child.person_id, month):
            episode[NEED] = "N8"
    return [Mark(PERSONS, row, PERSON_KEY)]


def _soon_18(records: Records, child: Child) -> list[Row]:
    """Offer the open status of a child who is under 18 at the end of the month."""
    is_child = records.today < birthday(child.birth_date, 18) and child.is_in_care
    rows = _statuses(records, child) if is_child else []
    return [row for row in rows if row[STATUS_END] is None and day_of(child.last.start)]


ISSUE = issue_of_cases(
    "DQ35",
    faults={
        "status open past 18": case(_ended_at_18, _past_18),
        "birth date not that of the extract before": case(_persons, _other_birth),
        "found to be an adult, birth date the same": case(_persons, _without_birth),
        "came without a home, no status": case(_without_home, _no_status),
    },
    look_alikes={
        "status ended on the 18th birthday": case(_ended_at_18, point_at(IMMIGRATION, STATUS_END)),
        "status open and under 18": case(_soon_18, point_at(IMMIGRATION, STATUS_END)),
        "found to be an adult, birth date corrected": case(_persons, _with_birth),
        "child from here without parents": case(_from_here, _without_parents),
    },
)
