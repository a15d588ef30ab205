"""DQ11: overlapping placements or episodes.

A row (or a placement) is left open when the next began, or ends after the next began: by one day,
which can be cut, or by weeks, which nobody can decide from here. Two rows of different homes may
even be open at once.
"""

from __future__ import annotations

import random

from synthetic.days import days

from .cares import (
    END,
    EPISODE_ID,
    EPISODES,
    HOME_ID,
    PLACE,
    PLACE_END,
    PLACE_START,
    PLACEMENTS,
    PROVIDER,
    REC,
    RNE,
    START,
    Cell,
    Child,
    Stay,
    add,
    add_care,
    day_of,
    issue_of,
    may_have_breaks,
    places_with_room,
    put,
    text_of,
    two_rows,
)
from .extracts import Extracts, Row


def _has_moved(child: Child) -> bool:
    return child.is_settled and bool(places_with_room(child.last))


def _left_open(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id, after = two_rows(chance, child.last)
    put(extracts, EPISODES, row_id, {END: None, REC: None})
    return Cell(EPISODES, row_id, END, text_of(after[START]), is_repairable=True)


def _one_day_over(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id, after = two_rows(chance, child.last)
    put(extracts, EPISODES, row_id, {END: day_of(after[START]) + days(1)})
    return Cell(EPISODES, row_id, END, text_of(after[START]), is_repairable=True)


def _weeks_over(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id, after = two_rows(chance, child.last)
    put(extracts, EPISODES, row_id, {END: day_of(after[START]) + days(chance.randint(2, 45))})
    return Cell(EPISODES, row_id, END, text_of(after[START]))


def _has_had_homes(child: Child) -> bool:
    return child.is_settled and len(child.last.placements) > 1


def _home_left_open(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    homes = sorted(child.last.placements, key=lambda home: day_of(home[PLACE_START]))
    home = chance.choice(homes[:-1])
    row_id, true = str(home["clap_cla_placement_id"]), text_of(home[PLACE_END])
    put(extracts, PLACEMENTS, row_id, {PLACE_END: None})
    return Cell(PLACEMENTS, row_id, PLACE_END, true, is_repairable=True)


def _is_settled_in_care(child: Child) -> bool:
    days_here = (child.today - day_of(child.last.episodes[-1][START])).days
    return child.is_in_care and child.is_settled and days_here > 100


def _second_home(extracts: Extracts, child: Child, changes: Row) -> str:
    home = child.last.last_home | changes
    home["clap_cla_placement_id"] = f"{child.last.cla_id}00"
    home["clap_cla_placement_urn"] = None
    return add(extracts, PLACEMENTS, home)


def _two_homes_open(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    last = child.last.episodes[-1]
    elsewhere = ("K2", "PR4") if child.last.last_home[PLACE] != "K2" else ("U6", "PR1")
    changes: Row = {PLACE: elsewhere[0], PROVIDER: elsewhere[1], PLACE_START: last[START]}
    home = _second_home(extracts, child, changes)
    row = last | {EPISODE_ID: f"{child.last.cla_id}900", HOME_ID: home}
    return Cell(EPISODES, add(extracts, EPISODES, row), EPISODE_ID, "(dropped)")


def _cover_inside(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    last = child.last.episodes[-1]
    start = child.today - days(chance.randint(40, 90))
    end = start + days(chance.randint(3, 7))
    changes: Row = {PLACE: "T4", PROVIDER: None, PLACE_START: start, PLACE_END: end}
    home = _second_home(extracts, child, changes)
    inside: Row = {EPISODE_ID: f"{child.last.cla_id}800", HOME_ID: home, RNE: "P"}
    add(extracts, EPISODES, last | inside | {START: start, END: end, REC: "X1"})
    return Cell(EPISODES, str(last[EPISODE_ID]), END)


def _break_inside(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    start = child.today - days(chance.randint(300, 700))
    agreement = Stay(start, None, None, "V4", "K2", "PR4")
    row_id = add_care(extracts, child, agreement)
    night = start + days(chance.randint(30, 200))
    add_care(extracts, child, Stay(night, night + days(3), "E4A", "V3", "K2", "PR4"))
    return Cell(EPISODES, row_id, END)


def _one_after_another(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id, _ = two_rows(chance, child.last)
    return Cell(EPISODES, row_id, END)


ISSUE = issue_of(
    "DQ11",
    faults={
        "left open when the next began": (_has_moved, _left_open),
        "one day over the next": (_has_moved, _one_day_over),
        "weeks over the next": (_has_moved, _weeks_over),
        "home left open when the next began": (_has_had_homes, _home_left_open),
        "two homes open at once": (_is_settled_in_care, _two_homes_open),
    },
    look_alikes={
        "cover inside a home kept open": (_is_settled_in_care, _cover_inside),
        "a break inside its agreement": (may_have_breaks, _break_inside),
        "the next begins on the day of the end": (_has_moved, _one_after_another),
    },
)
