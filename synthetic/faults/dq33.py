"""DQ33: adoption by the current carers coded as a move.

A child placed for adoption with the foster carers it lives with arrives there by P or B, or the
placement is coded as one with other adopters. The foster household says it is the same home;
a postcode alone does not, for brothers and sisters may be there.
"""

from __future__ import annotations

import random
from datetime import date

from synthetic.days import days

from .cares import (
    EPISODES,
    ORDERS,
    PERMANENCE,
    PLACE,
    PROVIDER,
    RNE,
    Child,
)
from .cases import (
    Mark,
    Piece,
    Records,
    Stay,
    case,
    cut,
    issue_of_cases,
    middle,
    retype,
    stays,
)
from .extracts import Row, Value

OLDEST = 10
ELSEWHERE: dict[str, Value] = {
    PROVIDER: "PR4",
    "clap_cla_placement_urn": "SC000207",
    "clap_cla_placement_postcode": "XX11 4NB",
    "clap_cla_placement_distance": 31.5,
}


def _fostered(records: Records, child: Child) -> list[Stay]:
    """Offer the present foster home of a young child for whom nobody planned adoption."""
    found = stays(records, child, "U", 150) if child.is_in_care else []
    is_young = child.is_under(OLDEST, records.today) and len(child.cares) == 1
    has_plan = child.last.last_code not in ("C1", "C2")
    is_planned = bool(records.extracts.where(PERMANENCE, "perm_person_id", child.person_id))
    is_fit = is_young and not has_plan and not is_planned
    return [stay for stay in found if is_fit and stay.episode == child.last.episodes[-1]]


def _with_household(records: Records, child: Child) -> list[Stay]:
    return [s for s in _fostered(records, child) if records.household(s.placement) is not None]


def _without_household(records: Records, child: Child) -> list[Stay]:
    return [s for s in _fostered(records, child) if records.household(s.placement) is None]


def _adopted(
    records: Records,
    chance: random.Random,
    child: Child,
    stay: Stay,
    changes: dict[str, Value],
    household: str | None = "same",
) -> Stay:
    """Place a child for adoption under an order of that day; return the stay with the adopters."""
    day = middle(records, chance, stay, 5)
    made = cut(records, stay, [Piece(day, "U", changes, "CARPL", household)])[1]
    _add_orders(records, child, day, is_carer=changes[PLACE] == "A5")
    return made


def _add_orders(records: Records, child: Child, day: date, *, is_carer: bool) -> None:
    cla_id = child.last.cla_id
    order: Row = {
        "lega_legal_status_id": f"{cla_id}71",
        "lega_person_id": child.person_id,
        "lega_legal_status": "E1",
        "lega_legal_status_start_date": day,
        "lega_legal_status_end_date": None,
    }
    records.extracts.rows(ORDERS).add(order)
    row = records.extracts.blank(PERMANENCE) | {
        "perm_table_id": f"{cla_id}71",
        "perm_person_id": child.person_id,
        "perm_cla_id": cla_id,
        "perm_adm_decision_date": max(child.last.start, day - days(25)),
        "perm_placement_order_date": day,
        "perm_matched_date": max(child.last.start, day - days(9)),
        "perm_placed_for_adoption_date": day,
        "perm_adopted_by_carer_flag": "Y" if is_carer else "N",
    }
    records.extracts.rows(PERMANENCE).add(row)


def _moved(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    made = _adopted(records, chance, child, stay, {PLACE: "A5"})
    return [retype(EPISODES, made.episode, RNE, chance.choice(("P", "B")), is_repairable=True)]


def _as_others(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    made = _adopted(records, chance, child, stay, {PLACE: "A6"})
    return [retype(EPISODES, made.episode, RNE, chance.choice(("P", "B")), is_repairable=True)]


def _unproven(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    made = _adopted(records, chance, child, stay, {PLACE: "A5"})
    return [retype(EPISODES, made.episode, RNE, "B")]


def _rightly(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    made = _adopted(records, chance, child, stay, {PLACE: "A5"})
    return [Mark(EPISODES, made.episode, RNE)]


def _to_others(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    made = _adopted(records, chance, child, stay, {PLACE: "A6", **ELSEWHERE}, None)
    made.episode[RNE] = "B"
    return [Mark(EPISODES, made.episode, RNE)]


def _next_door(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    other = records.other_household(chance, stay.placement)
    made = _adopted(records, chance, child, stay, {PLACE: "A6"}, other)
    made.episode[RNE] = "B"
    return [Mark(EPISODES, made.episode, RNE)]


ISSUE = issue_of_cases(
    "DQ33",
    faults={
        "placed with its carers, coded as a move": case(_with_household, _moved),
        "placed with its carers, coded as other adopters": case(_with_household, _as_others),
        "placed with its carers as a move, household not given": case(
            _without_household, _unproven
        ),
    },
    look_alikes={
        "placed with its carers, coded as it is": case(_with_household, _rightly),
        "placed with other adopters": case(_fostered, _to_others),
        "placed with others at the same postcode": case(_with_household, _next_door),
    },
)
