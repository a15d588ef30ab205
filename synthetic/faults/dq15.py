"""DQ15: care leavers missing from the cohort, and others in it.

Shapes: a care leaver of 18 to 20 without a row, with the service closed too early, or with a blank
eligibility; a row for somebody who was never in care for 13 weeks from 14 on with a day at 16. What
is true follows from the periods of care, which are shown beside the recorded eligibility.
"""

from __future__ import annotations

import random

from synthetic.days import age_on, birthday, days

from .cares import Child, children, today
from .extracts import Extracts, Row
from .leaving import (
    ACTIVITY,
    CONTACT,
    ELIGIBILITY,
    HOME,
    IN_TOUCH,
    LEAVERS,
    SERVED_BY,
    SUITABLE,
    TEAM,
    Leaver,
    former_relevant,
    leavers,
    nights_since_14,
    was_eligible,
)
from .rows import Make, Spot, each_of, issue_of, retype

CLOSED = "No Current Eligibility"


def _spot(one: Leaver, recorded: str | None, true: str | None = None) -> Spot:
    place = (LEAVERS, one.person_id, ELIGIBILITY)
    return Spot(*place, recorded, true, person_id=one.person_id, is_repairable=true is not None)


def _no_row(extracts: Extracts, chance: random.Random, one: Leaver) -> Spot:
    extracts.remove(LEAVERS, "clea_person_id", one.person_id)
    return _spot(one, None, "Former relevant child")


def _eligibility(wrong: str | None) -> Make:
    def change(extracts: Extracts, chance: random.Random, one: Leaver) -> Spot:
        stood = retype(extracts, LEAVERS, one.row, ELIGIBILITY, wrong)
        return _spot(one, wrong, str(stood))

    return each_of(former_relevant, change)


def _never_eligible(extracts: Extracts) -> dict[str, Child]:
    """Return the young people of 18 to 20 whose care was too short or too early, without a row."""
    day = today(extracts)
    known = extracts.rows_of(LEAVERS, "clea_person_id")
    return {
        child.person_id: child
        for child in children(extracts)
        if child.person_id not in known
        and 18 <= age_on(child.birth_date, day) <= 20
        and not child.is_in_care
        and not was_eligible(child, day)
    }


def _too_short(extracts: Extracts) -> dict[str, Child]:
    """Return those of them who were in care at 16, but not for 13 weeks."""
    return {
        person_id: child
        for person_id, child in _never_eligible(extracts).items()
        if (child.last.end or today(extracts)) > birthday(child.birth_date, 16)
        or nights_since_14(child, today(extracts)) > 0
    }


def _row_without_right(extracts: Extracts, chance: random.Random, child: Child) -> Spot:
    wrong, back = "Former relevant child", chance.randint(2, 25)
    state: Row = {
        "clea_person_id": child.person_id,
        ELIGIBILITY: wrong,
        IN_TOUCH: "YES",
        HOME: "C",
        SUITABLE: "1",
        ACTIVITY: "F2",
        "clea_pathway_plan_review_date": None,
        SERVED_BY: TEAM,
    }
    for month in extracts.months:
        if birthday(child.birth_date, 18) <= today(extracts, month):
            contact = today(extracts, month) - days(back)
            extracts.rows(LEAVERS, month).add(state | {CONTACT: contact})
    place = (LEAVERS, child.person_id, ELIGIBILITY)
    return Spot(*place, wrong, CLOSED, person_id=child.person_id, is_repairable=True)


def _over_21_and_closed(extracts: Extracts) -> dict[str, Leaver]:
    return {p: one for p, one in leavers(extracts, CLOSED).items() if one.age >= 21}


def _still_in_care(extracts: Extracts) -> dict[str, Leaver]:
    return {
        p: one for p, one in leavers(extracts, "Eligible child").items() if one.child.is_in_care
    }


def _as_it_stands(extracts: Extracts, chance: random.Random, one: Leaver) -> Spot:
    return _spot(one, str(one.row[ELIGIBILITY]))


def _rightly_absent(extracts: Extracts, chance: random.Random, child: Child) -> Spot:
    return Spot(LEAVERS, child.person_id, ELIGIBILITY, None, person_id=child.person_id)


def _qualifying(extracts: Extracts, chance: random.Random, child: Child) -> Spot:
    spot = _row_without_right(extracts, chance, child)
    right = "Qualifying care leaver"
    for month in extracts.months:
        for row in extracts.where(LEAVERS, "clea_person_id", child.person_id, month):
            row[ELIGIBILITY], row[SERVED_BY] = right, None
    return Spot(LEAVERS, child.person_id, ELIGIBILITY, right, person_id=spot.person_id)


ISSUE = issue_of(
    "DQ15",
    faults={
        "care leaver without a row": each_of(former_relevant, _no_row),
        "closed before 21": _eligibility(CLOSED),
        "eligibility left blank": _eligibility(None),
        "eligible without 13 weeks": each_of(_never_eligible, _row_without_right),
    },
    look_alikes={
        "closed at 21 or over": each_of(_over_21_and_closed, _as_it_stands),
        "still looked after": each_of(_still_in_care, _as_it_stands),
        "too short a stay, without a row": each_of(_too_short, _rightly_absent),
        "qualifying after a short stay": each_of(_too_short, _qualifying),
    },
)
