"""DQ38: stale or impossible outcomes of care leavers.

Shapes: the latest contact is older than three months or than a year; not in touch though the
activity is known; with former foster carers at 17; suitable though in custody, in bed and breakfast
or without a fixed abode; still in the cohort after a death, a transfer to another authority or a
return home for good. Only the flag of a home that is never suitable is put right, by definition.
"""

from __future__ import annotations

import random
from datetime import date

from synthetic.days import add_months, days

from .cares import PERSONS, day_of, put, today
from .extracts import Extracts, Value
from .leaving import (
    ACTIVITY,
    CONTACT,
    ELIGIBILITY,
    HOME,
    IN_TOUCH,
    LEAVERS,
    SERVED_BY,
    SUITABLE,
    Leaver,
    can_leave_at_17,
    former_relevant,
    leave_care,
    leavers,
    set_relevant,
)
from .rows import Make, Spot, each_of, issue_of

UNSUITABLE = ("X", "W", "S")


def _spot(one: Leaver, column: str, true: Value = None, *, is_repairable: bool = False) -> Spot:
    place = (LEAVERS, one.person_id, column, one.row[column])
    return Spot(*place, true, person_id=one.person_id, is_repairable=is_repairable)


def _contact_is(extracts: Extracts, one: Leaver, day: date) -> Spot:
    """Let no extract know of a later contact than that of a day."""
    stood = one.row[CONTACT]
    for month in extracts.months:
        for row in extracts.where(LEAVERS, "clea_person_id", one.person_id, month):
            held = row[CONTACT]
            if isinstance(held, date):
                row[CONTACT] = min(held, day)
    return _spot(one, CONTACT, stood)


def _first_day_in_time(last: date) -> date:
    """Return the first day on which a contact is not older than three months (C4c)."""
    day = add_months(last, -3)
    while add_months(day, 3) < last:
        day += days(1)
    return day


def _out_of_touch_for(least: int, most: int) -> Make:
    """Return the shape of a contact between so many days before the last in time."""

    def suitable(extracts: Extracts) -> dict[str, Leaver]:
        latest = add_months(today(extracts), -3) - days(most)
        found = former_relevant(extracts)
        return {p: one for p, one in found.items() if (one.child.last.end or latest) < latest}

    def change(extracts: Extracts, chance: random.Random, one: Leaver) -> Spot:
        in_time = _first_day_in_time(today(extracts))
        return _contact_is(extracts, one, in_time - days(chance.randint(least, most)))

    return each_of(suitable, change)


def _three_months_ago(extracts: Extracts, chance: random.Random, one: Leaver) -> Spot:
    return _contact_is(extracts, one, _first_day_in_time(today(extracts)))


def _active(extracts: Extracts) -> dict[str, Leaver]:
    return {p: one for p, one in former_relevant(extracts).items() if one.row[ACTIVITY]}


def _not_in_touch(extracts: Extracts, chance: random.Random, one: Leaver) -> Spot:
    one.row[IN_TOUCH] = "NO"
    return _spot(one, IN_TOUCH, "YES")


def _nothing_known(extracts: Extracts, chance: random.Random, one: Leaver) -> Spot:
    one.row.update({IN_TOUCH: "NO", ACTIVITY: None, HOME: None, SUITABLE: None})
    return _spot(one, IN_TOUCH)


def _with_carers_at_17(extracts: Extracts, chance: random.Random, one: Leaver) -> Spot:
    set_relevant(extracts, one, leave_care(extracts, one, "E4A"))
    one.row[HOME] = "Z"
    return _spot(one, HOME, "B")


def _with_carers_at_18(extracts: Extracts, chance: random.Random, one: Leaver) -> Spot:
    one.row.update({HOME: "Z", SUITABLE: "1"})
    return _spot(one, HOME)


def _home(flag: str) -> Make:
    def change(extracts: Extracts, chance: random.Random, one: Leaver) -> Spot:
        one.row.update({HOME: chance.choice(UNSUITABLE), SUITABLE: flag})
        if flag == "2":
            return _spot(one, SUITABLE)
        return _spot(one, SUITABLE, "2", is_repairable=True)

    return each_of(former_relevant, change)


def _seen_before_the_last_days(extracts: Extracts) -> dict[str, Leaver]:
    since = today(extracts) - days(8)
    found = former_relevant(extracts)
    return {p: one for p, one in found.items() if day_of(one.row[CONTACT]) < since}


def _died(extracts: Extracts, chance: random.Random, one: Leaver) -> Spot:
    died = today(extracts) - days(chance.randint(1, 6))
    put(extracts, PERSONS, one.person_id, {"pers_death_date": died})
    return _spot(one, ELIGIBILITY, "No Current Eligibility")


def _transferred(extracts: Extracts, chance: random.Random, one: Leaver) -> Spot:
    set_relevant(extracts, one, leave_care(extracts, one, "E3"))
    return _spot(one, ELIGIBILITY, "No Current Eligibility")


def _returned_home(extracts: Extracts, chance: random.Random, one: Leaver) -> Spot:
    set_relevant(extracts, one, leave_care(extracts, one, "E4A"))
    one.row[IN_TOUCH] = "RHOM"
    return _spot(one, ELIGIBILITY, "Qualifying care leaver")


def _service_closed(extracts: Extracts) -> dict[str, Leaver]:
    """Return those of 21 and over who need no service and were last seen long ago."""
    long_ago = add_months(today(extracts), -4)
    return {
        person_id: one
        for person_id, one in leavers(extracts, "No Current Eligibility").items()
        if one.age >= 21
        and (one.row[IN_TOUCH], one.row[SERVED_BY]) == ("NREQ", None)
        and isinstance(one.row[CONTACT], date)
        and day_of(one.row[CONTACT]) < long_ago
    }


def _in_care_still(extracts: Extracts) -> dict[str, Leaver]:
    found = leavers(extracts, "Eligible child")
    return {p: one for p, one in found.items() if one.child.is_in_care and not one.row[CONTACT]}


def _contact_stands(extracts: Extracts, chance: random.Random, one: Leaver) -> Spot:
    return _spot(one, CONTACT)


ISSUE = issue_of(
    "DQ38",
    faults={
        "contact older than three months": _out_of_touch_for(1, 150),
        "contact older than a year": _out_of_touch_for(300, 420),
        "not in touch, activity known": each_of(_active, _not_in_touch),
        "with former carers at 17": each_of(can_leave_at_17, _with_carers_at_17),
        "suitable in custody, bed and breakfast or no abode": _home("1"),
        "died, still in the cohort": each_of(_seen_before_the_last_days, _died),
        "transferred away, still in the cohort": each_of(can_leave_at_17, _transferred),
        "returned home for good, still in the cohort": each_of(can_leave_at_17, _returned_home),
    },
    look_alikes={
        "contact three months ago to the day": each_of(former_relevant, _three_months_ago),
        "service closed, seen long ago": each_of(_service_closed, _contact_stands),
        "still looked after, no contact yet": each_of(_in_care_still, _contact_stands),
        "not in touch, nothing known": each_of(former_relevant, _nothing_known),
        "with former carers at 18": each_of(former_relevant, _with_carers_at_18),
        "in custody, not suitable": _home("2"),
    },
)
