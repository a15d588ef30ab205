"""Health assessments and dental checks (C22)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .care import FOREVER, Period
from .council import CareAt
from .dates import Window, add_months
from .values import Figure, share


def health_up_to_date(care: CareAt) -> Figure:
    """Children whose latest health assessment is good at D: six months under five, else twelve.

    Those not yet due their first are left out.
    """
    checks = care.extract.health or {}
    flags = []
    for person, period in care.looked_after:
        days = [d for d in checks.get(person, []) if period.start <= d <= care.day]
        age = care.age_of(person)
        months = 6 if age is None or age < 5 else 12
        if days:
            flags.append(add_months(max(days), months) >= care.day)
        elif not is_in_first_days(period, care):
            flags.append(False)
    return share(flags)


def is_in_first_days(period: Period, care: CareAt) -> bool:
    """Whether D is within the first twenty working days of care, the twentieth too (B12)."""
    return care.working_day_of_care(period, 20) >= care.day


def initial_assessments_in_time(care: CareAt, window: Window) -> Figure:
    """Of the initial health assessments in the window, those within twenty working days."""
    checks = care.extract.health or {}
    firsts = [
        (first, period)
        for person, period in care.every_period
        if (first := initial_assessment(checks.get(person, []), period, care.day)) is not None
    ]
    return share(
        first <= care.working_day_of_care(period, 20)
        for first, period in firsts
        if window.holds(first)
    )


def initial_assessment(days: Iterable[date], period: Period, day_d: date) -> date | None:
    """The earliest assessment of a period of care, its first and last day in (B8)."""
    return min(
        (day for day in days if period.start <= day <= min(period.end or FOREVER, day_d)),
        default=None,
    )


def dental_up_to_date(care: CareAt) -> Figure:
    """Children of one or over with a dental check in the last twelve months, in care or before.

    Those in their first twenty working days who have had none are left out.
    """
    checks = care.extract.dental or {}
    flags = []
    for person, period in care.looked_after:
        age = care.age_of(person)
        days = [day for day in checks.get(person, []) if day <= care.day]
        if age is None or age < 1 or (not days and is_in_first_days(period, care)):
            continue
        flags.append(any(add_months(day, 12) >= care.day for day in days))
    return share(flags)
