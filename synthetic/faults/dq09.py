"""DQ09: adoption dates held on the service's own tracker, not in the case system.

Shapes: the tracker has a match or an order date that the case system lacks; the child was adopted
by the tracker and is still looked after by the case system; care ended with an adoption and there
is no permanence row; the two give different dates. Only a missing date may be filled.
"""

from __future__ import annotations

import random

from synthetic.days import add_months, days

from .adoptions import (
    ADOPTED,
    DECISION,
    MATCH,
    ON_TRACKER,
    PERMANENCE,
    PLACED,
    TRACKER,
    Adoption,
    complete_adoptions,
    put_on_tracker,
    reopen_everywhere,
    untracked_adoptions,
)
from .cares import END, EPISODES, REC, day_of, today
from .extracts import Extracts
from .rows import Make, Spot, each_of, issue_of, missing_from, retype


def _only_on_tracker(step: str) -> Make:
    def change(extracts: Extracts, chance: random.Random, one: Adoption) -> Spot:
        put_on_tracker(extracts, one)
        stood = retype(extracts, PERMANENCE, one.row, step, None)
        place = (PERMANENCE, one.row_id, step)
        return Spot(*place, None, stood, person_id=one.person_id, is_repairable=True)

    return each_of(complete_adoptions, change)


def _recent_adoptions(extracts: Extracts) -> dict[str, Adoption]:
    """Return those of the last years: an older child would have no visits for too long."""
    since = add_months(today(extracts), -54)
    found = complete_adoptions(extracts)
    return {person_id: one for person_id, one in found.items() if one.day(ADOPTED) > since}


def _still_open(extracts: Extracts, chance: random.Random, one: Adoption) -> Spot:
    put_on_tracker(extracts, one)
    stood = one.care.end
    reopen_everywhere(extracts, one)
    return Spot(EPISODES, one.care.last_id, END, None, stood, person_id=one.person_id)


def _without_row(extracts: Extracts, chance: random.Random, one: Adoption) -> Spot:
    put_on_tracker(extracts, one)
    extracts.remove(PERMANENCE, "perm_person_id", one.person_id)
    missing = missing_from(PERMANENCE)
    place = (EPISODES, one.care.last_id, REC)
    return Spot(*place, one.care.reason, missing, person_id=one.person_id)


def _different_dates(extracts: Extracts, chance: random.Random, one: Adoption) -> Spot:
    """Type a later match or an earlier decision; the steps stay in order."""
    put_on_tracker(extracts, one)
    later = (one.day(PLACED) - one.day(MATCH)).days - 1
    if later > 0 and chance.random() < 0.5:
        step, day = MATCH, one.day(MATCH) + days(chance.randint(1, later))
    else:
        room = min(60, (one.day(DECISION) - one.care.start).days)
        step, day = DECISION, one.day(DECISION) - days(chance.randint(1, room))
    stood = retype(extracts, PERMANENCE, one.row, step, day)
    return Spot(PERMANENCE, one.row_id, step, day, stood, person_id=one.person_id)


def _agreeing(extracts: Extracts, chance: random.Random, one: Adoption) -> Spot:
    put_on_tracker(extracts, one)
    return Spot(PERMANENCE, one.row_id, MATCH, one.row[MATCH], person_id=one.person_id)


def _older_than_tracker(extracts: Extracts, chance: random.Random, one: Adoption) -> Spot:
    return Spot(EPISODES, one.care.last_id, REC, one.care.reason, person_id=one.person_id)


def _placed_and_waiting(extracts: Extracts, chance: random.Random, one: Adoption) -> Spot:
    """No order is made yet: the child is rightly looked after."""
    reopen_everywhere(extracts, one)
    line = put_on_tracker(extracts, one)
    order = ON_TRACKER[ADOPTED]
    return Spot(TRACKER, one.person_id, order, line[order], person_id=one.person_id)


def _hearing_ahead(extracts: Extracts, chance: random.Random, one: Adoption) -> Spot:
    """The tracker has the day of a hearing after the month end."""
    spot = _placed_and_waiting(extracts, chance, one)
    hearing = today(extracts) + days(chance.randint(1, 30))
    for line in extracts.where(TRACKER, "person_id", one.person_id):
        line[spot.column] = hearing
    return Spot(TRACKER, one.person_id, spot.column, day_of(hearing), person_id=one.person_id)


ISSUE = issue_of(
    "DQ09",
    faults={
        "match only on the tracker": _only_on_tracker(MATCH),
        "order only on the tracker": _only_on_tracker(ADOPTED),
        "adopted on the tracker, still looked after": each_of(_recent_adoptions, _still_open),
        "adopted without a permanence row": each_of(complete_adoptions, _without_row),
        "different dates": each_of(complete_adoptions, _different_dates),
    },
    look_alikes={
        "tracker and case system agree": each_of(complete_adoptions, _agreeing),
        "adopted before the tracker began": each_of(untracked_adoptions, _older_than_tracker),
        "placed, order not yet made": each_of(_recent_adoptions, _placed_and_waiting),
        "hearing after the month end": each_of(_recent_adoptions, _hearing_ahead),
    },
)
