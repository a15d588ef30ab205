"""DQ34: house moves and agency transfers coded as moves.

A child stays with its foster carers, who move house or change to an agency, and the episode
begins with P as if the child had moved. The household proves it; a change reason of PLACE only
makes it likely. A return from cover also begins with P, and is right.
"""

from __future__ import annotations

import random

from synthetic.days import days

from .cares import EPISODES, PROVIDER, RNE, Child
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
from .dq12 import cover
from .extracts import Value

HOUSE: dict[str, Value] = {
    "clap_cla_placement_postcode": "ZZ8 2KT",
    "clap_cla_placement_distance": 5.3,
}
AGENCY: dict[str, Value] = {PROVIDER: "PR4", "clap_cla_placement_urn": "SC000111"}


def _fostered(records: Records, child: Child) -> list[Stay]:
    return stays(records, child, "U", 120)


def _with_household(records: Records, child: Child) -> list[Stay]:
    found = _fostered(records, child)
    return [stay for stay in found if records.household(stay.placement) is not None]


def _without_household(records: Records, child: Child) -> list[Stay]:
    found = _fostered(records, child)
    return [stay for stay in found if records.household(stay.placement) is None]


def _after(
    records: Records,
    chance: random.Random,
    stay: Stay,
    changes: dict[str, Value],
    ended: str,
    household: str | None = "same",
) -> Stay:
    day = middle(records, chance, stay, 10)
    return cut(records, stay, [Piece(day, "T", changes, ended, household)])[1]


def _house(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    made = _after(records, chance, stay, HOUSE, chance.choice(("OTHER", "PLACE")))
    return [retype(EPISODES, made.episode, RNE, "P", is_repairable=True)]


def _agency(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    made = _after(records, chance, stay, AGENCY, "OTHER")
    return [retype(EPISODES, made.episode, RNE, "P", is_repairable=True)]


def _by_reason(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    made = _after(records, chance, stay, HOUSE, "PLACE")
    return [retype(EPISODES, made.episode, RNE, "P")]


def _rightly(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    made = _after(records, chance, stay, HOUSE, "PLACE")
    return [Mark(EPISODES, made.episode, RNE)]


def _really(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    other = records.other_household(chance, stay.placement)
    made = _after(records, chance, stay, HOUSE, "CARPL", other)
    made.episode[RNE] = "P"
    return [Mark(EPISODES, made.episode, RNE)]


def _back(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    gone = middle(records, chance, stay, 14)
    first = Piece(gone, changes=cover("T3"), ended="PLACE", household=None)
    made = cut(records, stay, [first, Piece(gone + days(14), ended="PLACE")])
    return [Mark(EPISODES, made[2].episode, RNE)]


ISSUE = issue_of_cases(
    "DQ34",
    faults={
        "carers moved house": case(_with_household, _house),
        "carers changed to an agency": case(_with_household, _agency),
        "reason PLACE, household not given": case(_without_household, _by_reason),
    },
    look_alikes={
        "house move coded as it is": case(_with_household, _rightly),
        "moved to another household of the service": case(_with_household, _really),
        "back from cover": case(_fostered, _back),
    },
)
