"""DQ26: the place of a home unknown or contradictory.

The distance is empty, 999.9, or nought for a home that is not the parents'; or the postcode is
none. Neither the authority nor the home's postcode is supplied, so that nothing is compared.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from .cares import PLACE, PLACE_END, PLACEMENTS, Child
from .cases import Mark, Records, case, issue_of_cases, retype
from .extracts import Row, Value

DISTANCE, POSTCODE = "clap_cla_placement_distance", "clap_cla_placement_postcode"
UNKNOWN = 999.9
NO_POSTCODES = ("NOT KNOWN", "ZZ99", "12345", "C/O OFFICE")


def _homes(records: Records, child: Child) -> list[Row]:
    """Offer the present home, where its distance and postcode are known."""
    home = child.last.last_home
    is_known = home[DISTANCE] not in (None, UNKNOWN, 0.0) and home[POSTCODE] is not None
    is_open = child.is_in_care and home[PLACE_END] is None and not child.is_uasc
    return [home] if is_open and is_known and str(home[PLACE])[0] in "UK" else []


def _with_parents(records: Records, child: Child) -> list[Row]:
    home = child.last.last_home
    return [home] if child.is_in_care and home[PLACE] == "P1" and home[POSTCODE] else []


Typed = Callable[[Records, random.Random, Child, Row], list[Mark]]


def _typed(column: str, *values: Value) -> Typed:
    def change(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
        return [retype(PLACEMENTS, row, column, chance.choice(values))]

    return change


def _sound(column: str, value: Callable[[Row], Value]) -> Typed:
    def change(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
        row[column] = value(row)
        return [Mark(PLACEMENTS, row, column)]

    return change


ISSUE = issue_of_cases(
    "DQ26",
    faults={
        "no distance": case(_homes, _typed(DISTANCE, None)),
        "distance 999.9": case(_homes, _typed(DISTANCE, UNKNOWN)),
        "distance nought, not with the parents": case(_homes, _typed(DISTANCE, 0.0)),
        "postcode is none": case(_homes, _typed(POSTCODE, *NO_POSTCODES)),
    },
    look_alikes={
        "distance nought, with the parents": case(_with_parents, _sound(DISTANCE, lambda row: 0.0)),
        "exactly twenty miles": case(_homes, _sound(DISTANCE, lambda row: 20.0)),
        "postcode without a blank": case(
            _homes, _sound(POSTCODE, lambda row: str(row[POSTCODE]).replace(" ", ""))
        ),
    },
)
