"""The sheets of figures: every month, what figures are made of, and signals."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from reporting import wording
from reporting.page import parts
from reporting.rows import (
    NO_FIGURE,
    SHOWN,
    Indicator,
    PackRows,
    Part,
    SignalPoint,
    TrendPoint,
)
from reporting.signals import said
from reporting.workbook.cells import EMPTY, UNITS, Cell, figure, month, people, value
from reporting.workbook.scorecard import by_theme
from reporting.workbook.sheets import A3, Column, Table

CHARTS = {"xmr": "Individual values (XmR)", "p": "Proportions (p-chart)", "none": "Not tested"}
RULES = {
    "outside_limits": "Outside the limits",
    "run": "A run on one side of the average",
    "trend": "A run of rises or falls",
    "two_of_three": "Two of three months near a limit",
}


def columns(*pairs: tuple[str, float]) -> list[Column]:
    """Columns from pairs of a heading and a width in characters."""
    return [Column(header, width) for header, width in pairs]


def basis_name(basis: str) -> str:
    """The period a figure speaks of, by its name."""
    return wording.BASES.get(basis, (basis, ""))[0]


def names(rows: PackRows) -> dict[str, tuple[str, str]]:
    """Reference and title of every measure that is defined or published."""
    defined = {row.indicator_id: (row.ref, row.title) for row in rows.definitions}
    return defined | {row.indicator_id: (row.ref, row.title) for row in rows.indicators}


def months(rows: PackRows) -> Table:
    """Every measure in every month, with the people behind it and the limits of usual variation."""
    return Table(
        name="Months",
        title="Months",
        intro="One row for each measure and month: the figure, who is behind it, and the limits of"
        " usual variation where the months can be tested.",
        columns=columns(
            ("Ref", 13.5), ("Measure", 62), ("Unit", 18), ("Month", 10), ("Speaks of", 17),
            ("Figure", 15), ("Number counted", 10), ("Out of", 10), ("Status", 15),
            ("Lower limit", 10), ("Average", 10), ("Upper limit", 10), ("Signal in the month", 20),
            ("Note", 34),
        ),
        rows=[
            [Cell(row.ref), Cell(row.title), Cell(UNITS.get(row.unit, row.unit)), *cells]
            for row in by_theme(rows)
            for cells in _months(row, rows)
        ],
        paper=A3,
        frozen=4,
    )  # fmt: skip


def _months(row: Indicator, rows: PackRows) -> list[list[Cell]]:
    limits = {point.period_end: point for point in rows.signal_points.get(row.indicator_id, ())}
    return [
        [
            month(point.period_end),
            Cell(basis_name(point.basis)),
            figure(point, row.unit),
            *_behind(point),
            Cell("Shown" if point.is_shown else wording.start(wording.figure(point, row.unit))),
            *_limits(limits.get(point.period_end), row.unit),
            Cell(wording.note(point.note)),
        ]
        for point in rows.trend.get(row.indicator_id, ())
    ]


def _behind(point: TrendPoint) -> list[Cell]:
    """Numerator and denominator; neither where the figure itself is not shown."""
    both = (point.numerator, point.denominator) if point.status == SHOWN else (None, None)
    return [people(number) for number in both]


def _limits(point: SignalPoint | None, unit: str) -> list[Cell]:
    if point is None:
        return [EMPTY] * 4
    levels = (point.lower_limit, point.centre, point.upper_limit)
    return [*(_level(level, unit) for level in levels), Cell(RULES.get(point.rule, point.rule))]


def _level(level: float | None, unit: str) -> Cell:
    """An average or a limit: one decimal, as every figure that is no count."""
    if level is None:
        return EMPTY
    return value(round(level, 1), "percent" if unit == "percent" else "")


def part_table(rows: PackRows) -> Table:
    """What the figures of the month are made of."""
    named = names(rows)
    lines = []
    for indicator_id, members in rows.parts.items():
        ref, title = named.get(indicator_id, ("", indicator_id))
        for _, group in groupby(members, key=lambda part: part.breakdown):
            lines += [[Cell(ref), Cell(title), *cells] for cells in _parts(tuple(group))]
    return Table(
        name="Parts",
        title="Parts",
        intro="What a figure of the month is made of. Parts are hidden together where one of them"
        " would give another away.",
        columns=columns(
            ("Ref", 16), ("Measure", 56), ("By", 22), ("Part", 60), ("Month", 10),
            ("Speaks of", 17), ("Number", 15), ("Out of", 12), ("Share", 15),
        ),
        rows=lines,
        nothing="No figure of this month is broken down.",
    )  # fmt: skip


def _parts(members: Sequence[Part]) -> list[list[Cell]]:
    has_share = any(part.denominator.is_shown for part in members)
    return [
        [
            Cell(parts.by(part.breakdown)),
            Cell(parts.part_name(part)),
            month(part.period_end),
            Cell(basis_name(part.basis)),
            figure(part.figure if part.numerator.status == NO_FIGURE else part.numerator, "count"),
            figure(part.denominator, "count") if has_share else EMPTY,
            figure(part.figure, "percent") if has_share else EMPTY,
        ]
        for part in members
    ]


def signals(rows: PackRows) -> Table:
    """What the months together say of each measure, and why."""
    tested = [(row, rows.signals[row.indicator_id]) for row in by_theme(rows)
              if row.indicator_id in rows.signals]  # fmt: skip
    return Table(
        name="Signals",
        title="Signals",
        intro="Whether a month differs from its own past by more than chance would have it. A"
        " signal never changes a rating.",
        columns=columns(
            ("Ref", 13.5), ("Measure", 44), ("Signal", 16), ("What it says", 60), ("Chart", 22),
            ("Months looked at", 10), ("Limits since", 12), ("Lower limit", 10), ("Average", 10),
            ("Upper limit", 10), ("Decision to start anew", 34),
        ),
        rows=[
            [
                Cell(row.ref), Cell(row.title, "strong"), Cell(said(each).word, "strong"),
                Cell(said(each, row).sentence), Cell(CHARTS.get(each.chart, each.chart)),
                people(each.months), EMPTY if each.since is None else month(each.since),
                *(_level(level, row.unit)
                  for level in (each.lower_limit, each.centre, each.upper_limit)),
                Cell(each.decision),
            ]
            for row, each in tested
        ],
        nothing="No measure has been tested.",
        paper=A3,
    )  # fmt: skip
