"""DQ19: short-break children reaching looked after status at 75 nights.

Breaks of more than 75 nights in any twelve months, one of more than 17 nights, an agreement that
runs on after either, and the reverse: breaks recorded as accommodation. Whether and from when the
child is looked after is a legal decision, so nothing is repaired.
"""

from __future__ import annotations

import random
from datetime import date

from synthetic.days import days

from .cares import (
    ORDER,
    ORDERS,
    Cell,
    Child,
    Stay,
    add_breaks,
    add_care,
    issue_of,
    may_have_breaks,
    order_id_of,
)
from .extracts import Extracts

HOUSE = ("K2", "PR4")


def _break_of(nights: int, code: str = "V3") -> Stay:
    day = date(2000, 1, 1)
    return Stay(day, day + days(nights), "E4A", code, *HOUSE)


def _series(
    extracts: Extracts, chance: random.Random, child: Child, number: int, nights: int, every: int
) -> str:
    """Add the breaks, the last of them over before the last month ends; return its order."""
    last = child.today - days(nights + chance.randint(1, 60))
    first = last - days(every * (number - 1))
    return add_breaks(extracts, child, first, number, every, _break_of(nights))[-1]


def _over_75(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return Cell(ORDERS, _series(extracts, chance, child, 19, 4, 14), ORDER, "V2")


def _over_17(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    nights = chance.randint(18, 30)
    return Cell(ORDERS, _series(extracts, chance, child, 1, nights, 0), ORDER, "V2")


def _agreement_runs_on(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    start = child.today - days(chance.randint(500, 700))
    agreement = add_care(extracts, child, Stay(start, None, None, "V4", *HOUSE))
    _series(extracts, chance, child, 19, 4, 14)
    return Cell(ORDERS, order_id_of(agreement), ORDER, "V2")


def _accommodated_for_breaks(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    number = chance.randint(9, 12)
    last = child.today - days(chance.randint(5, 40))
    first = last - days(28 * (number - 1))
    ids = add_breaks(extracts, child, first, number, 28, _break_of(2, "V2"))
    return Cell(ORDERS, ids[-1], ORDER, "V3")


def _exactly_75(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return Cell(ORDERS, _series(extracts, chance, child, 15, 5, 14), ORDER)


def _exactly_17(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return Cell(ORDERS, _series(extracts, chance, child, 1, 17, 0), ORDER)


def _more_than_a_year(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return Cell(ORDERS, _series(extracts, chance, child, 20, 4, 24), ORDER)


ISSUE = issue_of(
    "DQ19",
    faults={
        "76 nights of breaks in a year": (may_have_breaks, _over_75),
        "a break of more than 17 nights": (may_have_breaks, _over_17),
        "an agreement that runs on": (may_have_breaks, _agreement_runs_on),
        "accommodated for breaks": (may_have_breaks, _accommodated_for_breaks),
    },
    look_alikes={
        "75 nights of breaks in a year": (may_have_breaks, _exactly_75),
        "a break of 17 nights": (may_have_breaks, _exactly_17),
        "80 nights over more than a year": (may_have_breaks, _more_than_a_year),
    },
)
