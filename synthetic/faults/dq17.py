"""DQ17: personal education plans (PEP) that are not linked to the child, or not in the extract.

A plan stands under a number no child has, under the child's number without its leading zeros,
outside every period of care, or without the day of its meeting; or a child who should have one
has none. Names and pupil numbers are not supplied, so nothing can be matched.
"""

from __future__ import annotations

import random

from synthetic.days import add_months, add_working_days, age_on, days

from .cares import PERSONS, Child, day_of
from .cases import PEPS, Mark, Records, care_on, case, is_day, issue_of_cases, point_at, retype
from .extracts import Row
from .rows import missing_from

MEETING, DONE, PERSON = "meeting_date", "completed_date", "person_id"
PERSON_KEY = "pers_person_id"
YOUNGEST = 2


def _peps(records: Records, child: Child) -> list[Row]:
    """Offer the plans of the last two years that lie in care."""
    return [
        row
        for row in records.of(PEPS, child.person_id)
        if is_day(row[MEETING])
        and day_of(row[MEETING]) > add_months(records.today, -24)
        and care_on(child, day_of(row[MEETING]))
    ]


def _completed(records: Records, child: Child) -> list[Row]:
    return [row for row in _peps(records, child) if is_day(row[DONE])]


def _other_number(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    return _under(records, row, f"8{chance.randint(10000, 99999)}")


def _without_zeros(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    return _under(records, row, child.person_id.lstrip("0"))


def _under(records: Records, row: Row, number: str) -> list[Mark]:
    assert not records.of(PERSONS, number)
    was = row[PERSON]
    records.extracts.rows(PEPS).rename(row, PERSON, number)
    return [Mark(PEPS, row, PERSON, was, person_id=number)]


def _pupils(records: Records, child: Child) -> list[Row]:
    age = age_on(child.birth_date, records.today)
    has_some = bool(records.of(PEPS, child.person_id))
    is_due = child.is_in_care and (records.today - child.last.start).days > 90
    return records.of(PERSONS, child.person_id) if 5 <= age < 16 and is_due and has_some else []


def _drop_all(records: Records, child: Child) -> None:
    records.extracts.remove(PEPS, PERSON, child.person_id)


def _no_plan(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    _drop_all(records, child)
    return [Mark(PERSONS, row, PERSON_KEY, missing_from(PEPS))]


def _peps_of_recent_care(records: Records, child: Child) -> list[Row]:
    """Offer the plans of children who came into care well within the history of the extract."""
    is_recent = child.first.start - days(200) >= records.extracts.settings.history_from
    return _peps(records, child) if is_recent else []


def _before_care(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    day = child.first.start - days(chance.randint(10, 200))
    return [retype(PEPS, row, MEETING, day)]


def _no_meeting(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    return [retype(PEPS, row, MEETING, None)]


def _not_completed(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    row[DONE] = None
    return [Mark(PEPS, row, MEETING)]


def _on_the_first_day(
    records: Records, chance: random.Random, child: Child, row: Row
) -> list[Mark]:
    care = care_on(child, day_of(row[MEETING]))
    assert care is not None
    row.update({MEETING: care.start, DONE: care.start + days(12)})
    return [Mark(PEPS, row, MEETING)]


def _small(records: Records, child: Child) -> list[Row]:
    is_small = age_on(child.birth_date, records.today) < YOUNGEST and child.is_in_care
    has_none = not records.of(PEPS, child.person_id)
    return records.of(PERSONS, child.person_id) if is_small and has_none else []


def _new(records: Records, child: Child) -> list[Row]:
    is_new = child.is_in_care and add_working_days(child.last.start, 20) >= records.today
    is_small = age_on(child.birth_date, records.today) < YOUNGEST
    return records.of(PERSONS, child.person_id) if is_new and not is_small else []


def _none_yet(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    _drop_all(records, child)
    return [Mark(PERSONS, row, PERSON_KEY)]


def _of_earlier_care(records: Records, child: Child) -> list[Row]:
    rows = [row for row in records.of(PEPS, child.person_id) if is_day(row[MEETING])]
    return [row for row in rows if care_on(child, day_of(row[MEETING])) in child.cares[:-1]]


ISSUE = issue_of_cases(
    "DQ17",
    faults={
        "under a number no child has": case(_peps, _other_number),
        "under the number without its leading zeros": case(_peps, _without_zeros),
        "none for a child of school age": case(_pupils, _no_plan),
        "outside every period of care": case(_peps_of_recent_care, _before_care),
        "completed without a day of the meeting": case(_completed, _no_meeting),
    },
    look_alikes={
        "meeting held, plan not completed": case(_completed, _not_completed),
        "meeting on the first day of care": case(_peps, _on_the_first_day),
        "none for a child under two": case(_small, point_at(PERSONS, PERSON_KEY)),
        "none yet for a child new in care": case(_new, _none_yet),
        "of an earlier period of care": case(_of_earlier_care, point_at(PEPS, MEETING)),
    },
)
