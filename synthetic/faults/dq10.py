"""DQ10: duplicate and same-day episodes; re-entry on the day of ceasing.

A row entered twice under another id, with or without a home of its own; a row that ends on the
day it starts, within care or as all there is of it; and care that begins anew on the very day it
ended, which is one period of care. After a transfer or a sentence a return that day is a new
entry, and no finding, though the figures make one period of care of it, too.
"""

from __future__ import annotations

import random

from synthetic.days import days

from .cares import (
    END,
    EPISODE_ID,
    EPISODES,
    HOME_ID,
    ORDER_END,
    ORDERS,
    PLACE_END,
    PLACEMENTS,
    REC,
    RNE,
    START,
    Cell,
    Child,
    Stay,
    add,
    add_care,
    care_before,
    day_of,
    had_left_before,
    issue_of,
    put,
    row_of,
    siblings_before,
)
from .extracts import Extracts

DROPPED, FOLDED = "(dropped)", "(folded)"


def _dropped(row_id: str) -> Cell:
    return Cell(EPISODES, row_id, EPISODE_ID, DROPPED, is_repairable=True)


def _has_settled(child: Child) -> bool:
    return child.is_settled


def _entered_twice(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row = chance.choice(child.last.episodes)
    return _dropped(add(extracts, EPISODES, row | {EPISODE_ID: f"{row[EPISODE_ID]}2"}))


def _entered_twice_with_home(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row = chance.choice(child.last.episodes)
    home = row_of(extracts, PLACEMENTS, str(row[HOME_ID]))
    twice = add(extracts, PLACEMENTS, home | {"clap_cla_placement_id": f"{row[HOME_ID]}2"})
    copied = row | {EPISODE_ID: f"{row[EPISODE_ID]}2", HOME_ID: twice}
    return _dropped(add(extracts, EPISODES, copied))


def _has_moved(child: Child) -> bool:
    return child.is_settled and any(row[RNE] == "P" for row in child.last.episodes)


def _no_night(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row = chance.choice([row for row in child.last.episodes if row[RNE] == "P"])
    changed = {EPISODE_ID: f"{child.last.cla_id}900", END: row[START], REC: "X1"}
    return _dropped(add(extracts, EPISODES, row | changed))


def _only_no_night(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    day = child.first.start - days(chance.randint(40, 300))
    return _dropped(add_care(extracts, child, Stay(day, day)))


def _back_on_the_day(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    care_before(extracts, child, chance, gap=0)
    first = str(child.first.episodes[0][EPISODE_ID])
    return Cell(EPISODES, first, RNE, FOLDED, is_repairable=True)


def _handed_back(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    care_before(extracts, child, chance, gap=0, reason=chance.choice(["E3", "E9"]))
    return Cell(EPISODES, str(child.first.episodes[0][EPISODE_ID]), RNE)


def _night_known_elsewhere(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id = care_before(extracts, child, chance, gap=0)
    row = row_of(extracts, EPISODES, row_id)
    night, home = day_of(row[END]) - days(1), str(row[HOME_ID])
    put(extracts, PLACEMENTS, home, {PLACE_END: night}, extracts.months)
    put(extracts, ORDERS, home, {ORDER_END: night}, extracts.months)
    return Cell(EPISODES, str(child.first.episodes[0][EPISODE_ID]), RNE)


def _back_after_a_night(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    care_before(extracts, child, chance, gap=1)
    return Cell(EPISODES, str(child.first.episodes[0][EPISODE_ID]), RNE)


def _one_night_stay(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    day = child.first.start - days(chance.randint(40, 300))
    return Cell(EPISODES, add_care(extracts, child, Stay(day, day + days(1))), EPISODE_ID)


def _alike_but_for_the_child(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return Cell(EPISODES, siblings_before(extracts, chance, child), EPISODE_ID)


ISSUE = issue_of(
    "DQ10",
    faults={
        "entered twice": (_has_settled, _entered_twice),
        "entered twice with a home of its own": (_has_settled, _entered_twice_with_home),
        "a row of no night": (_has_moved, _no_night),
        "a care of no night": (had_left_before, _only_no_night),
        "back on the day of ceasing": (had_left_before, _back_on_the_day),
    },
    look_alikes={
        "back on the day from elsewhere": (had_left_before, _handed_back),
        "back on the day, the night known elsewhere": (had_left_before, _night_known_elsewhere),
        "back after one night": (had_left_before, _back_after_a_night),
        "a care of one night": (had_left_before, _one_night_stay),
        "two children alike in all but their number": (had_left_before, _alike_but_for_the_child),
    },
)
