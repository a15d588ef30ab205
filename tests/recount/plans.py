"""Care plans, and the pathway plans that take their place from sixteen and three months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from .care import Period
from .council import CareAt
from .dates import Span, add_months
from .leavers import care_leavers, eligible_from
from .values import Figure, share

VALID_MONTHS = 6


def is_in_date(planned: Iterable[date], day_d: date) -> bool:
    """Whether the latest plan is no more than six months old at D (C4c)."""
    latest = max(planned, default=None)
    return latest is not None and add_months(latest, VALID_MONTHS) >= day_d


def pathway_due(person: str, care: CareAt) -> date | None:
    """When the pathway plan is due: three months after the child became eligible (CPR reg 42)."""
    since = eligible_from(person, care)
    return None if since is None else add_months(since, 3)


def care_plans_up_to_date(care: CareAt) -> Figure:
    """Children not yet due a pathway plan whose care plan in force is in date."""
    plans = care.extract.care_plans or {}
    flags = []
    for person, period in care.looked_after:
        due = pathway_due(person, care)
        begun = [plan for plan in plans.get(person, []) if plan.start <= care.day]
        if (due is None or care.day < due) and (begun or _is_settled(period, care)):
            flags.append(is_in_date(_in_force(begun, care.day), care.day))
    return share(flags)


def _is_settled(period: Period, care: CareAt) -> bool:
    """Whether the first ten working days are over; the tenth is still one of them (B12)."""
    return care.working_day_of_care(period, 10) < care.day


def _in_force(plans: Iterable[Span], day_d: date) -> Iterator[date]:
    return (plan.start for plan in plans if plan.runs_on(day_d))


def due_a_pathway_plan(care: CareAt) -> list[str]:
    """Part (a): children of 16 and 17 looked after at D, on or past their due date."""
    return [
        person
        for person, _ in care.looked_after
        if (age := care.age_of(person)) is not None
        and age < 18
        and (due := pathway_due(person, care)) is not None
        and due <= care.day
    ]


def pathway_plan_days(person: str, care: CareAt) -> list[date]:
    """Every pathway plan of a person by D: the history, and the reviews the person's rows name."""
    days = list((care.extract.pathway_plans or {}).get(person, []))
    rows = (care.extract.leavers or {}).get(person, [])
    days += [row.plan_reviewed for row in rows if row.plan_reviewed is not None]
    return [day for day in days if day <= care.day]


def pathway_plan_has(care: CareAt) -> Figure:
    """Those due one, looked after or care leavers, with a pathway plan however old."""
    persons = [*due_a_pathway_plan(care), *care_leavers(care)]
    return share(bool(pathway_plan_days(person, care)) for person in persons)


def pathway_plan_up_to_date(care: CareAt) -> Figure:
    """Those due one, looked after or care leavers, with a pathway plan in date."""
    persons = [*due_a_pathway_plan(care), *care_leavers(care)]
    return share(is_in_date(pathway_plan_days(person, care), care.day) for person in persons)


def pathway_plan_up_to_date_looked_after(care: CareAt) -> Figure:
    """Part (a) alone."""
    persons = due_a_pathway_plan(care)
    return share(is_in_date(pathway_plan_days(person, care), care.day) for person in persons)
