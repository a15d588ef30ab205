"""Personal education plans (PEP) and education, health and care plans."""

from __future__ import annotations

from datetime import date, timedelta

from .care import Period
from .council import CareAt
from .dates import Window, birthday, working_days_back
from .health import is_in_first_days
from .values import Figure, count, share

AGES_SINCE = date(2015, 9, 1)
"""From this day on children have a plan from two to eighteen, before it at school age alone."""


def pep_has(care: CareAt) -> Figure:
    """Children of the ages that have one with any plan of the present period of care."""
    return share(bool(pep_days(person, period, care)) for person, period in due_a_pep(care))


def pep_up_to_date(care: CareAt, term: Window) -> Figure:
    """Children in care for the last twenty working days of a term with a meeting in the term."""
    since = working_days_back(term.last, 20, care.extract.reference.holidays)
    meetings = care.extract.peps or {}
    return share(
        any(term.holds(day) for day in meetings.get(person, []))
        for person, period in due_a_pep(care)
        if period.start <= since
    )


def due_a_pep(care: CareAt) -> list[tuple[str, Period]]:
    """Children of the right age, without those in their first twenty working days with none."""
    return [
        (person, period)
        for person, period in care.looked_after
        if is_of_age(person, care)
        and (pep_days(person, period, care) or not is_in_first_days(period, care))
    ]


def pep_days(person: str, period: Period, care: CareAt) -> list[date]:
    """The meetings of the present period of care, up to D."""
    meetings = (care.extract.peps or {}).get(person, [])
    return [day for day in meetings if period.start <= day <= care.day]


def is_of_age(person: str, care: CareAt) -> bool:
    """Two to eighteen; before September 2015 of compulsory school age."""
    born, age = care.extract.births.get(person), care.age_of(person)
    if born is None or age is None:
        return False
    if care.day >= AGES_SINCE:
        return 2 <= age < 18
    return starts_school(born) <= care.day <= leaves_school(born)


def starts_school(born: date) -> date:
    """The first 1 January, 1 April or 1 September on or after the fifth birthday."""
    five = birthday(born, 5)
    terms = [date(year, month, 1) for year in (five.year, five.year + 1) for month in (1, 4, 9)]
    return min(day for day in terms if day >= five)


def leaves_school(born: date) -> date:
    """The last Friday in June of the school year (September to August) of the 16th birthday."""
    sixteen = birthday(born, 16)
    day = date(sixteen.year + (sixteen.month >= 9), 6, 30)
    while day.weekday() != 4:
        day -= timedelta(days=1)
    return day


def with_ehc_plan(care: CareAt) -> Figure:
    """Children with an education, health and care plan in force at D."""
    plans = care.extract.ehc_plans or {}
    return count(
        sum(
            any(plan.runs_on(care.day) for plan in plans.get(person, []))
            for person, _ in care.looked_after
        )
    )
