"""DQ25: broken chains of reasons for a new episode and for its end.

A night (or more) is missing after X1, or nothing follows X1; an end of care or a new start stands
where care went on; the reason for a new episode is not what changed; care does not begin with S.
Only the one missing night can be closed safely.
"""

from __future__ import annotations

import random
from itertools import pairwise

from synthetic.days import days

from .cares import (
    END,
    EPISODE_ID,
    EPISODES,
    HOME_ID,
    PLACE,
    REC,
    RNE,
    START,
    Care,
    Cell,
    Child,
    care_before,
    day_of,
    had_left_before,
    issue_of,
    places_with_room,
    put,
    text_of,
    two_rows,
)
from .extracts import Extracts, Row


def _has_moved(child: Child) -> bool:
    return child.is_settled and bool(places_with_room(child.last))


def _night_missing(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id, after = two_rows(chance, child.last)
    put(extracts, EPISODES, row_id, {END: day_of(after[START]) - days(1)})
    return Cell(EPISODES, row_id, END, text_of(after[START]), is_repairable=True)


def _days_missing(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id, after = two_rows(chance, child.last)
    put(extracts, EPISODES, row_id, {END: day_of(after[START]) - days(chance.randint(2, 30))})
    return Cell(EPISODES, row_id, END, text_of(after[START]))


def _has_left(child: Child) -> bool:
    return child.has_left


def _nothing_follows(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    put(extracts, EPISODES, child.last.last_id, {REC: "X1"})
    return Cell(EPISODES, child.last.last_id, REC, text_of(child.last.reason))


def _end_though_care_went_on(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id, _ = two_rows(chance, child.last)
    put(extracts, EPISODES, row_id, {REC: "E4A"})
    return Cell(EPISODES, row_id, REC, "X1")


def _retyped(extracts: Extracts, row: Row, reason: str) -> Cell:
    row_id, true = str(row[EPISODE_ID]), text_of(row[RNE])
    put(extracts, EPISODES, row_id, {RNE: reason})
    return Cell(EPISODES, row_id, RNE, true)


def _start_though_care_went_on(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return _retyped(extracts, two_rows(chance, child.last)[1], "S")


def _rows_with(care: Care, reason: str) -> list[Row]:
    return [row for row in care.episodes[1:] if row[RNE] == reason]


def _moves(care: Care) -> list[Row]:
    """Return the rows with which the child moved; a wrong return from cover is DQ12's."""
    back = {str(row[EPISODE_ID]) for row in _rows_after_cover(care)}
    return [row for row in _rows_with(care, "P") if str(row[EPISODE_ID]) not in back]


def _has_gone_elsewhere(child: Child) -> bool:
    return child.is_settled and bool(_moves(child.last))


def _order_for_a_move(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return _retyped(extracts, chance.choice(_moves(child.last)), "L")


def _has_a_new_order(child: Child) -> bool:
    return child.is_settled and bool(_rows_with(child.last, "L"))


def _move_for_an_order(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return _retyped(extracts, chance.choice(_rows_with(child.last, "L")), "P")


def _is_settled(child: Child) -> bool:
    return child.is_settled


def _not_begun(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return _retyped(extracts, child.last.episodes[0], chance.choice(["L", "P", "B"]))


def _rows_after_cover(care: Care) -> list[Row]:
    covers = {
        home["clap_cla_placement_id"]
        for home in care.placements
        if str(home[PLACE]).startswith("T")
    }
    rows = care.episodes
    return [
        after
        for before, after in pairwise(rows)
        if before[HOME_ID] in covers and after[HOME_ID] not in covers and after[RNE] == "P"
    ]


def _has_been_back(child: Child) -> bool:
    return child.is_settled and bool(_rows_after_cover(child.last))


def _back_from_cover(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row = chance.choice(_rows_after_cover(child.last))
    return Cell(EPISODES, str(row[EPISODE_ID]), RNE)


def _has_moved_with_carer(child: Child) -> bool:
    return child.is_settled and bool(_rows_with(child.last, "T"))


def _moved_with_carer(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row = chance.choice(_rows_with(child.last, "T"))
    return Cell(EPISODES, str(row[EPISODE_ID]), RNE)


def _back_after_a_night(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return Cell(EPISODES, care_before(extracts, child, chance, gap=1), END)


ISSUE = issue_of(
    "DQ25",
    faults={
        "a night missing after X1": (_has_moved, _night_missing),
        "days missing after X1": (_has_moved, _days_missing),
        "X1 and nothing follows": (_has_left, _nothing_follows),
        "an end though care went on": (_has_moved, _end_though_care_went_on),
        "a start though care went on": (_has_moved, _start_though_care_went_on),
        "a new order though the child moved": (_has_gone_elsewhere, _order_for_a_move),
        "a move though only the order changed": (_has_a_new_order, _move_for_an_order),
        "care that does not begin with S": (_is_settled, _not_begun),
    },
    look_alikes={
        "back from cover to the same home": (_has_been_back, _back_from_cover),
        "another place with the same carer": (_has_moved_with_carer, _moved_with_carer),
        "one night at home between two cares": (had_left_before, _back_after_a_night),
    },
)
