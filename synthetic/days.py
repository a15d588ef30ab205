"""Calendar arithmetic of the definitions: months, ages, working days and school terms (C3-C5)."""

import calendar
from datetime import date, timedelta
from functools import cache

ONE_OFF_HOLIDAYS = (
    date(2011, 4, 29),
    date(2012, 6, 5),
    date(2022, 6, 3),
    date(2022, 9, 19),
    date(2023, 5, 8),
)


def days(number: float) -> timedelta:
    """Return a whole number of days."""
    return timedelta(days=int(number))


def end_of_month(day: date) -> date:
    """Return the last day of the month of ``day``."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """Return the date ``months`` later, cut to the end of the month (C4)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def birthday(birth_date: date, age: int) -> date:
    """Return the day an age is attained; born on 29 February: 1 March in other years (C4d)."""
    try:
        return birth_date.replace(year=birth_date.year + age)
    except ValueError:
        return date(birth_date.year + age, 3, 1)


def age_on(birth_date: date, day: date) -> int:
    """Return completed years on a day (C4d)."""
    passed = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (0 if passed else 1)


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _monday_from(day: date) -> date:
    return day + days((7 - day.weekday()) % 7)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of England and Wales in a year."""
    new_year, christmas = date(year, 1, 1), date(year, 12, 25)
    late_may = date(2012, 6, 4) if year == 2012 else _monday_from(date(year, 5, 25))
    late_may = date(2022, 6, 2) if year == 2022 else late_may
    early_may = date(2020, 5, 8) if year == 2020 else _monday_from(date(year, 5, 1))
    found = {easter(year) - days(2), easter(year) + days(1), early_may, late_may}
    found.add(_monday_from(date(year, 8, 25)))
    found.add(_monday_from(new_year) if new_year.weekday() >= 5 else new_year)
    boxing_offset = {4: 3, 5: 3, 6: 2}.get(christmas.weekday(), 1)
    christmas_offset = {5: 2, 6: 1}.get(christmas.weekday(), 0)
    found.add(christmas + days(christmas_offset))
    found.add(christmas + days(boxing_offset))
    found.update(day for day in ONE_OFF_HOLIDAYS if day.year == year)
    return frozenset(found)


def is_working_day(day: date) -> bool:
    """Return whether a day is Monday to Friday and no bank holiday (C5)."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_day_on_or_before(day: date) -> date:
    """Return the day itself, or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def add_working_days(day: date, number: int) -> date:
    """Return the ``number``-th working day after ``day``, which is day 0 (C5)."""
    while number > 0:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def terms(first: date, last: date) -> list[tuple[date, date]]:
    """Return the school terms that end between two days: autumn, spring and summer."""
    found = []
    for year in range(first.year, last.year + 1):
        found.append((date(year, 1, 6), easter(year) - days(5)))
        found.append((easter(year) + days(12), date(year, 7, 20)))
        found.append((date(year, 9, 3), date(year, 12, 18)))
    return [term for term in found if first <= term[1] <= last]
