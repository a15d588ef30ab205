"""The public data files beside the page: what the page shows, as CSV.

Ruling F13: UTF-8 with a byte order mark for Excel, comma, LF, ISO dates, empty for null; text that
a spreadsheet would take for a formula gets a leading apostrophe. Ruling A4: a hidden figure is
empty and its status is `suppressed`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from reporting.history.data_files import history_files
from reporting.rows import COMPARATORS, FIGURES, Indicator, PackRows, TrendPoint

_BEFORE = ("indicator_id", "ref", "title", "section", "unit", "good_is", "timeline")
_AFTER = (
    "numerator", "denominator", "change", "change_is", "change_amount", "year_change_amount",
    "rag", "red", "amber", "green", *COMPARATORS, "benchmark_period", "data_note",
)  # fmt: skip
_TREND = (
    "indicator_id", "title", "unit", "period_end", "basis", "value", "numerator", "denominator",
    "status", "note",
)  # fmt: skip

Value = str | float | date | None


def write_data_files(rows: PackRows, folder: Path) -> list[Path]:
    """Write the data files of one edition into the folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    statuses = [column for name in FIGURES for column in (name, f"{name}_status")]
    scorecard = _write(
        folder / "scorecard.csv",
        ("period_end", *_BEFORE, *statuses, *_AFTER),
        ((cell(rows.front.period_end), *_scorecard_row(row)) for row in rows.indicators),
    )
    trend = _write(
        folder / "trend.csv",
        _TREND,
        (
            _trend_row(indicator, point)
            for indicator in rows.indicators
            for point in rows.trend.get(indicator.indicator_id, ())
        ),
    )
    history = [
        _write(folder / name, header, ([cell(*value) for value in line] for line in lines))
        for name, (header, lines) in history_files(rows).items()
    ]
    return [scorecard, trend, *history]


def cell(value: Value, unit: str = "") -> str:
    """One value as written: dates ISO, counts whole, other figures with one decimal, text safe."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
    if isinstance(value, date):
        return value.isoformat()
    if unit == "as it is":
        return f"{value:.0f}" if float(value).is_integer() else repr(float(value))
    return f"{value:.0f}" if unit == "count" else f"{value:.1f}"


def _scorecard_row(row: Indicator) -> list[str]:
    figures = [getattr(row, name) for name in FIGURES]
    shown = [text for each in figures for text in (cell(each.value, row.unit), each.status)]
    before = [cell(getattr(row, name)) for name in _BEFORE]
    return [*before, *shown, *(cell(getattr(row, name), _unit(name, row)) for name in _AFTER)]


def _trend_row(row: Indicator, point: TrendPoint) -> list[str]:
    return [
        *(cell(text) for text in (row.indicator_id, row.title, row.unit)),
        cell(point.period_end),
        cell(point.basis),
        cell(point.value, row.unit),
        cell(point.numerator, "as it is"),
        cell(point.denominator, "as it is"),
        cell(point.status),
        cell(point.note),
    ]


def _unit(column: str, row: Indicator) -> str:
    return "as it is" if column in ("numerator", "denominator") else row.unit


def _write(path: Path, header: Sequence[str], lines: Iterable[Sequence[str]]) -> Path:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path
