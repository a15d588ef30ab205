"""Days on and next to those that decide: month ends, windows, ends of terms and birthdays."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from pipeline.month import Month

MONTH = Month.parse("2026-05")
# The last three months of a snapshot hold a month end, the end of a financial year and of a term.
LAST_DAY = MONTH.last_day
OWN_DAYS = [MONTH.plus(-months).last_day for months in range(3)]
MONTH_ENDS = [MONTH.plus(-months).last_day for months in range(26)]
# No child comes into care before.
EARLIEST = date(2017, 1, 1)
TERM_ENDS = [date(2026, 3, 27), date(2025, 12, 19), date(2025, 7, 22)]
LEAP_BIRTHS = [date(year, 2, 29) for year in (2000, 2004, 2008, 2012, 2020)]

# How long things last or stay valid, in days; and one more and one less is drawn for each.
LENGTHS = (1, 7, 10, 14, 21, 28, 42, 49, 84, 91, 182, 365, 730)
MONTHS = (3, 6, 12, 24, 30)
AGES = (1, 4, 5, 10, 14, 16, 18, 21, 25)


def day(offset: int, start: date) -> date:
    return start + timedelta(days=offset)


def birthday(born: date, age: int) -> date:
    """Someone born on 29 February is a year older on 1 March of a common year (C4d)."""
    if (born.month, born.day) == (2, 29) and not isleap(born.year + age):
        return date(born.year + age, 3, 1)
    return born.replace(year=born.year + age)


def _years_before(end: date, years: int) -> date:
    return date(end.year - years, end.month, min(end.day, 28))


def _windows(end: date) -> list[date]:
    """The first days of what is counted back from the day after ``end``."""
    months = [Month(end.year, end.month).plus(1 - back).last_day for back in MONTHS]
    return [day(1, Month(one.year, one.month).plus(-1).last_day) for one in months] + [
        day(-length, end) for length in LENGTHS
    ]


BOUNDARIES = sorted({*MONTH_ENDS, *TERM_ENDS, *(one for end in OWN_DAYS for one in _windows(end))})
_STEPS = st.sampled_from([0, 0, 0, 1, 1, -1, -1, 2, -2, 5])

boundaries = st.builds(day, _STEPS, st.sampled_from(BOUNDARIES))
recent = st.builds(day, _STEPS, st.sampled_from([end for end in BOUNDARIES if end.year >= 2026]))
any_day = st.dates(date(2019, 1, 1), date(2026, 7, 31))
days = st.one_of(boundaries, recent, any_day)
lengths = st.builds(lambda length, step: max(length + step, 0), st.sampled_from(LENGTHS), _STEPS)

births = st.one_of(
    st.builds(
        lambda end, age, step: day(step, _years_before(end, age)),
        st.sampled_from([day(1, LAST_DAY), *MONTH_ENDS[:6]]),
        st.sampled_from(AGES),
        _STEPS,
    ),
    st.sampled_from(LEAP_BIRTHS),
    st.dates(date(2003, 1, 1), date(2026, 5, 1)),
    st.dates(date(2004, 6, 1), date(2010, 6, 1)),
)


@dataclass(frozen=True)
class When:
    """A day that is drawn before the child's own dates are known: counted from one of them."""

    own: int
    step: int

    def on(self, own: Sequence[date]) -> date:
        return day(self.step, own[self.own % len(own)])


# Days counted from one of the child's own dates, or near a boundary.
near: st.SearchStrategy[date | When] = st.one_of(
    st.builds(When, st.integers(0, 9), lengths),
    st.builds(When, st.integers(0, 9), _STEPS),
    days,
)
