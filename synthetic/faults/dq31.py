"""DQ31: adoption dates out of order.

The steps are: care begins, decision, placement order, match, placed, adopted; the match may come
before the placement order. Shapes: each pair the wrong way round, and placed on the day of the
order itself. The tracker says the same as the case system, so nothing else is wrong.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from synthetic.days import days

from .adoptions import (
    ADOPTED,
    DECISION,
    MATCH,
    PERMANENCE,
    PLACED,
    PLACEMENT_ORDER,
    Adoption,
    complete_adoptions,
    retype_step,
)
from .cares import today
from .extracts import Extracts
from .rows import Make, Spot, each_of, issue_of

Retyped = Callable[[Adoption, int], date]
"""The wrong day of a step, from the adoption and a small number of days."""


def _step(step: str, wrong: Retyped, suits: Callable[[Adoption], bool] = lambda one: True) -> Make:
    def suitable(extracts: Extracts) -> dict[str, Adoption]:
        latest = today(extracts) - days(20)
        return {
            person_id: one
            for person_id, one in complete_adoptions(extracts).items()
            if suits(one) and one.day(ADOPTED) <= latest
        }

    def change(extracts: Extracts, chance: random.Random, one: Adoption) -> Spot:
        day = wrong(one, chance.randint(1, 20))
        stood = retype_step(extracts, one, step, day)
        return Spot(PERMANENCE, one.row_id, step, day, stood, person_id=one.person_id)

    return each_of(suitable, change)


def _nights(one: Adoption, first: str, then: str) -> int:
    return (one.day(then) - one.day(first)).days


def _between_decision_and_order(one: Adoption, number: int) -> date:
    room = _nights(one, DECISION, PLACEMENT_ORDER) - 1
    return one.day(DECISION) + days(1 + number % room)


def _within_match(one: Adoption, number: int) -> date:
    return one.day(PLACEMENT_ORDER) + days(1 + number % (_nights(one, PLACEMENT_ORDER, MATCH) - 1))


ISSUE = issue_of(
    "DQ31",
    faults={
        "decision before care began": _step(
            DECISION, lambda one, number: one.care.start - days(number)
        ),
        "decision after the placement order": _step(
            DECISION, _within_match, lambda one: _nights(one, PLACEMENT_ORDER, MATCH) > 1
        ),
        "match before the decision": _step(
            MATCH,
            lambda one, number: one.day(DECISION) - days(number),
            lambda one: (one.day(DECISION) - one.care.start).days > 20,
        ),
        "match after placing": _step(
            MATCH,
            lambda one, number: one.day(PLACED) + days(number),
            lambda one: _nights(one, PLACED, ADOPTED) > 20,
        ),
        "placed after the order": _step(
            PLACED, lambda one, number: one.day(ADOPTED) + days(number)
        ),
        "placed on the day of the order": _step(PLACED, lambda one, _: one.day(ADOPTED)),
    },
    look_alikes={
        "match before the placement order": _step(
            MATCH,
            _between_decision_and_order,
            lambda one: _nights(one, DECISION, PLACEMENT_ORDER) > 1,
        ),
        "matched and placed on one day": _step(MATCH, lambda one, _: one.day(PLACED)),
        "decision on the day care began": _step(DECISION, lambda one, _: one.care.start),
    },
)
