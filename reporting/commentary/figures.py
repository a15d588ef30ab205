"""Every published number of every indicator, with what it is and when it is of.

A number that somebody typed into a commentary is looked up here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reporting.rows import COMPARATORS, SHOWN, Figure, Indicator, PackRows, TrendPoint
from reporting.wording import last_of_month

_COMPARATOR_KINDS = dict(
    zip(COMPARATORS, ("neighbours", "best_neighbour", "england", "top_quartile", "region"),
        strict=True)
)  # fmt: skip
_LIMITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Key:
    """What a number is: of which indicator, which kind (`figure`, `england`, ...) and month."""

    indicator_id: str
    kind: str
    month: str = ""
    part: str = ""


@dataclass(frozen=True)
class Published:
    """A number that the pack shows; `direction` is 1 for a rise and -1 for a fall."""

    key: Key
    value: float
    unit: str
    direction: int = 0

    @property
    def is_percent(self) -> bool:
        """True where a percent sign is printed after it."""
        return self.unit == "percent"


Book = dict[str, dict[Key, Published]]


def book(rows: PackRows) -> Book:
    """Every number that is shown, by indicator."""
    return {
        row.indicator_id: {entry.key: entry for entry in _entries(row, rows)}
        for row in rows.indicators
    }


def without(everything: Book, shown: Book) -> Book:
    """The numbers of one book that another does not have."""
    return {
        name: {key: entries[key] for key in entries if key not in shown.get(name, {})}
        for name, entries in everything.items()
    }


def month_of(rows: PackRows, months_back: int) -> str:
    """`2025-10`, so many months before the month of the pack."""
    return last_of_month(rows.front.period_end, months_back).isoformat()[:7]


def _entries(row: Indicator, rows: PackRows) -> Iterator[Published]:
    for point in rows.trend.get(row.indicator_id, ()):
        month = point.period_end.isoformat()[:7]
        yield from _people(row, month, point, point.numerator, point.denominator)
    months = ((row.month_minus_2, 2), (row.month_minus_1, 1), (row.year_ago, 12))
    for shown, back in months:
        yield from _people(row, month_of(rows, back), shown, None, None)
    yield from _people(row, rows.front.month, row.month, row.numerator, row.denominator)
    for kind, shown in (("ytd", row.ytd), ("last_year", row.previous_year)):
        if shown.is_shown and shown.value is not None:
            yield Published(Key(row.indicator_id, kind), shown.value, row.unit)
    for column, kind in _COMPARATOR_KINDS.items():
        value: float | None = getattr(row, column)
        if value is not None:
            yield Published(Key(row.indicator_id, kind), value, row.unit)
    for limit in sorted({*_LIMITS.findall(f"{row.green} {row.amber} {row.red}")}):
        yield Published(Key(row.indicator_id, "target", "", limit), float(limit), row.unit)
    yield from _parts(row, rows)


def _people(
    row: Indicator,
    month: str,
    shown: Figure | TrendPoint,
    numerator: float | None,
    denominator: float | None,
) -> Iterator[Published]:
    if shown.status != SHOWN:
        return
    if shown.value is not None:
        yield Published(Key(row.indicator_id, "figure", month), shown.value, row.unit)
    if numerator is not None:
        yield Published(Key(row.indicator_id, "numerator", month), numerator, "count")
    if denominator is not None:
        yield Published(Key(row.indicator_id, "denominator", month), denominator, "count")
    if numerator is not None and denominator is not None and row.unit == "percent":
        rest = denominator - numerator
        yield Published(Key(row.indicator_id, "rest", month), rest, "count")


def _parts(row: Indicator, rows: PackRows) -> Iterator[Published]:
    for part in rows.parts.get(row.indicator_id, ()):
        month = part.period_end.isoformat()[:7]
        is_count = part.figure.value == part.numerator.value
        for kind, shown, unit in (
            ("part", part.figure, "count" if is_count else "percent"),
            ("part_numerator", part.numerator, "count"),
        ):
            if shown.is_shown and shown.value is not None:
                name = f"{part.breakdown}: {part.part}"
                yield Published(Key(row.indicator_id, kind, month, name), shown.value, unit)
