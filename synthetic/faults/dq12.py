"""DQ12: temporary placements (T0 to T4) misused.

Cover over its limit, first or last in a period of care, not followed by the same home, with a
provider, or left by an episode that begins for the wrong reason. Cover of exactly its limit, or
still running, and T0, which has no limit, are sound. A return is part of the same stay, however it
is coded.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from synthetic.days import days

from .cares import EPISODES, PLACE, PLACE_START, PLACEMENTS, PROVIDER, RNE, Child, day_of
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
from .dq08 import Move, moves
from .extracts import Row, Value

LIMITS = {"T1": 42, "T3": 21, "T4": 7}
"""Kind of cover: the most days it may take (C10)."""

FOLDED = "(folded)"
"""What the figures use instead of a return from cover: one stay (C10)."""

Typed = Callable[[Records, random.Random, Child, Stay], list[Mark]]


def cover(place: str) -> dict[str, Value]:
    """Return what differs in the home while another covers for it."""
    return {
        PLACE: place,
        PROVIDER: None,
        "clap_cla_placement_urn": None,
        "clap_cla_placement_distance": 7.4,
        "clap_cla_placement_postcode": "YY4 7QB",
    }


def away(
    records: Records, chance: random.Random, stay: Stay, place: str, nights: int
) -> tuple[Stay, Stay]:
    """Put cover of some nights into a stay; return it and the stay after it."""
    gone = middle(records, chance, stay, nights)
    first = Piece(gone, changes=cover(place), ended="PLACE", household=None)
    made = cut(records, stay, [first, Piece(gone + days(nights), ended="PLACE")])
    return made[1], made[2]


def _at_home(records: Records, child: Child) -> list[Stay]:
    return stays(records, child, "UK", 200)


def _moves(records: Records, child: Child) -> list[Move]:
    return moves(child, stays(records, child, "UK", 90))


def _too_long(place: str, true_place: str, most: int) -> Typed:
    def change(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
        nights = LIMITS[place] + chance.choice((1, chance.randint(2, most)))
        covering, _ = away(records, chance, stay, place, nights)
        return [Mark(PLACEMENTS, covering.placement, PLACE, true_place)]

    return change


def _within(place: str, nights: int) -> Typed:
    def change(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
        covering, _ = away(records, chance, stay, place, nights)
        return [Mark(PLACEMENTS, covering.placement, PLACE)]

    return change


def _with_provider(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    covering, _ = away(records, chance, stay, "T3", chance.randint(5, 20))
    return [retype(PLACEMENTS, covering.placement, PROVIDER, chance.choice(("PR1", "PR4")))]


def _back_as(reason: str) -> Typed:
    def change(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
        _, back = away(records, chance, stay, "T4", chance.randint(2, 7))
        back.episode[RNE] = reason
        return [Mark(EPISODES, back.episode, RNE, FOLDED, is_repairable=True)]

    return change


def _never_back(records: Records, chance: random.Random, child: Child, move: Move) -> list[Mark]:
    gone = day_of(move.after["clae_cla_episode_start_date"]) - days(chance.randint(2, 7))
    piece = Piece(gone, changes=cover("T4"), ended="PLACE", household=None)
    covering = cut(records, move.stay, [piece])[1]
    return [Mark(PLACEMENTS, covering.placement, PLACE, "U6")]


def _still_away(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    gone = records.today - days(chance.randint(1, 6))
    piece = Piece(gone, changes=cover("T4"), ended="PLACE", household=None)
    return [Mark(PLACEMENTS, cut(records, stay, [piece])[1].placement, PLACE)]


def _open(records: Records, child: Child) -> list[Stay]:
    return [
        stay
        for stay in _at_home(records, child)
        if stay.episode[RNE]
        and child.is_in_care
        and stay.episode["clae_cla_episode_ceased_date"] is None
    ]


def _homes(child: Child) -> list[Row]:
    """Return the homes of the last period of care of a child never in cover."""
    rows = sorted(child.last.placements, key=lambda row: day_of(row[PLACE_START]))
    is_plain = all(str(row[PLACE])[0] in "UK" for row in rows)
    return rows if is_plain and len(rows) > 1 else []


def _first_homes(records: Records, child: Child) -> list[Row]:
    return _homes(child)[:1]


def _last_homes(records: Records, child: Child) -> list[Row]:
    return _homes(child)[-1:] if child.has_left else []


def _as_cover(records: Records, chance: random.Random, child: Child, home: Row) -> list[Mark]:
    home.update({PROVIDER: None, "clap_cla_placement_urn": None})
    return [retype(PLACEMENTS, home, PLACE, "T0")]


ISSUE = issue_of_cases(
    "DQ12",
    faults={
        "hospital over its limit": case(_at_home, _too_long("T1", "R2", 40)),
        "carer's holiday over its limit": case(_at_home, _too_long("T3", "U6", 40)),
        "seven days over their limit": case(_at_home, _too_long("T4", "U6", 20)),
        "first in a period of care": case(_first_homes, _as_cover),
        "last in a period of care": case(_last_homes, _as_cover),
        "not followed by the same home": case(_moves, _never_back),
        "return coded T": case(_at_home, _back_as("T")),
        "return coded L": case(_at_home, _back_as("L")),
        "with a provider": case(_at_home, _with_provider),
    },
    look_alikes={
        "hospital of exactly its limit": case(_at_home, _within("T1", LIMITS["T1"])),
        "carer's holiday of exactly its limit": case(_at_home, _within("T3", LIMITS["T3"])),
        "seven days of exactly their limit": case(_at_home, _within("T4", LIMITS["T4"])),
        "temporary move without a limit": case(_at_home, _within("T0", 60)),
        "still away at the end of the month": case(_open, _still_away),
    },
)
