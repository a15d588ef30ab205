"""DQ32: the decision for adoption or the placement order is missing, or decisions disagree.

Shapes: a child under a placement order, placed for adoption, without a decision date; no placement
order date though the legal status began; another date than the legal status; an earlier decision
that was replaced and never reversed. The tracker says the same as the case system (else DQ09). Only
a missing placement order date may be filled, from the legal status.
"""

from __future__ import annotations

import random

from synthetic.days import days

from .adoptions import (
    DECISION,
    MATCH,
    PERMANENCE,
    PLACEMENT_ORDER,
    REVERSED,
    Adoption,
    complete_adoptions,
    retype_step,
    young_children_in_care,
)
from .cares import Care, code_of, today
from .extracts import Extracts, Row, Value
from .rows import Spot, add_as_known, each_of, issue_of, retype

ROOM_FOR_ANOTHER = 100
"""Days of care before the decision that leave room for an earlier one."""


def _no_decision(extracts: Extracts, chance: random.Random, one: Adoption) -> Spot:
    stood = retype_step(extracts, one, DECISION, None)
    return Spot(PERMANENCE, one.row_id, DECISION, None, stood, person_id=one.person_id)


def _no_placement_order(extracts: Extracts, chance: random.Random, one: Adoption) -> Spot:
    stood = retype_step(extracts, one, PLACEMENT_ORDER, None)
    place = (PERMANENCE, one.row_id, PLACEMENT_ORDER)
    return Spot(*place, None, stood, person_id=one.person_id, is_repairable=True)


def _room(one: Adoption) -> int:
    return (one.day(MATCH) - one.day(PLACEMENT_ORDER)).days


def _with_room(extracts: Extracts) -> dict[str, Adoption]:
    return {p: one for p, one in complete_adoptions(extracts).items() if _room(one) > 1}


def _another_day(extracts: Extracts, chance: random.Random, one: Adoption) -> Spot:
    """Type the order some days late; the steps stay in order."""
    day = one.day(PLACEMENT_ORDER) + days(chance.randint(1, min(40, _room(one) - 1)))
    stood = retype_step(extracts, one, PLACEMENT_ORDER, day)
    return Spot(PERMANENCE, one.row_id, PLACEMENT_ORDER, day, stood, person_id=one.person_id)


def _with_time_before(extracts: Extracts) -> dict[str, Adoption]:
    return {
        person_id: one
        for person_id, one in complete_adoptions(extracts).items()
        if (one.day(DECISION) - one.care.start).days > ROOM_FOR_ANOTHER
    }


def _permanence_row(extracts: Extracts, care: Care, person_id: str, number: int) -> Row:
    ids: Row = {"perm_table_id": f"{care.cla_id}{number}", "perm_person_id": person_id}
    return {**extracts.blank(PERMANENCE), **ids, "perm_cla_id": care.cla_id}


def _earlier(extracts: Extracts, chance: random.Random, one: Adoption) -> Row:
    room = (one.day(DECISION) - one.care.start).days
    row = _permanence_row(extracts, one.care, one.person_id, 80)
    return row | {DECISION: one.day(DECISION) - days(chance.randint(50, room - 10))}


def _two_open(extracts: Extracts, chance: random.Random, one: Adoption) -> Spot:
    row = _earlier(extracts, chance, one)
    add_as_known(extracts, PERMANENCE, row, DECISION)
    place = (PERMANENCE, str(row["perm_table_id"]), REVERSED)
    true = one.day(DECISION) - days(chance.randint(5, 40))
    return Spot(*place, None, true, person_id=one.person_id)


def _one_reversed(extracts: Extracts, chance: random.Random, one: Adoption) -> Spot:
    undone = one.day(DECISION) - days(chance.randint(5, 40))
    row = _earlier(extracts, chance, one) | {REVERSED: undone}
    add_as_known(extracts, PERMANENCE, row, DECISION)
    place = (PERMANENCE, str(row["perm_table_id"]), REVERSED)
    return Spot(*place, undone, person_id=one.person_id)


def _by_consent(extracts: Extracts, chance: random.Random, one: Adoption) -> Spot:
    """Turn the placement order into the parents' consent: no court order was ever made."""
    start = one.day(PLACEMENT_ORDER)
    for order in one.care.orders:
        if code_of(order) == "E1":
            retype(extracts, "ssd_legal_status", order, "lega_legal_status", "V2")
        elif order["lega_legal_status_end_date"] == one.care.end:
            retype(extracts, "ssd_legal_status", order, "lega_legal_status_end_date", start)
    retype_step(extracts, one, PLACEMENT_ORDER, None)
    return Spot(PERMANENCE, one.row_id, PLACEMENT_ORDER, None, person_id=one.person_id)


def _just_decided(extracts: Extracts, chance: random.Random, care: Care) -> Spot:
    """Add a decision of the last weeks; the court has not made an order yet."""
    person_id = str(care.episodes[0]["clae_person_id"])
    room = (today(extracts) - care.start).days
    day = today(extracts) - days(chance.randint(0, min(50, room)))
    row = _permanence_row(extracts, care, person_id, 81) | {DECISION: day}
    add_as_known(extracts, PERMANENCE, row, DECISION)
    recorded: Value = None
    place = (PERMANENCE, str(row["perm_table_id"]), PLACEMENT_ORDER)
    return Spot(*place, recorded, person_id=person_id)


def _young(extracts: Extracts) -> dict[str, Care]:
    return young_children_in_care(extracts, 8)


ISSUE = issue_of(
    "DQ32",
    faults={
        "decision missing": each_of(complete_adoptions, _no_decision),
        "placement order missing": each_of(complete_adoptions, _no_placement_order),
        "placement order on another day": each_of(_with_room, _another_day),
        "two open decisions": each_of(_with_time_before, _two_open),
    },
    look_alikes={
        "earlier decision reversed": each_of(_with_time_before, _one_reversed),
        "placed by consent": each_of(complete_adoptions, _by_consent),
        "decided, order not yet made": each_of(_young, _just_decided),
    },
)
