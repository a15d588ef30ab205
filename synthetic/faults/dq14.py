"""DQ14: orders mistaken for reasons of ceasing.

E13 stands where an order ended care (a child arrangements or special guardianship order within a
week of the end), a return home where a placement order led to adoption, E41 where the order was
an interim one, and codes stand outside the years in which they were used.
"""

from __future__ import annotations

import random
from datetime import date

from synthetic.days import days

from .cares import (
    EPISODES,
    REC,
    Cell,
    Child,
    Stay,
    add_care,
    add_granted,
    add_order,
    day_of,
    had_left_before,
    has_a_guardian,
    issue_of,
    later_order_id,
    put,
    text_of,
    was_adopted,
    went_home,
)
from .extracts import Extracts

LAST_DAY_OF_OLD_CODES = date(2018, 3, 31)
INTERIM = "Interim child arrangements order"


def _typed(extracts: Extracts, child: Child, reason: str, true: str | None) -> Cell:
    put(extracts, EPISODES, child.last.last_id, {REC: reason}, extracts.months)
    return Cell(EPISODES, child.last.last_id, REC, true)


def _ordered(extracts: Extracts, child: Child, order: str, after: int) -> None:
    day = day_of(child.last.end) + days(after)
    add_order(extracts, child, later_order_id(extracts, child.last), order, day, None)


def _arrangements_made(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    _ordered(extracts, child, "CAO", chance.randint(-7, 7))
    return _typed(extracts, child, "E13", "E41")


def _arrangements_granted(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    day = day_of(child.last.end) + days(chance.randint(-7, 7))
    add_granted(extracts, child, child.last, "CAO", day)
    return _typed(extracts, child, "E13", "E41")


def _guardian_appointed(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return _typed(extracts, child, "E13", text_of(child.last.reason))


def _was_adopted_under_order(child: Child) -> bool:
    return was_adopted(child) and child.last.last_code == "E1"


def _placement_order_goes_home(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return _typed(extracts, child, chance.choice(["E4A", "E13"]), text_of(child.last.reason))


def _only_interim(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    _ordered(extracts, child, INTERIM, -chance.randint(0, 6))
    return _typed(extracts, child, "E41", text_of(child.last.reason))


def _old_code(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return _typed(extracts, child, chance.choice(["E43", "E44"]), text_of(child.last.reason))


def _was_born_for_old_codes(child: Child) -> bool:
    is_after = child.first.start > date(2018, 6, 1)
    return had_left_before(child) and is_after and child.birth_date < date(2016, 6, 1)


def _guardian_by(extracts: Extracts, child: Child, end: date, reason: str) -> str:
    row_id = add_care(extracts, child, Stay(end - days(120), end, reason, "C1"))
    add_order(extracts, child, f"{row_id[:8]}90", "SGO", end, None)
    return row_id


def _new_code_too_early(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    end = LAST_DAY_OF_OLD_CODES - days(chance.randint(0, 200))
    row_id = _guardian_by(extracts, child, end, "E45")
    return Cell(EPISODES, row_id, REC, "E43")


def _old_code_on_its_last_day(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return Cell(EPISODES, _guardian_by(extracts, child, LAST_DAY_OF_OLD_CODES, "E43"), REC)


def _new_code_on_its_first_day(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    first = LAST_DAY_OF_OLD_CODES + days(1)
    return Cell(EPISODES, _guardian_by(extracts, child, first, "E45"), REC)


def _went_home_long_ago(child: Child) -> bool:
    return went_home(child) and (child.first_extract - day_of(child.last.end)).days > 60


def _order_later(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    _ordered(extracts, child, "CAO", chance.randint(8, 50))
    return _typed(extracts, child, "E13", None)


def _interim_then_full(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    _ordered(extracts, child, INTERIM, -5)
    _ordered(extracts, child, "CAO", 0)
    return _typed(extracts, child, "E41", None)


def _adopted_under_order(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return Cell(EPISODES, child.last.last_id, REC)


ISSUE = issue_of(
    "DQ14",
    faults={
        "left to others, arrangements ordered": (went_home, _arrangements_made),
        "left to others, arrangements on the permanence record": (went_home, _arrangements_granted),
        "left to others, a guardian appointed": (has_a_guardian, _guardian_appointed),
        "home under a placement order": (_was_adopted_under_order, _placement_order_goes_home),
        "arrangements order, interim only": (went_home, _only_interim),
        "a code no longer used": (has_a_guardian, _old_code),
        "a code not yet used": (_was_born_for_old_codes, _new_code_too_early),
    },
    look_alikes={
        "left to others, the order a week later": (_went_home_long_ago, _order_later),
        "interim order, then the full one": (went_home, _interim_then_full),
        "adopted under a placement order": (_was_adopted_under_order, _adopted_under_order),
        "the old code on its last day": (_was_born_for_old_codes, _old_code_on_its_last_day),
        "the new code on its first day": (_was_born_for_old_codes, _new_code_on_its_first_day),
    },
)
