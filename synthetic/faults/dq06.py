"""DQ06: review dates entered wrongly.

A review stands on a day on which it cannot have been: after the extract, before care, at a
weekend, on a bank holiday, a year early, with day and month swapped, twice within ten days; or
the due date the source shows is not the computed one. Nothing of it can be put right.
"""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise

from synthetic.days import (
    add_months,
    add_working_days,
    bank_holidays,
    days,
    is_working_day,
)

from .cares import Care, Child, day_of
from .cases import REVIEWS, Mark, Records, case, is_day, issue_of_cases, point_at, retype
from .extracts import Row

DATE, DUE = "clar_cla_review_date", "clar_cla_review_due_date"
CANCELLED, REVIEW_ID = "clar_cla_review_cancelled", "clar_cla_review_id"
SOON, FAR, DUE_MAY_DIFFER = 10, 180, 3
Held = tuple[Care, list[Row], int]
"""A period of care, its reviews in order, and the place of one of them."""


def reviews(records: Records, care: Care) -> list[Row]:
    """Return the reviews of a period of care that were held, in order."""
    rows = records.of(REVIEWS, care.cla_id)
    held = [row for row in rows if is_day(row[DATE]) and row[CANCELLED] == "N"]
    return sorted(held, key=lambda row: day_of(row[DATE]))


def computed_due(care: Care, held: list[Row], at: int) -> date:
    """Return when the review at a place was due (C21)."""
    if at == 0:
        return add_working_days(care.start, 20)
    return add_months(day_of(held[at - 1][DATE]), 3 if at == 1 else 6)


def _sound(records: Records, child: Child) -> list[Held]:
    """Offer the reviews of a last period of care recorded from its start and without a fault."""
    care = child.last
    held = reviews(records, care)
    dates = [day_of(row[DATE]) for row in held]
    apart = all((b - a).days > 30 for a, b in pairwise(dates))
    dues = [computed_due(care, held, at) for at in range(len(held))]
    shown = [day_of(row[DUE]) for row in held]
    near = all(abs((a - b).days) <= DUE_MAY_DIFFER for a, b in zip(dues, shown, strict=True))
    right = near and all(is_working_day(day) and care.start < day for day in dates)
    found = [(care, held, at) for at in range(len(held))]
    return found if apart and right and not any(map(_is_suspect, found)) else []


def _is_suspect(one: Held) -> bool:
    """Whether a late review would be in time with day and month swapped, or is months late."""
    care, held, at = one
    day, was_due = day_of(held[at][DATE]), computed_due(care, held, at)
    other = swapped(day)
    may_be_early = other is not None and care.start < other <= was_due
    return was_due < day and (may_be_early or day > was_due + days(FAR))


def _last(records: Records, child: Child) -> list[Held]:
    found = _sound(records, child)[-1:] if child.is_in_care else []
    is_past = [(records.today - day_of(held[at][DATE])).days > 20 for _, held, at in found]
    return [one for one, wanted in zip(found, is_past, strict=True) if wanted]


def _next_due(records: Records, care: Care, at: int, day: date) -> None:
    """Let the system compute the next due date from the day as it was typed."""
    for row in records.of(REVIEWS, care.cla_id):
        if row[DATE] is None and row[CANCELLED] == "N":
            row[DUE] = add_months(day, 3 if at == 0 else 6)


def _typed(records: Records, one: Held, day: date) -> list[Mark]:
    care, held, at = one
    if at == len(held) - 1:
        _next_due(records, care, at, day)
    return [retype(REVIEWS, held[at], DATE, day)]


def _a_year(day: date, by: int) -> date:
    return add_months(day, 12 * by)


def _in_future(records: Records, chance: random.Random, child: Child, one: Held) -> list[Mark]:
    return _typed(records, one, _a_year(day_of(one[1][one[2]][DATE]), 1))


def _year_before_care(records: Records, child: Child) -> list[Held]:
    def suits(one: Held) -> bool:
        care, held, at = one
        return child.birth_date < _a_year(day_of(held[at][DATE]), -1) < care.start

    return [one for one in _sound(records, child) if suits(one)]


def _year_early(records: Records, child: Child) -> list[Held]:
    def suits(one: Held) -> bool:
        care, held, at = one
        day = _a_year(day_of(held[at][DATE]), -1)
        others = [day_of(row[DATE]) for row in held]
        apart = all(abs((day - other).days) > SOON for other in others)
        return care.start < day and apart and is_working_day(day)

    return [one for one in _last(records, child) if suits(one)]


def _a_year_back(records: Records, chance: random.Random, child: Child, one: Held) -> list[Mark]:
    _, held, at = one
    return [retype(REVIEWS, held[at], DATE, _a_year(day_of(held[at][DATE]), -1))]


def _at_weekend(records: Records, chance: random.Random, child: Child, one: Held) -> list[Mark]:
    row = one[1][one[2]]
    day = day_of(row[DATE])
    saturday = day + days(5 - day.weekday())
    return [retype(REVIEWS, row, DATE, saturday + days(chance.randint(0, 1)))]


def _near_holiday(day: date) -> list[date]:
    near = [day + days(by) for by in (-3, -2, -1, 1, 2, 3)]
    return [one for one in near if one in bank_holidays(one.year) and one.weekday() < 5]


def _by_holiday(records: Records, child: Child) -> list[Held]:
    return [
        (care, held, at)
        for care, held, at in _sound(records, child)
        if any(care.start < one <= records.today for one in _near_holiday(day_of(held[at][DATE])))
    ]


def _on_holiday(records: Records, chance: random.Random, child: Child, one: Held) -> list[Mark]:
    care, held, at = one
    found = [
        day for day in _near_holiday(day_of(held[at][DATE])) if care.start < day <= records.today
    ]
    return [retype(REVIEWS, held[at], DATE, chance.choice(found))]


def swapped(day: date) -> date | None:
    """Return the date with day and month the other way round, if there is such a date."""
    return date(day.year, day.day, day.month) if day.day <= 12 and day.day != day.month else None


def _swaps(records: Records, child: Child) -> list[Held]:
    """Offer reviews in time whose date, swapped, is late, but possible."""

    def suits(one: Held) -> bool:
        care, held, at = one
        day, was_due = day_of(held[at][DATE]), computed_due(care, held, at)
        wrong, after = swapped(day), held[at + 1 :]
        if wrong is None or not is_working_day(wrong) or wrong > records.today:
            return False
        is_free = all((day_of(row[DATE]) - wrong).days > SOON for row in after)
        ends_later = care.end is None or wrong < care.end
        return day <= was_due < wrong <= was_due + days(FAR) and is_free and ends_later

    return [one for one in _sound(records, child) if suits(one)]


def _swap(records: Records, chance: random.Random, child: Child, one: Held) -> list[Mark]:
    _, held, at = one
    wrong = swapped(day_of(held[at][DATE]))
    assert wrong is not None
    for row in held[at + 1 : at + 2]:
        row[DUE] = add_months(wrong, 3 if at == 0 else 6)
    return _typed(records, one, wrong)


def _other_due(records: Records, chance: random.Random, child: Child, one: Held) -> list[Mark]:
    care, held, at = one
    held[at][DUE] = computed_due(care, held, at)
    wrong = computed_due(care, held, at) + days(chance.choice((-30, 4, 14, 31)))
    return [retype(REVIEWS, held[at], DUE, wrong)]


def _again(records: Records, one: Held, least: int, most: int) -> tuple[Row, date]:
    _, held, at = one
    day = day_of(held[at][DATE]) + days(least)
    while not is_working_day(day):
        day += days(1)
    assert (day - day_of(held[at][DATE])).days <= most
    added: Row = {REVIEW_ID: f"{held[at][REVIEW_ID]}7", DATE: day}
    if at == 0:
        added[DUE] = add_months(day_of(held[at][DATE]), 3)
    else:
        added[DUE] = add_months(day_of(held[at][DATE]), 6)
    return records.add(REVIEWS, held[at], added), day


def _twice(records: Records, chance: random.Random, child: Child, one: Held) -> list[Mark]:
    row, _ = _again(records, one, chance.randint(1, 5), SOON)
    return [Mark(REVIEWS, row, DATE, "(dropped)")]


def _soon_after(records: Records, chance: random.Random, child: Child, one: Held) -> list[Mark]:
    care, _, at = one
    row, day = _again(records, one, SOON + 1, 20)
    _next_due(records, care, at + 1, day)
    return [Mark(REVIEWS, row, DATE)]


def _put_off(records: Records, chance: random.Random, child: Child, one: Held) -> list[Mark]:
    row = one[1][one[2]]
    day = day_of(row[DATE]) - days(chance.randint(2, 6))
    while not is_working_day(day):
        day -= days(1)
    changes: Row = {REVIEW_ID: f"{row[REVIEW_ID]}7", DATE: day, CANCELLED: "Y"}
    changes["clar_cla_review_participation"] = None
    return [Mark(REVIEWS, records.add(REVIEWS, row, changes), DATE)]


def _later_ones(records: Records, child: Child) -> list[Held]:
    return [one for one in _last(records, child) if one[2] > 0]


def _held_late(records: Records, child: Child) -> list[Row]:
    """Offer a review held late, which swapping day and month would not put in time."""
    return [
        held[at]
        for care, held, at in _sound(records, child)
        if day_of(held[at][DATE]) > computed_due(care, held, at)
    ]


def _in_time_either_way(records: Records, child: Child) -> list[Row]:
    def suits(one: Held) -> bool:
        care, held, at = one
        day, was_due = day_of(held[at][DATE]), computed_due(care, held, at)
        other = swapped(day)
        return other is not None and care.start < other <= was_due and day <= was_due

    return [one[1][one[2]] for one in _sound(records, child) if suits(one)]


def _three_days_off(records: Records, chance: random.Random, child: Child, one: Held) -> list[Mark]:
    care, held, at = one
    held[at][DUE] = computed_due(care, held, at) + days(chance.choice((-3, 3)))
    return [Mark(REVIEWS, held[at], DUE)]


ISSUE = issue_of_cases(
    "DQ06",
    faults={
        "after the extract": case(_last, _in_future),
        "before care began": case(_year_before_care, _a_year_back),
        "at a weekend": case(_last, _at_weekend),
        "on a bank holiday": case(_by_holiday, _on_holiday),
        "half a year and more from its due date": case(_year_early, _a_year_back),
        "day and month swapped": case(_swaps, _swap),
        "due date not the computed one": case(_later_ones, _other_due),
        "two reviews within ten days": case(_last, _twice),
    },
    look_alikes={
        "held late": case(_held_late, point_at(REVIEWS, DATE)),
        "in time either way round": case(_in_time_either_way, point_at(REVIEWS, DATE)),
        "due date three days off": case(_later_ones, _three_days_off),
        "cancelled a few days before it was held": case(_later_ones, _put_off),
        "two reviews more than ten days apart": case(_later_ones, _soon_after),
    },
)
