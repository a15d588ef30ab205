"""The single measures: who of a cohort meets each of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from .care import ADOPTIVE, Period, carer_spells, current_row, current_spell
from .council import CareAt
from .dates import (
    Window,
    add_months,
    age_at,
    at_least_months_ago,
    rolling_year_start,
    working_day_after,
)
from .extract import Extract
from .leavers import chosen_row, is_care_leaver, is_suitable
from .reading import read_date
from .values import NOT_AVAILABLE, Figure, count, share


def rate(care: CareAt) -> Figure:
    """Looked after children per 10,000 residents aged 0 to 17, on the base published by D."""
    people = care.extract.reference.population_at(care.day)
    if people is None:
        return NOT_AVAILABLE
    number = len({person for person, _ in care.looked_after})
    return Figure(Fraction(10_000 * number, people), number, people)


def is_family_based(period: Period, day_d: date) -> bool:
    """Whether the placement at D is in a family (C12, C14)."""
    row = current_row(period, day_d)
    return row is not None and row.is_family_based


def spells_in_window(periods: Iterable[Period], day_d: date) -> int:
    """Carer spells that touch the twelve months to D, over all periods of care (C11)."""
    first = rolling_year_start(day_d)
    spells = [spell for period in periods for spell in carer_spells(period)]
    return sum(s.start <= day_d and (s.end is None or s.end > first) for s in spells)


def long_term_stability(care: CareAt) -> Figure:
    """Under 16 and 30 months in care: 24 months with the same carer, or adopters after them."""
    flags = []
    for person, period in care.looked_after:
        born = care.extract.births.get(person)
        if born is None or age_at(born, care.day) >= 16:
            continue
        if period.start <= at_least_months_ago(care.day, 30):
            flags.append(is_stable(period, care.day))
    return share(flags)


def is_stable(period: Period, day_d: date) -> bool:
    """Whether the current carer spell has lasted two years.

    For a child placed for adoption, together with the spell it followed without a gap.
    """
    since = at_least_months_ago(day_d, 24)
    spell, before = current_spell(period, day_d)
    row = current_row(period, day_d)
    if spell is None or row is None:
        return False
    if spell.start <= since:
        return True
    if row.place not in ADOPTIVE or before is None:
        return False
    touches = before.end is None or before.end >= spell.start
    return touches and before.start <= since


def visits_up_to_date(care: CareAt) -> Figure:
    """Children with no visit overdue at D by the national minimum standard (C20)."""
    visits = care.extract.visits
    if visits is None:
        return NOT_AVAILABLE
    flags = []
    for person, period in care.looked_after:
        spell, _ = current_spell(period, care.day)
        start = spell.start if spell else period.start
        days = [day for day in visits.get(person, []) if start <= day <= care.day]
        flags.append(care.day <= visit_due(start, days))
    return share(flags)


def visit_due(start: date, visits: Iterable[date]) -> date:
    """When the next visit is due: a week, then six weeks, after a year twelve weeks."""
    last = max(visits, default=None)
    if last is None:
        return start + timedelta(days=7)
    return last + timedelta(days=42 if last < add_months(start, 12) else 84)


def reviews_in_time(care: CareAt, window: Window) -> Figure:
    """Of the reviews held in the window, those held by their due date."""
    if care.extract.reviews is None:
        return NOT_AVAILABLE
    return share(in_time for day, in_time in care.reviews_held if window.holds(day))


def health_up_to_date(care: CareAt) -> Figure:
    """Children whose latest health assessment is good at D: six months under five, else twelve.

    Those not yet due their first are left out.
    """
    checks = care.extract.health
    if checks is None:
        return NOT_AVAILABLE
    flags = []
    for person, period in care.looked_after:
        days = [d for d in checks.get(person, []) if period.start <= d <= care.day]
        born = care.extract.births.get(person)
        months = 6 if born is None or age_at(born, care.day) < 5 else 12
        first_due = working_day_after(period.start, 20, care.extract.reference.holidays)
        if days:
            flags.append(add_months(max(days), months) >= care.day)
        elif first_due < care.day:
            flags.append(False)
    return share(flags)


def suitable(care: CareAt) -> Figure:
    """Care leavers in suitable accommodation, of all care leavers."""
    if care.extract.leavers is None:
        return NOT_AVAILABLE
    flags = []
    for person, periods in care.periods.items():
        born = care.extract.births.get(person)
        row = chosen_row(care.extract.leavers.get(person, []), care.day)
        died = care.extract.deaths.get(person)
        if born is not None and is_care_leaver(periods, born, died, row, care.day):
            flags.append(is_suitable(row))
    return share(flags)


def foster_households(extract: Extract, day_d: date) -> Figure:
    """Approved in-house households at D, without temporary approvals and supported lodgings."""
    if extract.foster is None:
        return NOT_AVAILABLE
    open_at_d = set()
    for row in extract.foster:
        approved, ended = read_date(row["approval_date"]), read_date(row["end_date"])
        kind = extract.reference.word("carer_type", row["carer_type"]).lower()
        if approved is None or approved > day_d or (ended is not None and ended <= day_d):
            continue
        if kind in ("ifa", "supported lodgings") or _is_temporary(row, approved, day_d):
            continue
        open_at_d.add(row["household_id"])
    return count(len(open_at_d))


def _is_temporary(row: dict[str, str], approved: date, day_d: date) -> bool:
    """Whether a household is only approved under regulation 24 at D."""
    start, end = read_date(row["reg24_start"]), read_date(row["reg24_end"])
    if start is None or start > day_d or (end is not None and end <= day_d):
        return False
    return approved <= start
