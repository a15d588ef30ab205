"""DQ01: the same end date copied into a child's previous care episodes.

Either the end of a later period of care stands in the one before (case a), or the end of a
child's last row stands in a row before it (case b). Where an earlier extract still has the true
end, case a can be put right; case b follows from the next row.
"""

from __future__ import annotations

import random

from synthetic.days import days

from .cares import (
    END,
    EPISODES,
    HOME_ID,
    ORDER_END,
    ORDERS,
    PLACE_END,
    PLACEMENTS,
    REC,
    Cell,
    Child,
    care_before,
    day_of,
    had_left_before,
    issue_of,
    put,
    row_of,
    siblings_before,
    text_of,
)
from .extracts import Extracts


def _copied(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id = care_before(extracts, child, chance, reason="E13")
    end = row_of(extracts, EPISODES, row_id)[END]
    put(extracts, EPISODES, row_id, {END: child.first.end})
    return Cell(EPISODES, row_id, END, text_of(end), is_repairable=True)


def _copied_with_all(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    cell = _copied(extracts, chance, child)
    row = row_of(extracts, EPISODES, cell.row_id)
    put(extracts, EPISODES, cell.row_id, {REC: child.first.reason})
    put(extracts, PLACEMENTS, str(row[HOME_ID]), {PLACE_END: child.first.end})
    put(extracts, ORDERS, str(row[HOME_ID]), {ORDER_END: child.first.end})
    return cell


def _always_copied(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    cell = _copied(extracts, chance, child)
    put(extracts, EPISODES, cell.row_id, {END: child.first.end}, extracts.months)
    return Cell(EPISODES, cell.row_id, END, cell.true_value)


def _copied_over_a_wrong_end(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    cell = _copied(extracts, chance, child)
    wrong = child.first.start + days(chance.randint(1, 20))
    put(extracts, EPISODES, cell.row_id, {END: wrong}, extracts.months[:-1])
    return Cell(EPISODES, cell.row_id, END, cell.true_value)


def _had_left_after_months(child: Child) -> bool:
    return had_left_before(child) and (day_of(child.first.end) - child.first.start).days > 30


def _has_left_after_moves(child: Child) -> bool:
    return child.has_left and len(child.last.episodes) > 1


def _copied_within(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row = chance.choice(child.last.episodes[:-1])
    row_id, true = str(row["clae_cla_episode_id"]), text_of(row[END])
    put(extracts, EPISODES, row_id, {END: child.last.end})
    return Cell(EPISODES, row_id, END, true, is_repairable=True)


def _siblings(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return Cell(EPISODES, siblings_before(extracts, chance, child), END)


def _one_night_between(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return Cell(EPISODES, care_before(extracts, child, chance, gap=1), END)


def _end_corrected(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id = care_before(extracts, child, chance)
    wrong = day_of(row_of(extracts, EPISODES, row_id)[END]) - days(5)
    put(extracts, EPISODES, row_id, {END: wrong}, extracts.months[:-1])
    return Cell(EPISODES, row_id, END)


def _reason_copied(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id = care_before(extracts, child, chance, reason="E13")
    put(extracts, EPISODES, row_id, {REC: child.first.reason})
    return Cell(EPISODES, row_id, END)


ISSUE = issue_of(
    "DQ01",
    faults={
        "copied into the care before": (had_left_before, _copied),
        "copied with reason, home and order": (had_left_before, _copied_with_all),
        "copied in every extract": (had_left_before, _always_copied),
        "copied over an end that was wrong too": (_had_left_after_months, _copied_over_a_wrong_end),
        "copied within one care": (_has_left_after_moves, _copied_within),
    },
    look_alikes={
        "siblings who left on one day": (had_left_before, _siblings),
        "one night between two cares": (had_left_before, _one_night_between),
        "end of the care before corrected": (had_left_before, _end_corrected),
        "only the reason changed": (had_left_before, _reason_copied),
    },
)
