"""Calendar arithmetic of the definitions (C3, C4, C5): civil dates only, no clock."""

from __future__ import annotations

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """The days from ``first`` to ``last``, both ends in (C3)."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """Whether an event on this day falls in the window; an event without a date does not."""
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True)
class Span:
    """A stretch of days, the last one out (C2); without an end it still runs."""

    start: date
    end: date | None = None

    def runs_on(self, day: date) -> bool:
        """Whether it runs at the end of a day."""
        return self.start <= day and (self.end is None or self.end > day)


def last_day_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day of the month n months on, or the last of that month where it is short (C4)."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def at_least_months_ago(day_d: date, months: int) -> date:
    """The latest start that makes "for at least n months at D" true (C4a)."""
    return add_months(day_d + DAY, -months)


def birthday(born: date, age: int) -> date:
    """The day an age is attained; someone born on 29 February gets there on 1 March (C4d)."""
    year = born.year + age
    if (born.month, born.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return date(year, born.month, born.day)


def age_at(born: date, day: date) -> int:
    """Completed years; the birthday counts (C4d)."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def working_day_after(trigger: date, count: int, holidays: Collection[date]) -> date:
    """The n-th working day after a day, which is itself day 0 (C5)."""
    day = trigger
    while count:
        day += DAY
        if day.weekday() < 5 and day not in holidays:
            count -= 1
    return day


def working_days_back(last: date, count: int, holidays: Collection[date]) -> date:
    """The first of the last n working days up to a day, which is itself one where it is worked."""
    day, found = last + DAY, 0
    while found < count:
        day -= DAY
        if day.weekday() < 5 and day not in holidays:
            found += 1
    return day


def month_window(day_d: date) -> Window:
    """The month of D, from its first day to its last."""
    return Window(day_d.replace(day=1), last_day_of_month(day_d.year, day_d.month))


def year_to_date(day_d: date) -> Window:
    """1 April to D."""
    year = day_d.year if day_d.month >= 4 else day_d.year - 1
    return Window(date(year, 4, 1), day_d)


def rolling_year_start(day_d: date) -> date:
    """W, the first day of the twelve months to D (C3)."""
    return add_months(day_d + DAY, -12)


def rolling_year(day_d: date) -> Window:
    """The twelve months to D."""
    return Window(rolling_year_start(day_d), day_d)
