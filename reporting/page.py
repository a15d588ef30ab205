"""What the template shows: public rows turned into texts, cells and charts.

Nothing is worked out here but counts of the rows on the page and calendar dates; every figure is
one the report models published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from reporting import charts, scales, wording
from reporting.headlines import Pick, Sentence, ask_first, chart_alt, going_well, headline, period
from reporting.rows import (
    COMPARATORS,
    NOT_AVAILABLE,
    SHOWN,
    SUPPRESSED,
    Figure,
    Front,
    Gap,
    Indicator,
    PackRows,
    TrendPoint,
)

ON_THE_CHART = (
    ("similar", "Similar", "stat_neighbour_average"),
    ("england", "England", "national_average"),
)
_CELL_KINDS = {SUPPRESSED: "hidden", NOT_AVAILABLE: "absent"}


@dataclass(frozen=True)
class Cell:
    """A text and the class it is shown in: a number, hidden, absent or nothing."""

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
    has_notes: bool


@dataclass(frozen=True)
class Section:
    """A theme: its measures and the notes under its table, in the order they are numbered."""

    id: str
    title: str
    measures: tuple[Measure, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """Everything on the page, in words."""

    council: str
    month: str
    date: str
    month_names: tuple[str, str, str]
    last_year: str
    a_year_ago: str
    year_to_date: str
    notes: tuple[str, ...]
    gaps: tuple[str, ...]
    quiet_gaps: tuple[str, ...]
    headlines: tuple[Sentence, ...]
    tiles: tuple[Measure, ...]
    ratings: tuple[tuple[str, str, int], ...]
    ask_first: tuple[Pick, ...]
    going_well: tuple[Pick, ...]
    sections: tuple[Section, ...]
    not_available: tuple[tuple[str, str, str], ...]
    has_hidden: bool
    defined: frozenset[str]
    extracts: tuple[tuple[str, str, str, str, str, str], ...]


def build_page(rows: PackRows) -> Page:
    """Lay out the council's published rows for the template."""
    front = rows.front
    sections = _sections(rows)
    measures = {measure.id: measure for section in sections for measure in section.measures}
    heads = sorted(
        (row for row in rows.indicators if row.headline_order is not None),
        key=lambda row: (row.headline_order or 0, row.indicator_id),
    )
    return Page(
        council=front.council_name,
        month=wording.month_year(front.period_end),
        date=wording.long_date(front.period_end),
        month_names=_month_names(front),
        last_year=wording.long_date(wording.previous_year_end(front.period_end)),
        a_year_ago=wording.short_month(wording.last_of_month(front.period_end, 12)),
        year_to_date=wording.year_to_date(front.period_end),
        notes=rows.notes,
        gaps=tuple(wording.gap(gap) for gap in rows.gaps if _is_for_the_front(gap)),
        quiet_gaps=tuple(wording.gap(gap) for gap in rows.gaps if not _is_for_the_front(gap)),
        headlines=tuple(headline(row, front) for row in heads),
        tiles=tuple(measures[row.indicator_id] for row in heads),
        ratings=_ratings(measures.values()),
        ask_first=ask_first(rows.indicators, front),
        going_well=going_well(rows.indicators, front),
        sections=sections,
        not_available=_not_available(rows),
        has_hidden=_has_hidden(rows),
        defined=frozenset(row.indicator_id for row in rows.definitions),
        extracts=_extracts(rows),
    )


def _is_for_the_front(gap: Gap) -> bool:
    """A refused file always; an absent one when an indicator needs it."""
    return gap.status == "refused" or bool(gap.indicators)


def _month_names(front: Front) -> tuple[str, str, str]:
    two, one, none = (
        wording.short_month(wording.last_of_month(front.period_end, back)) for back in (2, 1, 0)
    )
    return two, one, none


def _sections(rows: PackRows) -> tuple[Section, ...]:
    grouped = groupby(rows.indicators, key=lambda row: (row.section_order, row.section))
    return tuple(
        _section(number, title, tuple(members), rows)
        for number, ((_, title), members) in enumerate(grouped, start=1)
    )


def _section(number: int, title: str, members: Sequence[Indicator], rows: PackRows) -> Section:
    notes: dict[str, int] = {}
    measures = []
    for row in members:
        points = rows.trend.get(row.indicator_id, ())
        numbers = tuple(notes.setdefault(note, len(notes) + 1) for note in _notes(row, points))
        measures.append(_measure(row, points, numbers, rows.front))
    return Section(f"section-{number}", title, tuple(measures), tuple(notes))


def _notes(row: Indicator, points: Sequence[TrendPoint]) -> list[str]:
    """The note of the row, and the reason where its month is not available."""
    notes = [row.data_note] if row.data_note else []
    reason = points[-1].note if points else ""
    if row.month.status == NOT_AVAILABLE and reason and reason not in row.data_note:
        notes.append(f"Not available: {wording.note(reason, start=False)}")
    return notes


def _measure(
    row: Indicator, points: Sequence[TrendPoint], notes: tuple[int, ...], front: Front
) -> Measure:
    goal = scales.target(row.green)
    return Measure(
        id=row.indicator_id,
        ref=row.ref,
        title=row.title,
        good_is=wording.GOOD_IS.get(row.good_is, ""),
        when=period(row, front.period_end, points[-1].basis if points else ""),
        months=(
            _cell(row.month_minus_2, row.unit),
            _cell(row.month_minus_1, row.unit),
            _cell(row.month, row.unit),
        ),
        people=wording.out_of(row.numerator, row.denominator, row.unit),
        change=wording.change(row),
        ytd=_cell(row.ytd, row.unit),
        rating=row.rag,
        rating_word=_rating_word(row),
        thresholds=wording.thresholds(row),
        previous_year=_cell(row.previous_year, row.unit),
        year_ago=_cell(row.year_ago, row.unit),
        comparators=_comparators(row),
        benchmark_period=row.benchmark_period,
        notes=notes,
        chart=charts.chart(points, row.unit, goal, _levels(row)) if points else None,
        alt=chart_alt(row.title, row.unit, points, row.green if goal else ""),
        month_rows=tuple(_month_row(point, row.unit) for point in reversed(points)),
        has_people=row.unit != "count",
        has_notes=any(point.note for point in points),
    )


def _cell(shown: Figure | TrendPoint, unit: str) -> Cell:
    if shown.is_shown:
        return Cell(wording.figure(shown, unit), "number")
    kind = "nobody" if shown.status == SHOWN else _CELL_KINDS.get(shown.status, "none")
    return Cell(wording.figure(shown, unit, none="–"), kind)


def _rating_word(row: Indicator) -> str:
    if not (row.green or row.amber or row.red):
        return "No target"
    return wording.RATINGS.get(row.rag, "No rating")


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
        figure=_cell(point, unit),
        numerator=numerator or "–",
        denominator=denominator or "–",
        note=wording.note(point.note),
    )


def _ratings(measures: Iterable[Measure]) -> tuple[tuple[str, str, int], ...]:
    """How many measures on the page have each rating: a count of rows, not of children."""
    words = Counter((measure.rating, measure.rating_word) for measure in measures)
    order = (("green", "Green"), ("amber", "Amber"), ("red", "Red"), ("", "No target"))
    return tuple((kind, word, words[kind, word]) for kind, word in (*order, ("", "No rating")))


def _not_available(rows: PackRows) -> tuple[tuple[str, str, str], ...]:
    """Id, title and reason of every measure without a figure for the month."""
    return tuple(
        (row.indicator_id, row.title, wording.note(_reason(rows, row), start=False))
        for row in rows.indicators
        if row.month.status == NOT_AVAILABLE
    )


def _reason(rows: PackRows, row: Indicator) -> str:
    points = rows.trend.get(row.indicator_id, ())
    return (points[-1].note if points else "") or row.data_note


def _has_hidden(rows: PackRows) -> bool:
    return any(point.status == SUPPRESSED for months in rows.trend.values() for point in months)


def _extracts(rows: PackRows) -> tuple[tuple[str, str, str, str, str, str], ...]:
    return tuple(
        (
            wording.FAMILIES.get(each.family, each.family),
            each.table_name,
            each.file_name or "–",
            wording.rows(each.landed_rows) if each.status == "landed" else "–",
            wording.rows(each.refused_rows) if each.status != "absent" else "–",
            wording.extract_status(each),
        )
        for each in rows.extracts
    )
