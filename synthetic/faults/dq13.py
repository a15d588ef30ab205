"""DQ13: "any other reason" (E8) overused, especially at 18.

A young person who stayed with the carers, went to live alone or to adult care on the 18th
birthday is closed with E8. It is right for one who is missing that day, and before 18.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from itertools import count

from synthetic.days import days

from .cares import (
    EPISODES,
    REC,
    Cell,
    Child,
    day_of,
    end_at,
    issue_of,
    put,
    text_of,
    today,
    went_home,
)
from .extracts import Extracts

MISSING = "ssd_missing"


def _left_for(*reasons: str) -> Callable[[Child], bool]:
    return lambda child: child.left_at_18 and child.last.reason in reasons


_left_at_18 = _left_for("E5", "E6", "E7", "E17")


def _typed_any_other(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    _end_missing_before(extracts, child, day_of(child.last.end))
    put(extracts, EPISODES, child.last.last_id, {REC: "E8"}, extracts.months)
    return Cell(EPISODES, child.last.last_id, REC, text_of(child.last.reason))


def _end_missing_before(extracts: Extracts, child: Child, day: date) -> None:
    """Let nobody who is closed wrongly be missing on the day."""
    extracts.remove(
        MISSING,
        "miss_person_id",
        child.person_id,
        unwanted=lambda row: day_of(row["miss_missing_episode_start_date"]) >= day - days(60),
    )


def _missing_at_18(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    day = day_of(child.last.end)
    taken = extracts.rows_of(MISSING, "miss_table_id")
    ids = (f"{child.last.cla_id}{number}" for number in count(900))
    row = extracts.blank(MISSING) | {
        "miss_table_id": next(one for one in ids if one not in taken),
        "miss_person_id": child.person_id,
        "miss_missing_episode_start_date": day - days(chance.randint(2, 30)),
        "miss_missing_episode_type": "M",
    }
    back = day + days(chance.randint(1, 9))
    for month in extracts.months:
        known = {"miss_missing_episode_end_date": back if back <= today(extracts, month) else None}
        extracts.rows(MISSING, month).add(row | known)
    put(extracts, EPISODES, child.last.last_id, {REC: "E8"}, extracts.months)
    return Cell(EPISODES, child.last.last_id, REC)


def _day_before_18(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    end_at(extracts, child.last, day_of(child.last.end) - days(1), "E8", extracts.months)
    return Cell(EPISODES, child.last.last_id, REC)


def _lasts_to_18(child: Child) -> bool:
    last_start = day_of(child.last.episodes[-1]["clae_cla_episode_start_date"])
    return _left_at_18(child) and (day_of(child.last.end) - last_start).days > 7


def _much_younger(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    put(extracts, EPISODES, child.last.last_id, {REC: "E8"}, extracts.months)
    return Cell(EPISODES, child.last.last_id, REC)


ISSUE = issue_of(
    "DQ13",
    faults={
        "at 18, staying with the carers": (_left_for("E17"), _typed_any_other),
        "at 18, living independently": (_left_for("E5", "E6"), _typed_any_other),
        "at 18, in adult care": (_left_for("E7"), _typed_any_other),
    },
    look_alikes={
        "missing on the 18th birthday": (_left_at_18, _missing_at_18),
        "on the day before 18": (_lasts_to_18, _day_before_18),
        "long before 18": (went_home, _much_younger),
    },
)
