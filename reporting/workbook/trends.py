"""The trend charts, and the sheet of figures they are drawn from.

A month that is hidden or not available is an empty cell there, so the line has a gap and the chart
holds nothing of it (reporting rule 8.5). Titles and names are read from cells, so that no text of
the data can be taken for a reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from reporting import wording
from reporting.headlines import chart_alt
from reporting.page import scales
from reporting.rows import Indicator, PackRows, TrendPoint
from reporting.workbook.cells import (
    ENGLAND,
    INK,
    LOOKS,
    MUTED,
    NAVY,
    RULE,
    SIMILAR,
    TARGET,
    UNITS,
    Cell,
    clean,
    look_of,
    value,
)
from reporting.workbook.scorecard import by_theme
from reporting.workbook.sheets import A3, HEADER_ROW, Book, Column, Table, write

TRENDS, FIGURES = "Trends", "Chart figures"
TARGET_LINE, SIMILAR_LINE, ENGLAND_LINE = "Target", "Statistical neighbours", "England"
ACROSS, DOWN = 3, 3
WIDTH, HEIGHT = 470, 246
CAPTION_HEIGHT = 50
_FIRST_MONTH = 4
# Colour, dash and width of each kind of line: they differ in black and white too.
_LINES = {
    "figure": {"color": NAVY, "width": 2.25},
    TARGET_LINE: {"color": TARGET, "width": 1.5, "dash_type": "dash"},
    SIMILAR_LINE: {"color": SIMILAR, "width": 1.5, "dash_type": "round_dot"},
    ENGLAND_LINE: {"color": ENGLAND, "width": 1.5, "dash_type": "long_dash_dot"},
}


@dataclass(frozen=True)
class Line:
    """One line of a chart: its kind, its name and its level in each month."""

    kind: str
    name: str
    levels: tuple[float | None, ...]


@dataclass(frozen=True)
class Drawn:
    """A measure's chart: the lines, the row its first line stands in, and its sentence."""

    row: Indicator
    lines: tuple[Line, ...]
    first: int
    alt: str


@dataclass
class _Layout:
    """The sheet of charts as it fills: its next free row, and where printed pages end."""

    book: Book
    sheet: Any
    months: int
    line: int
    breaks: list[int]

    def heading(self, text: str) -> None:
        write(self.book, self.sheet, self.line, 0, Cell(text, "heading"))
        self.sheet.set_row_pixels(self.line, 30)
        self.line += 1

    def across(self, charts: Sequence[Drawn]) -> None:
        """A row of charts, and their sentences in the row under it."""
        self.sheet.set_row_pixels(self.line, HEIGHT + 8)
        self.sheet.set_row_pixels(self.line + 1, CAPTION_HEIGHT)
        for column, each in enumerate(charts):
            place = {"description": each.alt, "object_position": 1, "x_offset": 3, "y_offset": 4}
            chart = _chart(self.book, each, self.months)
            self.sheet.insert_chart(self.line, column, chart, place)
            write(self.book, self.sheet, self.line + 1, column, Cell(each.alt, "caption"))
        self.line += 2


def write_trends(book: Book) -> None:
    """Write the sheet of charts, nine to a printed page, each with its sentence under it."""
    months = len(chart_months(book.rows))
    sheet = book.sheet(TRENDS, A3)
    sheet.set_print_scale(100)
    sheet.set_column(0, ACROSS - 1, WIDTH / 7)
    write(book, sheet, 0, 0, Cell(f"Trends, {months} months", "title"))
    intro = (
        "Each line has a gap where a month is hidden or has no figure. The sentence under a chart"
        f" says the same in words; every figure is on the sheets Months and {FIGURES}."
    )
    write(book, sheet, 1, 0, Cell(intro, "intro"))
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(0)
    layout = _Layout(book, sheet, months, line=2, breaks=[])
    for title, members in groupby(drawn(book.rows), key=lambda each: each.row.theme_title):
        _write_theme(layout, title, tuple(members))
    sheet.set_h_pagebreaks(layout.breaks[1:])


def _write_theme(layout: _Layout, title: str, members: Sequence[Drawn]) -> None:
    """Write a theme on a page of its own, and on further ones with its heading again."""
    for start in range(0, len(members), ACROSS):
        if start % (ACROSS * DOWN) == 0:
            layout.breaks.append(layout.line)
            layout.heading(f"{title}, continued" if start else title)
        layout.across(members[start : start + ACROSS])


def drawn(rows: PackRows) -> list[Drawn]:
    """The measures with at least one month to draw, in the order of the themes."""
    months, found, first = chart_months(rows), [], HEADER_ROW + 1
    for row in by_theme(rows):
        points = rows.trend.get(row.indicator_id, ())
        lines = tuple(lines_of(row, points, months))
        if any(point.is_shown for point in points):
            goal = row.green if scales.target(row.green) else ""
            alt = clean(chart_alt(row.title, row.unit, points, goal))
            found.append(Drawn(row, lines, first, alt))
        first += len(lines)
    return found


def chart_months(rows: PackRows) -> tuple[date, ...]:
    """The months any measure has, oldest first."""
    return tuple(sorted({p.period_end for points in rows.trend.values() for p in points}))


def lines_of(
    row: Indicator, points: Sequence[TrendPoint], months: Sequence[date]
) -> Iterator[Line]:
    """The measure's own line, its target and its comparators.

    A year to date starts anew in April, so each financial year is a line of its own.
    """
    for name, members in groupby(points, key=_series):
        shown = {point.period_end: point.value for point in members if point.is_shown}
        yield Line("figure", name, tuple(shown.get(day) for day in months))
    for level in scales.target(row.green):
        yield Line(TARGET_LINE, f"{TARGET_LINE} {row.green}", (level,) * len(months))
    for name, beside in (
        (SIMILAR_LINE, row.stat_neighbour_average),
        (ENGLAND_LINE, row.national_average),
    ):
        if beside is not None:
            yield Line(name, name, (beside,) * len(months))


def _series(point: TrendPoint) -> str:
    if point.basis != "fytd":
        return "This council"
    start = point.period_end.year - (point.period_end.month < 4)
    return f"This council, {start}/{(start + 1) % 100:02}"


def chart_figures(rows: PackRows) -> Table:
    """The table the charts are drawn from: one row for each line of a chart."""
    months = chart_months(rows)
    columns = [
        Column("Ref", 13.5), Column("Measure", 62), Column("Line", 24), Column("Unit", 18),
        *(Column(wording.short_month(day), 9.5) for day in months), Column("No figure", 80),
    ]  # fmt: skip
    return Table(
        name=FIGURES,
        title=FIGURES,
        intro="What the charts are drawn from. A month is empty where no figure may be shown; the"
        " last column says why.",
        columns=columns,
        rows=[
            [*_named(row, line), *(value(level, row.unit) for level in line.levels),
             Cell(_missing(rows.trend[row.indicator_id]) if line.kind == "figure" else "")]
            for row in by_theme(rows)
            for line in lines_of(row, rows.trend.get(row.indicator_id, ()), months)
        ],
        paper=A3,
        frozen=3,
        is_sortable=False,
    )  # fmt: skip


def _named(row: Indicator, line: Line) -> list[Cell]:
    texts = (row.ref, row.title, line.name, UNITS.get(row.unit, row.unit))
    return [Cell(text) for text in texts]


def _missing(points: Sequence[TrendPoint]) -> str:
    """`Hidden: Nov 2025, Jan 2026. Not available: Oct 2025.`"""
    reasons: dict[str, list[str]] = {}
    for point in (each for each in points if not each.is_shown):
        why = wording.start(wording.figure(point, ""))
        reasons.setdefault(why, []).append(wording.short_month(point.period_end))
    return " ".join(f"{why}: {', '.join(months)}." for why, months in reasons.items())


def _chart(book: Book, each: Drawn, months: int) -> Any:
    chart = book.file.add_chart({"type": "line"})
    last = _FIRST_MONTH + months - 1
    for number, line in enumerate(each.lines, start=each.first):
        series = {
            "name": [FIGURES, number, 2],
            "categories": [FIGURES, HEADER_ROW, _FIRST_MONTH, HEADER_ROW, last],
            "values": [FIGURES, number, _FIRST_MONTH, number, last],
            # What a program that does not read the sheet draws: it would take a gap for a nought.
            "values_data": list(line.levels),
            "line": _LINES[line.kind],
        }
        chart.add_series(series | (_own(line, each.row.unit) if line.kind == "figure" else {}))
    font = {"size": 11, "color": INK, "bold": True}
    chart.set_title({"name": [FIGURES, each.first, 1], "name_font": font, "overlay": False})
    chart.set_x_axis(
        {"interval_unit": 3, "num_font": _small(), "line": {"color": MUTED}}
        | {"interval_tick": 1, "major_tick_mark": "outside"}
    )
    chart.set_y_axis(_vertical(each))
    key: dict[str, Any] = {"position": "bottom", "font": _small()}
    chart.set_legend(key if len(each.lines) > 1 else {"none": True})
    chart.set_chartarea({"border": {"color": RULE}})
    chart.show_hidden_data()
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    return chart


def _small() -> dict[str, Any]:
    return {"size": 9, "color": INK}


def _own(line: Line, unit: str) -> dict[str, Any]:
    """The marks of the measure's own line, and the figure at its last month."""
    marker = {"type": "circle", "size": 5, "fill": {"color": NAVY}, "border": {"color": NAVY}}
    last = max((at for at, level in enumerate(line.levels) if level is not None), default=None)
    if last is None:
        return {"marker": marker}
    labels = {
        "value": True,
        "position": "above",
        "num_format": str(LOOKS[look_of(unit)]["num_format"]).removesuffix("_0"),
        "font": {"size": 10, "bold": True, "color": NAVY},
        "fill": {"color": "#ffffff"},
        "custom": [{"delete": True}] * last,
    }
    return {"marker": marker, "data_labels": labels}


def _vertical(each: Drawn) -> dict[str, Any]:
    """The axis of the page's own chart: round steps, from what is shown and beside it."""
    levels = [level for line in each.lines for level in line.levels if level is not None]
    axis = scales.scale(levels, each.row.unit)
    whole = axis.step.is_integer() and axis.low.is_integer()
    sign = '"%"' if each.row.unit == "percent" else ""
    return {
        "min": axis.low, "max": axis.high, "major_unit": axis.step,
        "num_format": ("#,##0" if whole else "#,##0.0") + sign, "num_font": _small(),
        "major_gridlines": {"visible": True, "line": {"color": "#dfe4e8", "width": 0.75}},
        "line": {"none": True},
    }  # fmt: skip
