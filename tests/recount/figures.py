"""The fourteen figures of one extract, as numerator over denominator, for each period end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from .care import Period
from .council import CareAt
from .dates import birthday, last_day_of_month, month_window, year_to_date
from .extract import Extract, read_extract
from .measures import (
    foster_households,
    health_up_to_date,
    is_family_based,
    long_term_stability,
    rate,
    reviews_in_time,
    spells_in_window,
    suitable,
    visits_up_to_date,
)
from .reference import codes, read_reference
from .values import NOT_AVAILABLE, Figure, count, percentage, share

__all__ = ["Figure", "Key", "figures_at", "recount"]

PERMANENCE = codes("E11 E12 E41 E43 E44 E45 E46 E47 E48")


Key = tuple[str, date, str, str]


def recount(
    inbox: Path, snapshot: date | str, period_ends: Sequence[date], reference: Path
) -> dict[Key, Figure]:
    """The fourteen indicators from the extract of one month, for each period end.

    The key is (indicator_id, period_end, basis, breakdown). ``snapshot`` is the month, as
    ``2026-10`` or any day of it; ``reference`` is the folder of shipped reference data. An
    indicator whose extract is missing is ``not_available``, never 0.
    """
    month = snapshot if isinstance(snapshot, str) else f"{snapshot:%Y-%m}"
    extract = read_extract(inbox, month, read_reference(inbox, reference))
    year, number = (int(part) for part in month.split("-"))
    own_end = last_day_of_month(year, number)
    figures: dict[Key, Figure] = {}
    for day_d in period_ends:
        figures |= figures_at(extract, day_d, is_own_month=day_d == own_end)
    return figures


def figures_at(extract: Extract, day_d: date, is_own_month: bool = True) -> dict[Key, Figure]:
    """All figures of one period end; care leavers only for the extract's own month (A3)."""
    found: dict[tuple[str, str, str], Figure] = {}
    if extract.episode_rows is None:
        for indicator_id, basis in STOCKS + FLOWS:
            found[indicator_id, basis, ""] = NOT_AVAILABLE
    else:
        care = CareAt(extract, day_d)
        found |= stock(care) | flow(care)
        if is_own_month:
            found["cl_suitable_accommodation_pct", "month_end", ""] = suitable(care)
    found["foster_households", "month_end", ""] = foster_households(extract, day_d)
    return {(name, day_d, basis, part): f for (name, basis, part), f in found.items()}


STOCKS = [
    ("lac_count", "month_end"),
    ("lac_rate_10k", "month_end"),
    ("family_based_pct", "month_end"),
    ("long_term_stability_pct", "month_end"),
    ("three_plus_placements_pct", "rolling_12m"),
    ("visits_up_to_date_nms_pct", "month_end"),
    ("health_assessment_up_to_date_pct", "month_end"),
    ("cl_suitable_accommodation_pct", "month_end"),
]
FLOWS = [
    (indicator_id, basis)
    for indicator_id in (
        "admissions",
        "ceased",
        "ceased_permanence_pct",
        "reviews_in_timescale_pct",
    )
    for basis in ("in_month", "fytd")
] + [("ceased_by_reason", "fytd")]


def stock(care: CareAt) -> dict[tuple[str, str, str], Figure]:
    """The figures as at the period end."""
    children, day_d = care.looked_after, care.day
    return {
        ("lac_count", "month_end", ""): count(len({person for person, _ in children})),
        ("lac_rate_10k", "month_end", ""): rate(care),
        ("family_based_pct", "month_end", ""): share(
            is_family_based(period, day_d) for _, period in children
        ),
        ("long_term_stability_pct", "month_end", ""): long_term_stability(care),
        ("three_plus_placements_pct", "rolling_12m", ""): share(
            spells_in_window(care.periods[person], day_d) >= 3 for person, _ in children
        ),
        ("visits_up_to_date_nms_pct", "month_end", ""): visits_up_to_date(care),
        ("health_assessment_up_to_date_pct", "month_end", ""): health_up_to_date(care),
    }


def flow(care: CareAt) -> dict[tuple[str, str, str], Figure]:
    """The figures of a window: the month, the year to date and, on 31 March, the year."""
    found: dict[tuple[str, str, str], Figure] = {}
    periods = [(p, period) for p, all_of_p in care.periods.items() for period in all_of_p]
    windows = {"in_month": month_window(care.day), "fytd": year_to_date(care.day)}
    for basis, window in windows.items():
        starts = [p for _, p in periods if p.is_admission and window.holds(p.start)]
        ends = [(who, p) for who, p in periods if window.holds(p.end)]
        reasons = [p.reason for _, p in ends if not p.derived_18]
        found["admissions", basis, ""] = count(len(starts))
        found["ceased", basis, ""] = count(len(ends))
        found["ceased_permanence_pct", basis, ""] = percentage(
            sum(reason in PERMANENCE for reason in reasons), len(ends)
        )
        found["reviews_in_timescale_pct", basis, ""] = reviews_in_time(care, window)
    year = ["fytd", "fy"] if (care.day.month, care.day.day) == (3, 31) else ["fytd"]
    for basis in year:
        found |= by_reason(care, basis)
    return found


def by_reason(care: CareAt, basis: str) -> dict[tuple[str, str, str], Figure]:
    """Those who ceased in the year so far, by reason, and their total."""
    window = year_to_date(care.day)
    reasons: Counter[str] = Counter()
    for person, periods in care.periods.items():
        for period in periods:
            if window.holds(period.end):
                reasons[reason_shown(period, care.extract.births.get(person))] += 1
    parts = {f"reason={reason}": number for reason, number in reasons.items()}
    parts[""] = sum(reasons.values())
    return {("ceased_by_reason", basis, part): count(number) for part, number in parts.items()}


def reason_shown(period: Period, born: date | None) -> str:
    """The reason as broken down: E8 is split by whether it fell on the 18th birthday (DQ13)."""
    if period.reason != "E8":
        return period.reason or ""
    at_18 = born is not None and period.end == birthday(born, 18)
    return "E8 at 18" if at_18 else "E8 other"
