"""DQ24: SGO/CAO counted by order and by cessation.

Care that ended by an order nobody recorded, an order with care ended otherwise, and an order
dated weeks from the end of care it brought. Both counts are valid, so nothing is repaired.
"""

from __future__ import annotations

import random
from datetime import date

from synthetic.days import days

from .cares import (
    EPISODES,
    GRANTED,
    KEYS,
    ORDER,
    ORDER_START,
    ORDERS,
    PERMANENCE,
    REC,
    Cell,
    Child,
    add_granted,
    day_of,
    has_a_guardian,
    issue_of,
    put,
    text_of,
    went_home,
)
from .extracts import Extracts, Row


def _typed(extracts: Extracts, child: Child, reason: str) -> Cell:
    put(extracts, EPISODES, child.last.last_id, {REC: reason}, extracts.months)
    return Cell(EPISODES, child.last.last_id, REC, text_of(child.last.reason))


def _order_not_recorded(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    end = day_of(child.last.end)
    for table, person, day in (
        (ORDERS, "lega_person_id", ORDER_START),
        (PERMANENCE, "perm_person_id", GRANTED),
    ):
        rows = extracts.where(table, person, child.person_id)
        later = [row for row in rows if row[day] is not None and day_of(row[day]) >= end]
        for row in later:
            extracts.remove(table, KEYS[table], row[KEYS[table]])
    return _typed(extracts, child, chance.choice(["E41", "E45", "E46"]))


def _ended_otherwise(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return _typed(extracts, child, "E4A")


def _order(extracts: Extracts, child: Child) -> Row:
    """Return the order that ended the child's care."""
    return next(
        row
        for row in extracts.where(ORDERS, "lega_person_id", child.person_id)
        if row[ORDER_START] == child.last.end
    )


def _move_order(extracts: Extracts, child: Child, day: date) -> str:
    row_id = str(_order(extracts, child)["lega_legal_status_id"])
    put(extracts, ORDERS, row_id, {ORDER_START: day}, extracts.months)
    for row in extracts.where(PERMANENCE, "perm_cla_id", child.last.cla_id):
        if row[GRANTED] is not None:
            put(extracts, PERMANENCE, str(row["perm_table_id"]), {GRANTED: day}, extracts.months)
    return row_id


def _weeks_away(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    end = day_of(child.last.end)
    row_id = _move_order(extracts, child, end + days(chance.randint(8, 60)))
    return Cell(ORDERS, row_id, ORDER_START, end.isoformat())


def _seven_days_away(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    after = chance.choice([-7, 7])
    row_id = _move_order(extracts, child, day_of(child.last.end) + days(after))
    return Cell(ORDERS, row_id, ORDER_START)


def _on_the_permanence_record(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id = _order(extracts, child)["lega_legal_status_id"]
    extracts.remove(ORDERS, "lega_legal_status_id", row_id)
    extracts.remove(PERMANENCE, "perm_cla_id", child.last.cla_id)
    add_granted(extracts, child, child.last, "SGO", day_of(child.last.end))
    return Cell(EPISODES, child.last.last_id, REC)


def _in_words(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id = str(_order(extracts, child)["lega_legal_status_id"])
    words = {ORDER: "Special guardianship order Sec. 14A"}
    put(extracts, ORDERS, row_id, words, extracts.months)
    return Cell(ORDERS, row_id, ORDER_START)


ISSUE = issue_of(
    "DQ24",
    faults={
        "care ended by an order nobody recorded": (went_home, _order_not_recorded),
        "an order, and care ended otherwise": (has_a_guardian, _ended_otherwise),
        "an order weeks from the end of care": (has_a_guardian, _weeks_away),
    },
    look_alikes={
        "an order seven days from the end of care": (has_a_guardian, _seven_days_away),
        "an order on the permanence record alone": (has_a_guardian, _on_the_permanence_record),
        "an order in words": (has_a_guardian, _in_words),
    },
)
