"""DQ30: missing episodes open, overlapping or closed at the wrong time.

Open or ended after care had ended, ended before it began, begun before care, or overlapping
another of the same child. An open episode of a child still in care stays as it is, and two that
only touch are two. Overlapping ones count as one; an end after the end of care counts as that.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from synthetic.days import days

from .cares import Child
from .cases import MISSING, Mark, Records, case, issue_of_cases
from .dq08 import MISSING_FROM, add_missing, was_never_missing

MISSING_TO = "miss_missing_episode_end_date"
Typed = Callable[[Records, random.Random, Child, date], list[Mark]]


def _in_care(records: Records, child: Child) -> list[date]:
    """Offer the day half a month ago of a child long in care who was never missing."""
    is_long = child.is_in_care and (records.today - child.last.start).days > 60
    return [records.today - days(15)] if is_long and was_never_missing(records, child) else []


def _left(records: Records, child: Child) -> list[date]:
    """Offer the day on which care ended, of a child who was never missing."""
    end = child.last.end
    if end is None or not child.has_left or not was_never_missing(records, child):
        return []
    is_recent = records.today - days(900) < end and (end - child.last.start).days > 60
    return [end] if is_recent else []


def _came(records: Records, child: Child) -> list[date]:
    """Offer the day on which care began, where it was at nine or later."""
    first = child.first.start
    is_old_enough = (first - child.birth_date).days > 365 * 9
    is_past = first < records.today - days(20)
    fits = was_never_missing(records, child) and is_old_enough and is_past
    return [first] if fits else []


def _left_open(records: Records, chance: random.Random, child: Child, end: date) -> list[Mark]:
    row = add_missing(records, child, end - days(chance.randint(1, 20)), None)
    return [Mark(MISSING, row, MISSING_TO, str(end))]


def _ended_late(records: Records, chance: random.Random, child: Child, end: date) -> list[Mark]:
    start, late = end - days(chance.randint(1, 9)), end + days(chance.randint(1, 12))
    row = add_missing(records, child, start, late)
    return [Mark(MISSING, row, MISSING_TO, end, is_repairable=True)]


def _overlapping(records: Records, chance: random.Random, child: Child, day: date) -> list[Mark]:
    add_missing(records, child, day, day + days(chance.randint(4, 6)))
    row = add_missing(records, child, day + days(chance.randint(1, 3)), day + days(8))
    return [Mark(MISSING, row, MISSING_FROM, "(folded)", is_repairable=True)]


def _end_first(records: Records, chance: random.Random, child: Child, day: date) -> list[Mark]:
    true = day + days(chance.randint(1, 4))
    row = add_missing(records, child, day, true - days(28))
    return [Mark(MISSING, row, MISSING_TO, true)]


def _too_early(records: Records, chance: random.Random, child: Child, first: date) -> list[Mark]:
    true = first + days(chance.randint(0, 3))
    row = add_missing(records, child, first - days(chance.randint(1, 40)), true + days(2))
    return [Mark(MISSING, row, MISSING_FROM, true)]


def _open_in_care(records: Records, chance: random.Random, child: Child, day: date) -> list[Mark]:
    return [Mark(MISSING, add_missing(records, child, day, None), MISSING_TO)]


def _touching(records: Records, chance: random.Random, child: Child, day: date) -> list[Mark]:
    between = day + days(chance.randint(1, 5))
    add_missing(records, child, day, between)
    row = add_missing(records, child, between, between + days(3))
    return [Mark(MISSING, row, MISSING_FROM)]


def _to_the_end(records: Records, chance: random.Random, child: Child, end: date) -> list[Mark]:
    row = add_missing(records, child, end - days(chance.randint(1, 9)), end)
    return [Mark(MISSING, row, MISSING_TO)]


def _on_the_first(records: Records, chance: random.Random, child: Child, day: date) -> list[Mark]:
    row = add_missing(records, child, day, day + days(chance.randint(0, 2)))
    return [Mark(MISSING, row, MISSING_FROM)]


ISSUE = issue_of_cases(
    "DQ30",
    faults={
        "open though care ended": case(_left, _left_open),
        "ended after care ended": case(_left, _ended_late),
        "overlapping another": case(_in_care, _overlapping),
        "ended before it began": case(_in_care, _end_first),
        "began before care": case(_came, _too_early),
    },
    look_alikes={
        "open, and still in care": case(_in_care, _open_in_care),
        "beginning when another ends": case(_in_care, _touching),
        "ended on the day care ended": case(_left, _to_the_end),
        "began on the first day of care": case(_came, _on_the_first),
    },
)
