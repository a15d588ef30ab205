"""DQ44: history truncated by system changes.

The first row of care begins on the day a new case system went live. The first entry into care
may have been kept beside it, or been typed over; the row may look like an admission or not.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from synthetic.days import add_months, days

from .cares import (
    CLA_ID,
    END,
    ENTERED,
    EPISODE_ID,
    EPISODES,
    KEYS,
    ORDERS,
    PLACEMENTS,
    RNE,
    SPANS,
    START,
    Care,
    Cell,
    Child,
    care_before,
    day_of,
    had_left_before,
    issue_of,
    put,
    row_of,
    siblings_before,
    today,
)
from .extracts import Extracts
from .injection import Shape, Truth

DATED_OF_CARE = {
    "ssd_cla_reviews": ("clar_cla_id", "clar_cla_review_date"),
    "ssd_cla_visits": ("clav_cla_id", "clav_cla_visit_date"),
}
FOLLOWING_PLACEMENTS = ("ext_placement_cost", "ext_foster_placement")


def _went_live(today: date) -> date:
    """Return the day the new system went live: the first of a month a year and a half ago."""
    return add_months(today + days(1), -18)


def _began_before(child: Child) -> bool:
    live = _went_live(child.today)
    is_there = child.is_in_care and child.is_settled and child.is_under(14)
    starts = {day_of(row[START]) for row in child.last.episodes}
    return is_there and child.last.start < live - days(100) and live not in starts


def _cut(extracts: Extracts, care: Care, live: date) -> None:
    """Drop what ended before the day, and let what ran on it begin on it."""
    rows = {EPISODES: care.episodes, PLACEMENTS: care.placements, ORDERS: care.orders}
    for table, of_care in rows.items():
        first, last = SPANS[table]
        for row in of_care:
            row_id, end = str(row[KEYS[table]]), row[last]
            if end is not None and day_of(end) <= live:
                extracts.remove(table, KEYS[table], row_id)
                for following in FOLLOWING_PLACEMENTS if table == PLACEMENTS else ():
                    extracts.remove(following, "placement_id", row_id)
            elif day_of(row[first]) < live:
                put(extracts, table, row_id, {first: live}, extracts.months)


def _cut_contacts(extracts: Extracts, care: Care, live: date) -> None:
    """Drop the reviews and visits of before the day, and what was noted of those reviews."""
    for table, (cla_column, dated) in DATED_OF_CARE.items():
        for month in extracts.months:
            rows = extracts.where(table, cla_column, care.cla_id, month)
            old = [row for row in rows if row[dated] is not None and day_of(row[dated]) < live]
            extracts.rows(table, month).remove(old)
            for row in old if table == "ssd_cla_reviews" else ():
                extracts.remove("ext_iro_activity", "review_id", row["clar_cla_review_id"], [month])


def _truncated(reason: str | None, *, is_typed_over: bool) -> Callable[..., Cell]:
    def change(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
        live, care = _went_live(child.today), child.last
        running = [row for row in care.episodes if row[END] is None or day_of(row[END]) > live]
        first, start = str(running[0][EPISODE_ID]), care.start.isoformat()
        others = [str(row[EPISODE_ID]) for row in running]
        _cut(extracts, care, live)
        _cut_contacts(extracts, care, live)
        begun = {RNE: reason or chance.choice(["L", "P"])}
        put(extracts, EPISODES, first, begun, extracts.months)
        for row_id in others if is_typed_over else ():
            put(extracts, EPISODES, row_id, {ENTERED: live}, extracts.months)
        return Cell(EPISODES, first, START, start)

    return change


def _many(shape: Shape) -> Shape:
    """Return a shape that makes at least as many cases as let the day stand out from its year.

    Nothing else tells that care did not begin on it.
    """

    def make(extracts: Extracts, chance: random.Random, number: int) -> list[Truth]:
        return shape(extracts, chance, max(number, _standing_out(extracts)) if number else 0)

    return make


def _standing_out(extracts: Extracts) -> int:
    """Return how many beginnings are more than ten times those of a usual day of the year."""
    year = _went_live(today(extracts)).year
    cares = extracts.rows_of(EPISODES, CLA_ID).values()
    begun = sum(min(day_of(row[START]) for row in rows).year == year for rows in cares)
    return max(6, begun // 35 + 2)


def _family_admitted(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return Cell(EPISODES, siblings_before(extracts, chance, child, others=2), START)


def _chain_unbroken(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    before = row_of(extracts, EPISODES, care_before(extracts, child, chance, gap=0))
    for row in child.first.episodes:
        put(extracts, EPISODES, str(row[EPISODE_ID]), {ENTERED: before[START]}, extracts.months)
    return Cell(EPISODES, str(child.first.episodes[0][EPISODE_ID]), START)


TYPED_OVER = "cut, the first entry typed over"
_SHAPES = issue_of(
    "DQ44",
    faults={
        "cut at the new system": (_began_before, _truncated(None, is_typed_over=False)),
        "cut, begun as an admission": (_began_before, _truncated("S", is_typed_over=False)),
        TYPED_OVER: (_began_before, _truncated("S", is_typed_over=True)),
    },
    look_alikes={
        "a family admitted on one day": (had_left_before, _family_admitted),
        "entered on the first day of the unbroken chain": (had_left_before, _chain_unbroken),
    },
)
ISSUE = replace(_SHAPES, faults={**_SHAPES.faults, TYPED_OVER: _many(_SHAPES.faults[TYPED_OVER])})
