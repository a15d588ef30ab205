"""The figures of one extract, as numerator over denominator, for each period end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from .catalogue import MEASURES, Measure
from .council import CareAt
from .dates import Window, add_months, last_day_of_month, month_window, rolling_year, year_to_date
from .extract import Extract
from .reference import Reference, read_reference
from .snapshot import read_extract
from .values import NOT_AVAILABLE, Figure, Parts

__all__ = ["Figure", "Key", "figures_at", "recount", "term_ends"]

Key = tuple[str, date, str, str]


def recount(
    inbox: Path, snapshot: date | str, period_ends: Sequence[date], reference: Path
) -> dict[Key, Figure]:
    """The indicators from the extract of one month, for each period end.

    The key is (indicator_id, period_end, basis, breakdown). ``snapshot`` is the month, as
    ``2026-10`` or any day of it; ``reference`` is the folder of shipped reference data. A period
    end that is the last day of a month gives everything but the termly figures, the last day of a
    school term those. An indicator whose extract is missing is ``not_available``, never 0.
    """
    month = snapshot if isinstance(snapshot, str) else f"{snapshot:%Y-%m}"
    extract = read_extract(inbox, month, read_reference(inbox, reference))
    own_end = _end_of(month)
    figures: dict[Key, Figure] = {}
    for day_d in period_ends:
        figures |= figures_at(extract, day_d, is_own_month=day_d == own_end)
    return figures


def term_ends(inbox: Path, month: str, months_back: int, reference: Path) -> list[date]:
    """The last days of the school terms that end in a month or the few months before it."""
    last = _end_of(month)
    first = add_months(last.replace(day=1), -months_back)
    terms = read_reference(inbox, reference).terms
    return sorted(term.end for term in terms if first <= term.end <= last)


def figures_at(extract: Extract, day_d: date, is_own_month: bool = True) -> dict[Key, Figure]:
    """All figures of one period end; what is kept as of now only for the extract's own month."""
    care = CareAt(extract, day_d)
    found: dict[Key, Figure] = {}
    for measure in MEASURES:
        if not measure.is_answered(extract, is_own_month):
            continue
        for basis in measure.bases:
            window = window_of(basis, day_d, extract.reference)
            if window is not None:
                for part, figure in parts_of(measure, care, window).items():
                    found[measure.indicator_id, day_d, basis, part] = figure
    return found


def parts_of(measure: Measure, care: CareAt, window: Window) -> Parts:
    """The unbroken figure and its parts; one that is not available has no parts (A6)."""
    if not measure.is_available(care.extract):
        return {"": NOT_AVAILABLE}
    found = measure.counts(care, window)
    return {"": found} if isinstance(found, Figure) else found


def window_of(basis: str, day_d: date, reference: Reference) -> Window | None:
    """The days a basis covers at a period end; None where it has no figure there (A1)."""
    if basis == "term":
        terms = (Window(term.start, term.end) for term in reference.terms if term.end == day_d)
        return next(terms, None)
    if day_d != last_day_of_month(day_d.year, day_d.month):
        return None
    if basis == "fy" and day_d.month != 3:
        return None
    windows = {
        "month_end": Window(day_d, day_d),
        "in_month": month_window(day_d),
        "fytd": year_to_date(day_d),
        "fy": year_to_date(day_d),
        "rolling_12m": rolling_year(day_d),
    }
    return windows[basis]


def _end_of(month: str) -> date:
    year, number = (int(part) for part in month.split("-"))
    return last_day_of_month(year, number)
