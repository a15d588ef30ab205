"""DQ41: participation codes inconsistent with age.

PN0 (under four) for a child of four or more, another code for a child under four, or none for a
review that was held. Under four, PN0 is what it is to be; for older children nobody can tell.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from synthetic.days import age_on

from .cares import Child, day_of
from .cases import REVIEWS, Mark, Records, case, issue_of_cases, point_at, retype
from .dq06 import CANCELLED, DATE, REVIEW_ID, reviews
from .extracts import Row

CODE = "clar_cla_review_participation"
UNDER_FOUR = "PN0"
OTHERS = ("PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7")
AGE = 4


def _held(records: Records, child: Child) -> list[tuple[Row, int]]:
    rows = [row for care in child.cares for row in reviews(records, care) if row[CODE]]
    return [(row, age_on(child.birth_date, day_of(row[DATE]))) for row in rows]


def _older(records: Records, child: Child) -> list[Row]:
    return [row for row, age in _held(records, child) if age >= AGE and row[CODE] in OTHERS]


def _small(records: Records, child: Child) -> list[Row]:
    return [row for row, age in _held(records, child) if age < AGE and row[CODE] == UNDER_FOUR]


Typed = Callable[[Records, random.Random, Child, Row], list[Mark]]


def _typed(*codes: str | None) -> Typed:
    def change(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
        return [retype(REVIEWS, row, CODE, chance.choice(codes))]

    return change


def _last_under_four(records: Records, child: Child) -> list[Row]:
    return _small(records, child)[-1:]


def _first_at_four(records: Records, child: Child) -> list[Row]:
    return [row for row, age in _held(records, child) if age == AGE and row[CODE] in OTHERS][:1]


def _cancelled(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    changes: Row = {REVIEW_ID: f"{row[REVIEW_ID]}7", CANCELLED: "Y", CODE: None}
    return [Mark(REVIEWS, records.add(REVIEWS, row, changes), CODE)]


def _planned(records: Records, child: Child) -> list[Row]:
    rows = records.of(REVIEWS, child.last.cla_id)
    return [row for row in rows if row[DATE] is None and row[CANCELLED] == "N"]


ISSUE = issue_of_cases(
    "DQ41",
    faults={
        "PN0 at four or more": case(_older, _typed(UNDER_FOUR)),
        "another code under four": case(_small, _typed(*OTHERS)),
        "no code at four or more": case(_older, _typed(None)),
        "no code under four": case(_small, _typed(None)),
    },
    look_alikes={
        "PN0 under four": case(_last_under_four, point_at(REVIEWS, CODE)),
        "another code from the fourth birthday": case(_first_at_four, point_at(REVIEWS, CODE)),
        "cancelled review without a code": case(_older, _cancelled),
        "planned review without a code": case(_planned, point_at(REVIEWS, CODE)),
    },
)
