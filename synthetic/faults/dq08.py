"""DQ08: missing episodes recorded as placement moves.

While a child was missing, a placement of type Z1 or "missing" stands in the home's place, or the
home was closed and opened again on the child's return. It is folded where the child went back to
the same home. Nothing is wrong with a missing episode that is no placement (so it is since 2015).
"""

from __future__ import annotations

import random
from datetime import date
from typing import NamedTuple

from synthetic.days import days

from .cares import (
    EPISODES,
    HOME_ID,
    PLACE,
    PLACE_END,
    PLACE_START,
    PLACEMENTS,
    PROVIDER,
    RNE,
    START,
    Child,
    day_of,
)
from .cases import (
    MISSING,
    PLACE_ID,
    Mark,
    Piece,
    Records,
    Stay,
    case,
    cut,
    issue_of_cases,
    middle,
    stays,
)
from .extracts import Row, Value

MISSING_WORD = "Missing from placement"
NO_HOME: dict[str, Value] = {PROVIDER: None, "clap_cla_placement_urn": None}
MISSING_FROM = "miss_missing_episode_start_date"


def add_missing(records: Records, child: Child, start: date, end: date | None) -> Row:
    """Add a missing episode to every month that may know it; return that of the latest."""
    number = 1 + len(records.extracts.rows(MISSING))
    row: Row = {
        "miss_table_id": f"{child.person_id}019{number}",
        "miss_person_id": child.person_id,
        MISSING_FROM: start,
        "miss_missing_episode_end_date": end,
        "miss_missing_episode_type": "M",
        "miss_missing_rhi_offered": "Y" if end else None,
        "miss_missing_rhi_accepted": "Y" if end else None,
    }
    for month, last in zip(
        records.extracts.months, records.extracts.settings.month_ends, strict=True
    ):
        if start <= last:
            known = dict(row)
            if end is not None and end > last:
                known["miss_missing_episode_end_date"] = None
            latest = records.extracts.rows(MISSING, month).add(known)
    return latest


def was_never_missing(records: Records, child: Child) -> bool:
    """Whether the child, old enough to run away, has no missing episode at all."""
    is_old_enough = (records.today - child.birth_date).days > 365 * 9
    return is_old_enough and not records.of(MISSING, child.person_id)


def _at_home(records: Records, child: Child) -> list[Stay]:
    found = stays(records, child, "UK", 90) if was_never_missing(records, child) else []
    return [stay for stay in found if stay.start > child.birth_date + days(365 * 8)]


class Move(NamedTuple):
    """A stay and the episode in another home that follows it."""

    stay: Stay
    after: Row
    home_after: Row


def _moves(records: Records, child: Child) -> list[Move]:
    return moves(child, _at_home(records, child))


def moves(child: Child, found_stays: list[Stay]) -> list[Move]:
    """Return the moves to another home that end one of the stays."""
    homes = {row[PLACE_ID]: row for care in child.cares for row in care.placements}
    starts = {row[START]: row for care in child.cares for row in care.episodes}
    found = []
    for stay in found_stays:
        after = starts.get(stay.episode["clae_cla_episode_ceased_date"])
        if after is not None and after[RNE] in ("P", "B"):
            home = homes[after[HOME_ID]]
            if home["clap_cla_placement_postcode"] != stay.placement["clap_cla_placement_postcode"]:
                found.append(Move(stay, after, home))
    return found


def _away(records: Records, chance: random.Random, stay: Stay, place: str) -> Stay:
    nights = chance.randint(2, 6)
    gone = middle(records, chance, stay, nights)
    pieces = [
        Piece(gone, changes={PLACE: place} | NO_HOME, ended="CHILD", household=None),
        Piece(gone + days(nights)),
    ]
    return cut(records, stay, pieces)[1]


def _as_placement(
    records: Records, chance: random.Random, child: Child, stay: Stay, place: str
) -> list[Mark]:
    away = _away(records, chance, stay, place)
    end = day_of(away.placement[PLACE_END])
    add_missing(records, child, away.start, end)
    return [Mark(PLACEMENTS, away.placement, PLACE, "(folded)", is_repairable=True)]


def _as_z1(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    return _as_placement(records, chance, child, stay, "Z1")


def _in_words(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    return _as_placement(records, chance, child, stay, MISSING_WORD)


def _then_another_home(
    records: Records, chance: random.Random, child: Child, move: Move
) -> list[Mark]:
    end = day_of(move.after[START])
    gone = end - days(chance.randint(2, 6))
    piece = Piece(gone, changes={PLACE: "Z1"} | NO_HOME, ended="CHILD", household=None)
    away = cut(records, move.stay, [piece])[1]
    add_missing(records, child, gone, end)
    return [Mark(PLACEMENTS, away.placement, PLACE, "(dropped)")]


def _closed_and_opened(
    records: Records, chance: random.Random, child: Child, stay: Stay
) -> list[Mark]:
    nights = chance.randint(2, 6)
    gone = middle(records, chance, stay, nights)
    back = cut(records, stay, [Piece(gone + days(nights), ended="CHILD")])[1]
    stay.placement[PLACE_END] = gone
    add_missing(records, child, gone, gone + days(nights))
    return [Mark(EPISODES, back.episode, RNE, "(folded)")]


def _only_missing(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    gone = middle(records, chance, stay, 6)
    row = add_missing(records, child, gone, gone + days(chance.randint(2, 6)))
    return [Mark(MISSING, row, MISSING_FROM)]


def _real_z1(records: Records, chance: random.Random, child: Child, stay: Stay) -> list[Mark]:
    return [Mark(PLACEMENTS, _away(records, chance, stay, "Z1").placement, PLACE)]


def _moved_while_missing(
    records: Records, chance: random.Random, child: Child, move: Move
) -> list[Mark]:
    day = day_of(move.after[START])
    add_missing(records, child, day - days(2), min(day + days(2), records.today))
    return [Mark(EPISODES, move.after, RNE)]


def _missing_on_arrival(
    records: Records, chance: random.Random, child: Child, move: Move
) -> list[Mark]:
    day = day_of(move.home_after[PLACE_START])
    add_missing(records, child, day, min(day + days(3), records.today))
    return [Mark(PLACEMENTS, move.home_after, PLACE)]


ISSUE = issue_of_cases(
    "DQ08",
    faults={
        "missing as a Z1 placement, back to the same home": case(_at_home, _as_z1),
        "missing as a placement in words": case(_at_home, _in_words),
        "missing as a Z1 placement, then another home": case(_moves, _then_another_home),
        "home closed and opened again over a missing episode": case(_at_home, _closed_and_opened),
    },
    look_alikes={
        "missing without a placement row": case(_at_home, _only_missing),
        "Z1 placement of a child who was not missing": case(_at_home, _real_z1),
        "moved to another home while missing": case(_moves, _moved_while_missing),
        "missing from the day of a move": case(_moves, _missing_on_arrival),
    },
)
