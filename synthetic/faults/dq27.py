"""DQ27: local placement types outside the list of codes, or outside the code's years and ages.

A word nobody mapped, a code no longer or not yet in use, and supported accommodation for a child
under sixteen. Words the council has mapped, and codes from their first day on, are sound.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from synthetic.days import birthday, days

from .cares import PLACE, PLACE_END, PLACE_START, PLACEMENTS, PROVIDER, Child, day_of
from .cases import Mark, Piece, Records, Stay, case, cut, issue_of_cases, retype, stays
from .extracts import Row

UNMAPPED = ("Host family (pilot)", "Short stay unit", "Bridging placement", "Other")
MAPPED = {
    "U6": "Foster carer",
    "U4": "Foster carer - long term",
    "U3": "Connected person foster carer",
    "K2": "Children's home",
    "K3": "Registered supported accommodation",
}
K3_FROM, Z13_FROM = date(2024, 4, 1), date(2026, 4, 1)


def _homes(records: Records, child: Child) -> list[Row]:
    """Offer the present home."""
    home = child.last.last_home
    is_open = child.is_in_care and home[PLACE_END] is None
    return [home] if is_open and str(home[PLACE]) in MAPPED else []


def _supported(records: Records, child: Child) -> list[Row]:
    """Offer supported accommodation since it has its present code."""
    rows = [row for care in child.cares for row in care.placements if row[PLACE] == "K3"]
    return [row for row in rows if day_of(row[PLACE_START]) >= K3_FROM]


def _of_a_child_under_sixteen(records: Records, child: Child) -> list[Row]:
    is_child = child.is_under(16, records.today) and not child.is_under(12, records.today)
    return [home for home in _homes(records, child) if is_child and home[PLACE] != "K3"]


def _before_k3(records: Records, child: Child) -> list[Row]:
    """Offer supported accommodation that ended while it had another code."""
    return [
        row
        for care in child.cares
        for row in care.placements
        if row[PLACE] in ("H5", "P2") and row[PLACE_END] and day_of(row[PLACE_END]) < K3_FROM
    ]


Typed = Callable[[Records, random.Random, Child, Row], list[Mark]]


def _typed(*places: str) -> Typed:
    def change(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
        return [retype(PLACEMENTS, row, PLACE, chance.choice(places))]

    return change


def _in_words(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    row[PLACE] = MAPPED[str(row[PLACE])]
    return [Mark(PLACEMENTS, row, PLACE)]


def _since_april(records: Records, child: Child) -> list[Row]:
    return [row for row in _homes(records, child) if day_of(row[PLACE_START]) >= Z13_FROM]


def _as_z13(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
    row[PLACE] = "Z13"
    return [Mark(PLACEMENTS, row, PLACE)]


def _turned_sixteen(records: Records, child: Child) -> list[Stay]:
    day = birthday(child.birth_date, 16)
    found = stays(records, child, "UK", 30) if child.is_in_care else []
    return [
        stay
        for stay in found
        if stay.start < day - days(10)
        and day < records.today
        and stay.placement[PLACE] in ("U6", "U4", "K2")
        and stay.episode["clae_cla_episode_ceased_date"] is None
    ]


def _moved_on_the_birthday(
    records: Records, chance: random.Random, child: Child, stay: Stay
) -> list[Mark]:
    changes = {PLACE: "K3", PROVIDER: "PR4", "clap_cla_placement_urn": "SC000412"}
    changes["clap_cla_placement_postcode"] = "YY7 3DE"
    piece = Piece(
        birthday(child.birth_date, 16), changes=dict(changes), ended="CARPL", household=None
    )
    return [Mark(PLACEMENTS, cut(records, stay, [piece])[1].placement, PLACE)]


ISSUE = issue_of_cases(
    "DQ27",
    faults={
        "word nobody mapped": case(_homes, _typed(*UNMAPPED)),
        "code no longer in use": case(_supported, _typed("H5", "P2")),
        "code not yet in use": case(_before_k3, _typed("K3")),
        "supported accommodation under sixteen": case(_of_a_child_under_sixteen, _typed("K3")),
    },
    look_alikes={
        "word the council has mapped": case(_homes, _in_words),
        "code in use since April 2026": case(_since_april, _as_z13),
        "supported accommodation from the sixteenth birthday": case(
            _turned_sixteen, _moved_on_the_birthday
        ),
    },
)
