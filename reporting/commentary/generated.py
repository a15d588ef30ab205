"""The sentences of a theme for which nobody wrote a commentary: one a measure.

Each gives the figure with the people behind it, how it moved, and the target and similar councils
where there are any; every number is one of the row's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from reporting.commentary.functions import target_words
from reporting.headlines import headline, period
from reporting.rows import SUPPRESSED, Indicator, PackRows, Part
from reporting.wording import HIDDEN, number, plain, start, within

# The legal statuses of the catalogue in words.
_PARTS = {
    "C1": "interim care order",
    "C2": "full care order",
    "E1": "placement order",
    "V2": "accommodated by agreement (section 20)",
    "other": "other legal status",
}
_BY = {"lac_age_band_share": "age", "lac_legal_status_share": "legal status"}


def sentences(theme: str, rows: PackRows) -> tuple[str, ...]:
    """One sentence for each measure of the theme, in the order of the scorecard."""
    return tuple(
        _shares(row, rows) or _sentence(row, rows) for row in rows.indicators if row.theme == theme
    )


def _sentence(row: Indicator, rows: PackRows) -> str:
    said = str(headline(row, rows.front)).removesuffix(".")
    return f"{said}{_beside(row)}."


def _beside(row: Indicator) -> str:
    """`; the target is 95% or more and similar councils average 88.2% (2024/25)`."""
    if not row.month.is_shown:
        return ""
    parts = [f"the target is {target_words(row)}"] if row.green else []
    if row.stat_neighbour_average is not None:
        when = f" ({row.benchmark_period})" if row.benchmark_period else ""
        average = number(row.stat_neighbour_average, row.unit)
        parts.append(f"similar councils average {average}{when}")
    return f"; {' and '.join(parts)}" if parts else ""


def _shares(row: Indicator, rows: PackRows) -> str:
    """A measure that is all parts, such as children by age: the parts are what it says."""
    parts = [part for part in rows.parts.get(row.indicator_id, ()) if _is_told(part)]
    if row.indicator_id not in _BY or not row.month.is_shown or not parts:
        return ""
    when = period(row, rows.front.period_end)
    people = "" if row.denominator is None else f"the {plain(row.denominator)} "
    said = "; ".join(_part(part) for part in _of_one_breakdown(parts))
    return (
        f"{start(within(f'By {_BY[row.indicator_id]},'))} {people}children in care {when}: {said}."
    )


def _is_told(part: Part) -> bool:
    """False for a part that nobody is in and that only says so."""
    return not (part.part in ("unknown", "NOT_RECORDED") and part.numerator.value == 0)


def _of_one_breakdown(parts: Sequence[Part]) -> list[Part]:
    return [part for part in parts if part.breakdown == parts[0].breakdown]


def _part(part: Part) -> str:
    name = _PARTS.get(part.part, part.part)
    if part.figure.status == SUPPRESSED or part.figure.value is None:
        return f"{name}, {HIDDEN if part.figure.status == SUPPRESSED else 'not available'}"
    share = number(part.figure.value, "percent")
    count = part.numerator.value
    return f"{name}, {share}" if count is None else f"{name}, {plain(count)} ({share})"
