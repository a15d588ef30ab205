"""DQ42: re-entry after adoption and merged identities.

A child who was adopted is in care again under the old number, after a while or on the very day.
A return after guardianship, or care before the one that led to adoption, is as it should be.
"""

from __future__ import annotations

import random

from synthetic.days import days

from .cares import (
    EPISODES,
    PERSON_COLUMNS,
    Cell,
    Child,
    Stay,
    add_care,
    care_before,
    day_of,
    has_a_guardian,
    issue_of,
    was_adopted,
)
from .extracts import Extracts

ANOTHER = "(another person)"
WHO = PERSON_COLUMNS[EPISODES]


def _may_return(child: Child) -> bool:
    return child.is_under(14) and (child.today - day_of(child.last.end)).days > 200


def _was_adopted_long_ago(child: Child) -> bool:
    return was_adopted(child) and _may_return(child)


def _has_long_had_a_guardian(child: Child) -> bool:
    return has_a_guardian(child) and _may_return(child)


def _back(extracts: Extracts, chance: random.Random, child: Child, gap: int) -> str:
    start = day_of(child.last.end) + days(gap)
    return add_care(extracts, child, Stay(start, start + days(chance.randint(20, 90))))


def _adopted_and_back(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id = _back(extracts, chance, child, chance.randint(20, 100))
    return Cell(EPISODES, row_id, WHO, ANOTHER)


def _adopted_and_back_at_once(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return Cell(EPISODES, _back(extracts, chance, child, 0), WHO, ANOTHER)


def _back_from_guardian(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return Cell(EPISODES, _back(extracts, chance, child, chance.randint(20, 100)), WHO)


def _was_adopted_later(child: Child) -> bool:
    return was_adopted(child) and (child.first.start - child.birth_date).days >= 120


def _home_before_adoption(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    care_before(extracts, child, chance)
    return Cell(EPISODES, child.last.last_id, WHO)


ISSUE = issue_of(
    "DQ42",
    faults={
        "adopted and back under the same number": (_was_adopted_long_ago, _adopted_and_back),
        "adopted and back on that day": (_was_adopted_long_ago, _adopted_and_back_at_once),
    },
    look_alikes={
        "back after special guardianship": (_has_long_had_a_guardian, _back_from_guardian),
        "home once before the adoption": (_was_adopted_later, _home_before_adoption),
    },
)
