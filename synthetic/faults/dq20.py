"""DQ20: short breaks leaking into looked-after counts.

Single breaks and an agreement in one year (1 April to 31 March), and an agreement that was never
closed when the child came into care. Breaks in words that no list knows are DQ28.
"""

from __future__ import annotations

import random
from datetime import date

from synthetic.days import days

from .cares import (
    ORDER,
    ORDER_END,
    ORDERS,
    Cell,
    Child,
    Stay,
    add_care,
    issue_of,
    may_have_breaks,
    order_id_of,
    put,
)
from .extracts import Extracts

HOUSE = ("K2", "PR4")


def _year_start(child: Child) -> date:
    """Return the first day of the last whole year before the last extract."""
    today = child.today
    return date(today.year - 1 - (today.month < 4), 4, 1)


def _break(extracts: Extracts, child: Child, day: date) -> str:
    stay = Stay(day, day + days(3), "E4A", "V3", *HOUSE)
    return order_id_of(add_care(extracts, child, stay))


def _agreement(
    extracts: Extracts, child: Child, start: date, end: date | None, words: str = "V4"
) -> str:
    reason = None if end is None else "E4A"
    return order_id_of(add_care(extracts, child, Stay(start, end, reason, words, *HOUSE)))


def _both_kinds(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    start = _year_start(child) + days(chance.randint(0, 60))
    end = start + days(chance.randint(60, 180))
    _agreement(extracts, child, start, end)
    return Cell(ORDERS, _break(extracts, child, end + days(20)), ORDER, "V4")


def _into_care(extracts: Extracts, chance: random.Random, child: Child) -> tuple[str, date]:
    start = child.today - days(chance.randint(300, 600))
    day = start + days(chance.randint(60, 150))
    row_id = _agreement(extracts, child, start, day)
    add_care(extracts, child, Stay(day + days(9), day + days(chance.randint(40, 80))))
    return row_id, day


def _never_closed(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id, day = _into_care(extracts, chance, child)
    put(extracts, ORDERS, row_id, {ORDER_END: None}, extracts.months)
    return Cell(ORDERS, row_id, ORDER_END, day.isoformat())


def _closed_before_care(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id, _ = _into_care(extracts, chance, child)
    return Cell(ORDERS, row_id, ORDER_END)


def _in_two_years(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    year_start = _year_start(child)
    _agreement(extracts, child, year_start - days(chance.randint(20, 60)), year_start)
    return Cell(ORDERS, _break(extracts, child, year_start), ORDER)


def _known_words(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    start = child.today - days(chance.randint(200, 600))
    words = chance.choice(["Short breaks agreement", "Accommodated with breaks"])
    return Cell(ORDERS, _agreement(extracts, child, start, start + days(15), words), ORDER)


ISSUE = issue_of(
    "DQ20",
    faults={
        "single breaks and an agreement in one year": (may_have_breaks, _both_kinds),
        "an agreement not closed when care began": (may_have_breaks, _never_closed),
    },
    look_alikes={
        "an agreement closed before care began": (may_have_breaks, _closed_before_care),
        "an agreement in one year, a break in the next": (may_have_breaks, _in_two_years),
        "breaks in words the list knows": (may_have_breaks, _known_words),
    },
)
