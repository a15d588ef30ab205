"""The measures of the pack, theme by theme: rows turned into texts, cells and charts.

A figure that is hidden or absent is a cell of its own kind; nothing here subtracts, adds or rounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from reporting import wording
from reporting.headlines import chart_alt, period
from reporting.history import movement
from reporting.page import charts, scales
from reporting.page.parts import PartTable, part_tables
from reporting.rows import (
    COMPARATORS,
    NOT_AVAILABLE,
    SHOWN,
    SUPPRESSED,
    Definition,
    Figure,
    Front,
    Indicator,
    PackRows,
    TrendPoint,
)
from reporting.signals import Said, said

if TYPE_CHECKING:
    from reporting.commentary.reading import Commentary

ON_THE_CHART = (
    ("similar", "Similar", "stat_neighbour_average"),
    ("england", "England", "national_average"),
)
_CELL_KINDS = {SUPPRESSED: "hidden", NOT_AVAILABLE: "absent"}


@dataclass(frozen=True)
class Cell:
    """A text and the class it is shown in: a number, hidden, absent, nobody or nothing."""

    text: str
    kind: str


@dataclass(frozen=True)
class MonthRow:
    """One line of the table behind a chart."""

    month: str
    figure: Cell
    numerator: str
    denominator: str
    note: str


@dataclass(frozen=True)
class Meaning:
    """What a measure counts, over whom and why it matters, as the catalogue says it."""

    counts: str
    over_whom: str
    why: str


@dataclass(frozen=True)
class Measure:
    """One indicator: its line in the scorecard, its tile and its chart."""

    id: str
    ref: str
    title: str
    good_is: str
    when: str
    months: tuple[Cell, Cell, Cell]
    people: str
    change: wording.Change | None
    ytd: Cell
    rating: str
    rating_word: str
    signal: Said
    thresholds: tuple[tuple[str, str], ...]
    previous_year: Cell
    year_ago: Cell
    comparators: tuple[str, ...]
    benchmark_period: str
    notes: tuple[int, ...]
    chart: charts.Chart | None
    alt: str
    month_rows: tuple[MonthRow, ...]
    has_people: bool
    month_notes: tuple[str, ...]
    meaning: Meaning | None
    usual: str
    usually: str
    parts: tuple[PartTable, ...]


@dataclass(frozen=True)
class Theme:
    """A theme: its measures, its commentary, and the numbered notes under its scorecard.

    `parts` are what figures without a line of their own are made of, such as reasons for leaving.
    """

    id: str
    title: str
    measures: tuple[Measure, ...]
    notes: tuple[str, ...]
    commentary: Commentary | None
    parts: tuple[PartTable, ...]


def build_themes(rows: PackRows, commentary: Mapping[str, Commentary]) -> tuple[Theme, ...]:
    """The themes that have a measure, in their order; within one, the order of the scorecard."""
    ordered = sorted(rows.indicators, key=lambda row: row.theme_order)
    grouped = groupby(ordered, key=lambda row: (row.theme_order, row.theme, row.theme_title))
    return tuple(
        _theme(theme, title, tuple(members), rows, commentary.get(theme))
        for (_, theme, title), members in grouped
    )


def _theme(
    theme: str,
    title: str,
    members: Sequence[Indicator],
    rows: PackRows,
    commentary: Commentary | None,
) -> Theme:
    notes: dict[str, int] = {}
    meanings = {row.indicator_id: row for row in rows.definitions}
    measures = []
    for row in members:
        meaning = meanings.get(row.indicator_id)
        found = footnotes(row, rows.trend.get(row.indicator_id, ()), meaning)
        numbers = tuple(notes.setdefault(note, len(notes) + 1) for note in found)
        measures.append(_measure(row, rows, numbers, meaning))
    parts = _parts_beside(theme, rows)
    return Theme(theme, title, tuple(measures), tuple(notes), commentary, parts)


def _parts_beside(theme: str, rows: PackRows) -> tuple[PartTable, ...]:
    """The parts of the theme's measures that the scorecard has no line for."""
    on_scorecard = {row.indicator_id for row in rows.indicators}
    beside = (
        row
        for row in rows.definitions
        if row.theme == theme and row.indicator_id not in on_scorecard
    )
    return tuple(
        table
        for row in beside
        for table in part_tables(
            rows.parts.get(row.indicator_id, ()), row.title, rows.front.period_end
        )
    )


def footnotes(
    row: Indicator, points: Sequence[TrendPoint], meaning: Definition | None
) -> list[str]:
    """What to know of a figure: repairs, why it is absent, its caveat and breaks in its series."""
    notes = [wording.sentence(row.data_note)] if row.data_note else []
    reason = points[-1].note if points else ""
    if row.month.status == NOT_AVAILABLE and reason and reason not in row.data_note:
        notes.append(f"Not available: {wording.sentence(wording.note(reason, start=False))}")
    if meaning and meaning.caveat:
        notes.append(wording.sentence(meaning.caveat))
    if meaning:
        notes += [wording.series_break(text) for text in wording.breaks(meaning.series_breaks)]
    return notes


def _measure(
    row: Indicator, rows: PackRows, notes: tuple[int, ...], meaning: Definition | None
) -> Measure:
    points = rows.trend.get(row.indicator_id, ())
    goal = scales.target(row.green)
    signal = said(rows.signals.get(row.indicator_id), row)
    movements = [each for each in rows.history.movements if each.indicator_id == row.indicator_id]
    return Measure(
        id=row.indicator_id,
        ref=row.ref,
        title=row.title,
        good_is=wording.GOOD_IS.get(row.good_is, ""),
        when=period(row, rows.front.period_end, points[-1].basis if points else ""),
        months=(
            cell(row.month_minus_2, row.unit),
            cell(row.month_minus_1, row.unit),
            cell(row.month, row.unit),
        ),
        people=wording.out_of(row.numerator, row.denominator, row.unit),
        change=wording.change(row),
        ytd=cell(row.ytd, row.unit),
        rating=row.rag,
        rating_word=_rating_word(row),
        signal=signal,
        thresholds=wording.thresholds(row),
        previous_year=cell(row.previous_year, row.unit),
        year_ago=cell(row.year_ago, row.unit),
        comparators=_comparators(row),
        benchmark_period=row.benchmark_period,
        notes=notes,
        chart=_chart(row, rows, goal, meaning),
        alt=_alt(chart_alt(row.title, row.unit, points, row.green if goal else ""), signal),
        month_rows=tuple(_month_row(point, row.unit) for point in reversed(points)),
        has_people=row.unit != "count",
        month_notes=month_notes(points),
        meaning=_meaning(meaning),
        usual=movement.line(movements),
        usually=movement.short(movements),
        parts=part_tables(rows.parts.get(row.indicator_id, ()), row.title, rows.front.period_end),
    )


def _alt(sentence: str, signal: Said) -> str:
    """The chart in one sentence, with its signal at the end."""
    if not signal.word:
        return sentence
    return f"{sentence.removesuffix('.')}; signal: {wording.within(signal.word)}."


def _chart(
    row: Indicator, rows: PackRows, goal: tuple[float, ...], meaning: Definition | None
) -> charts.Chart | None:
    points = rows.trend.get(row.indicator_id, ())
    limits = rows.signal_points.get(row.indicator_id, ())
    told = wording.breaks(meaning.series_breaks) if meaning else ()
    breaks = [day for text in told if (day := wording.break_month(text))]
    return charts.chart(points, row.unit, goal, _levels(row), limits, breaks) if points else None


def cell(shown: Figure | TrendPoint, unit: str) -> Cell:
    """A figure as it is printed, with the class of what it is."""
    if shown.is_shown:
        return Cell(wording.figure(shown, unit), "number")
    kind = "nobody" if shown.status == SHOWN else _CELL_KINDS.get(shown.status, "none")
    return Cell(wording.figure(shown, unit, none="–"), kind)


def _rating_word(row: Indicator) -> str:
    if not (row.green or row.amber or row.red):
        return wording.NO_TARGET
    return wording.RATINGS.get(row.rag, wording.RATINGS[""])


def _comparators(row: Indicator) -> tuple[str, ...]:
    """The five comparators as texts; empty when none is published for the measure."""
    values = [getattr(row, name) for name in COMPARATORS]
    if all(value is None for value in values):
        return ()
    return tuple("–" if value is None else wording.number(value, row.unit) for value in values)


def _levels(row: Indicator) -> tuple[charts.Level, ...]:
    return tuple(
        charts.Level(kind, name, getattr(row, column))
        for kind, name, column in ON_THE_CHART
        if getattr(row, column) is not None
    )


def _month_row(point: TrendPoint, unit: str) -> MonthRow:
    people = (point.numerator, point.denominator) if point.is_shown else (None, None)
    numerator, denominator = ("" if each is None else wording.plain(each) for each in people)
    return MonthRow(
        month=wording.short_month(point.period_end),
        figure=cell(point, unit),
        numerator=numerator or "–",
        denominator=denominator or "–",
        note=wording.note(point.note),
    )


def month_notes(points: Sequence[TrendPoint]) -> tuple[str, ...]:
    """`Oct 2025 to Jun 2026: worked out later`: each note once for months in a row."""
    said = []
    for note, members in groupby(points, key=lambda point: point.note):
        run = [wording.short_month(point.period_end) for point in members]
        when = run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}"
        said.append(f"{when}: {wording.sentence(wording.note(note, start=False))}" if note else "")
    return tuple(text for text in said if text)


def _meaning(row: Definition | None) -> Meaning | None:
    if row is None:
        return None
    return Meaning(*(wording.sentence(text) for text in (row.definition, row.over_whom, row.why)))


def reason(rows: PackRows, row: Indicator) -> str:
    """Why a measure has no figure for the month."""
    points = rows.trend.get(row.indicator_id, ())
    return wording.note((points[-1].note if points else "") or row.data_note, start=False)


def headline_rows(rows: PackRows) -> list[Indicator]:
    """The measures of the front page, in their order."""
    return sorted(
        (row for row in rows.indicators if row.headline_order is not None),
        key=lambda row: (row.headline_order or 0, row.indicator_id),
    )


def month_names(front: Front) -> tuple[str, str, str]:
    """The three months of the scorecard, oldest first."""
    two, one, none = (
        wording.short_month(wording.last_of_month(front.period_end, back)) for back in (2, 1, 0)
    )
    return two, one, none
