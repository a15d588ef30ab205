"""DQ36: the score of a strengths and difficulties questionnaire, or why there is none, missing.

A score outside 0 to 40, neither score nor reason for a child of the cohort, or the reason "no
form, the child is too young or too old" (SDQ1) for a child aged 4 to 16. Nothing is put right.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from synthetic.days import add_months, age_on, days

from .cares import Child, day_of
from .cases import SDQ, Mark, Records, care_on, case, issue_of_cases, point_at, retype
from .extracts import Row, Value

DATE, SCORE, REASON = "csdq_sdq_completed_date", "csdq_sdq_score", "csdq_sdq_reason"
YOUNGEST, OLDEST = 4, 16


def _of_age(child: Child, row: Row) -> bool:
    return YOUNGEST <= age_on(child.birth_date, day_of(row[DATE])) <= OLDEST


def _scored(records: Records, child: Child) -> list[Row]:
    rows = records.of(SDQ, child.person_id)
    return [row for row in rows if row[SCORE] is not None and _of_age(child, row)]


def _with_reason(records: Records, child: Child) -> list[Row]:
    rows = records.of(SDQ, child.person_id)
    return [row for row in rows if row[SCORE] is None and row[REASON] and _of_age(child, row)]


def _in_cohort(child: Child, row: Row) -> bool:
    """Whether the child had been in care for twelve months, or was to be, in that care."""
    care = care_on(child, day_of(row[DATE]))
    return care is not None and care.start <= add_months(day_of(row[DATE]) + days(1), -12)


def _cohort(
    offers: Callable[[Records, Child], list[Row]],
) -> Callable[[Records, Child], list[Row]]:
    def found(records: Records, child: Child) -> list[Row]:
        return [row for row in offers(records, child) if _in_cohort(child, row)]

    return found


Typed = Callable[[Records, random.Random, Child, Row], list[Mark]]


def _typed(column: str, *values: Value) -> Typed:
    def change(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
        return [retype(SDQ, row, column, chance.choice(values))]

    return change


def _sound(score: int) -> Typed:
    def change(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
        row[SCORE] = score
        return [Mark(SDQ, row, SCORE)]

    return change


def _not_of_age(records: Records, child: Child) -> list[Row]:
    return [row for row in records.of(SDQ, child.person_id) if not _of_age(child, row)]


def _as_too_young(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    row.update({SCORE: None, REASON: "SDQ1"})
    return [Mark(SDQ, row, REASON)]


ISSUE = issue_of_cases(
    "DQ36",
    faults={
        "score over 40": case(_scored, _typed(SCORE, 41, 44, 61, 99, 140)),
        "score under 0": case(_scored, _typed(SCORE, -1, -9)),
        "neither score nor reason": case(_cohort(_scored), _typed(SCORE, None)),
        "SDQ1 for a child of the age": case(_with_reason, _typed(REASON, "SDQ1")),
    },
    look_alikes={
        "score 0": case(_scored, _sound(0)),
        "score 40": case(_scored, _sound(40)),
        "reason and no score": case(_with_reason, point_at(SDQ, REASON)),
        "SDQ1 for a child not of the age": case(_not_of_age, _as_too_young),
    },
)
