"""Who is looked after at the end of the month: how many, at what age, under what status."""

from __future__ import annotations

from fractions import Fraction

from .care import Period, at_d
from .council import CareAt
from .dates import Span
from .values import NOT_AVAILABLE, Figure, Parts, count, shares

AGE_BANDS = ("under 1", "1-4", "5-9", "10-15", "16+", "unknown")
STATUS_GROUPS = ("C2", "C1", "E1", "V2", "other")


def number_looked_after(care: CareAt) -> Figure:
    """Distinct persons looked after at D."""
    return count(len(_persons(care)))


def rate(care: CareAt) -> Figure:
    """Looked after children per 10,000 residents aged 0 to 17, on the base published by D."""
    return _rate_on(care, care.extract.reference.population_at(care.day))


def rate_dfe(care: CareAt) -> Figure:
    """The same on the latest mid-year by D, whenever it was published (decision 0006)."""
    return _rate_on(care, care.extract.reference.population_of(care.day))


def _rate_on(care: CareAt, people: int | None) -> Figure:
    if people is None:
        return NOT_AVAILABLE
    number = len(_persons(care))
    return Figure(Fraction(10_000 * number, people), number, people)


def _persons(care: CareAt) -> set[str]:
    return {person for person, _ in care.looked_after}


def by_age(care: CareAt) -> Parts:
    """Children looked after by their age at D; without a birth date a band of their own."""
    return shares("age_band", [age_band(care.age_of(p)) for p in _persons(care)], AGE_BANDS)


def age_band(age: int | None) -> str:
    """The DfE's age bands."""
    if age is None:
        return "unknown"
    bounds = ((1, "under 1"), (5, "1-4"), (10, "5-9"), (16, "10-15"))
    return next((band for below, band in bounds if age < below), "16+")


def by_legal_status(care: CareAt) -> Parts:
    """Children looked after by the legal status of the episode at D (B15)."""
    groups = [status_group(period, care) for _, period in care.looked_after]
    return shares("legal_status", groups, STATUS_GROUPS)


def status_group(period: Period, care: CareAt) -> str:
    """C2, C1, V2 or E1, which a freeing order (D1) counts as; remand and protection are other."""
    row = at_d(period, care.day)
    code = row.legal_status if row else None
    code = "E1" if code == "D1" else code
    return code if code in STATUS_GROUPS and code is not None else "other"


def unaccompanied(care: CareAt) -> Figure:
    """Children under 18 whose status as unaccompanied asylum seeking children runs at D."""
    spans = care.extract.uasc or {}
    return count(
        len(
            {
                person
                for person in _persons(care)
                if (age := care.age_of(person)) is None or age < 18
                if any(span.runs_on(care.day) for span in spans.get(person, []))
            }
        )
    )


def pending_discharge(care: CareAt) -> Figure:
    """Children still looked after at D for whom another record says that care is ending or over."""
    return count(sum(is_pending(person, period, care) for person, period in care.looked_after))


def is_pending(person: str, period: Period, care: CareAt) -> bool:
    """A discharge task open at D, or an order made by D, of the present period of care."""

    def opened(task: Span) -> bool:
        return task.start >= period.start and task.runs_on(care.day)

    tasks = (care.extract.discharges or {}).get(person, [])
    orders = [d.permanence_order for d in care.extract.decisions or [] if d.person == person]
    orders += [
        order.day
        for order in care.extract.orders or []
        if order.person == person and order.group == "SGO"
    ]
    return any(opened(task) for task in tasks) or any(
        day is not None and period.start <= day <= care.day for day in orders
    )
