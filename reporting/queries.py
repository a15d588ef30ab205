"""The rows of the public report models, typed.

The page is made from these rows and nothing else: they are rounded, and counts and numerators of
1 to 5 are already hidden in them (ruling A4). A row that says it is hidden and still carries a
figure stops the run here, before a template can see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

FIGURES = ("month_minus_2", "month_minus_1", "month", "ytd", "previous_year", "year_ago")
COMPARATORS = (
    "stat_neighbour_average",
    "best_stat_neighbour",
    "national_average",
    "top_quartile",
    "region",
)
SHOWN = "ok"
SUPPRESSED = "suppressed"
NOT_AVAILABLE = "not_available"
NO_FIGURE = "none"

_TEXTS = (
    "indicator_id", "ref", "title", "section", "unit", "good_is", "timeline",
    "change", "change_is", "rag", "red", "amber", "green",
    "benchmark_period", "data_note", "headline_basis",
)  # fmt: skip
_NUMBERS = ("numerator", "denominator", "change_amount", "year_change_amount")
_ORDERS = ("section_order", "indicator_order", "headline_order")
_DEFINITION_TEXTS = (
    "indicator_id", "ref", "title", "section", "definition", "over_whom", "why", "good_is",
    "bases", "headline_basis", "breakdowns", "ref_2015", "ref_2019", "ref_2022_23",
    "series_breaks", "green", "amber", "red", "caveat", "authority", "source_tables", "owner",
)  # fmt: skip


_ISSUE_TEXTS = (
    "issue_id", "title", "severity", "description", "effect", "repaired", "owner", "oldest_since",
    "affected_titles", "moved_titles",
)  # fmt: skip
_ISSUE_NUMBERS = ("faults", "new_faults", "fixed_faults", "repaired_faults")


class PackDataError(Exception):
    """The report models hold something that must not, or cannot, be published."""


@dataclass(frozen=True)
class Figure:
    """One published figure and whether it may be shown: ok, suppressed, not_available or none."""

    value: float | None
    status: str

    @property
    def is_shown(self) -> bool:
        """True when there is a number to print; an `ok` figure of nobody has none (ruling A8)."""
        return self.status == SHOWN and self.value is not None


@dataclass(frozen=True)
class Indicator:
    """One row of the scorecard, as published."""

    indicator_id: str
    ref: str
    title: str
    section: str
    section_order: int
    indicator_order: int
    unit: str
    good_is: str
    timeline: str
    month_minus_2: Figure
    month_minus_1: Figure
    month: Figure
    ytd: Figure
    previous_year: Figure
    year_ago: Figure
    numerator: float | None
    denominator: float | None
    change: str
    change_is: str
    change_amount: float | None
    year_change_amount: float | None
    rag: str
    red: str
    amber: str
    green: str
    stat_neighbour_average: float | None
    best_stat_neighbour: float | None
    national_average: float | None
    top_quartile: float | None
    region: float | None
    benchmark_period: str
    data_note: str
    headline_order: int | None
    headline_basis: str


@dataclass(frozen=True)
class TrendPoint:
    """One indicator in one of the 13 months to the reporting month."""

    indicator_id: str
    period_end: date
    basis: str
    value: float | None
    numerator: float | None
    denominator: float | None
    status: str
    note: str

    @property
    def is_shown(self) -> bool:
        """True when there is a number to print and to draw."""
        return self.status == SHOWN and self.value is not None


@dataclass(frozen=True)
class Front:
    """Whose page this is and which month it is for."""

    council_name: str
    month: str
    period_end: date
    previous_month_end: date


@dataclass(frozen=True)
class Gap:
    """A file that did not come, or was refused, and the indicators that need it."""

    family: str
    table_name: str
    status: str
    reason: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Extract:
    """A file the page was made from; a null count of rows is one that is hidden."""

    family: str
    table_name: str
    file_name: str
    landed_rows: int | None
    refused_rows: int | None
    status: str


@dataclass(frozen=True)
class Definition:
    """What one indicator means, as the catalogue has it."""

    indicator_id: str
    ref: str
    title: str
    section: str
    section_order: int
    definition: str
    over_whom: str
    why: str
    good_is: str
    bases: str
    headline_basis: str
    breakdowns: str
    ref_2015: str
    ref_2019: str
    ref_2022_23: str
    series_breaks: str
    green: str
    amber: str
    red: str
    caveat: str
    authority: str
    source_tables: str
    owner: str
    definition_version: int


@dataclass(frozen=True)
class Impact:
    """One scorecard figure as recorded and after repair; both readings are hidden together."""

    indicator_id: str
    title: str
    unit: str
    place: str
    recorded: Figure
    repaired: Figure
    children: Figure
    issue_ids: tuple[str, ...]
    is_moved: bool


@dataclass(frozen=True)
class Issue:
    """One known recording issue, and how many of it stand in the month's extract."""

    issue_id: str
    title: str
    severity: str
    description: str
    effect: str
    repaired: str
    owner: str
    is_found: bool
    faults: Figure
    new_faults: Figure
    fixed_faults: Figure
    repaired_faults: Figure
    oldest_since: str
    affected: tuple[str, ...]
    moved: tuple[str, ...]


@dataclass(frozen=True)
class PublicRows:
    """Everything the page may show."""

    front: Front
    notes: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    trend: dict[str, tuple[TrendPoint, ...]]
    gaps: tuple[Gap, ...]
    extracts: tuple[Extract, ...]
    definitions: tuple[Definition, ...]
    impacts: tuple[Impact, ...]
    issues: tuple[Issue, ...]


def read_public_rows(warehouse: Path, la: str) -> PublicRows:
    """Read the council's public rows; opens the warehouse read-only.

    Raises PackDataError when the month has no front row, or a hidden row carries a figure.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        source = Source(connection, la)
        return PublicRows(
            front=read_front(source),
            notes=tuple(
                str(row["message"])
                for row in source.rows("rpt_public_note", ("message",), "note_order, message")
            ),
            indicators=_indicators(source),
            trend=_trend(source),
            gaps=_gaps(source),
            extracts=_extracts(source),
            definitions=_definitions(source),
            impacts=_impacts(source),
            issues=_issues(source),
        )


@dataclass(frozen=True)
class Source:
    """One council's rows of an open warehouse."""

    connection: duckdb.DuckDBPyConnection
    la: str

    def rows(self, model: str, columns: tuple[str, ...], order: str) -> list[dict[str, Any]]:
        """The named columns of a report model; names come from this file, never from data."""
        query = f"select {', '.join(columns)} from {model} where la = ? order by {order}"
        found = self.connection.execute(query, [self.la]).fetchall()
        return [dict(zip(columns, row, strict=True)) for row in found]


def read_front(source: Source) -> Front:
    """Whose page it is; raises PackDataError where the month has no front row, or two."""
    columns = ("council_name", "month", "period_end", "previous_month_end")
    rows = source.rows("rpt_public_front", columns, "period_end")
    if len(rows) != 1:
        raise PackDataError(
            f"rpt_public_front has {len(rows)} rows for council {source.la}, one was expected:"
            " build the month again"
        )
    row = rows[0]
    row["council_name"] = row["council_name"] or "Council not named"
    return Front(**row)


def _indicators(source: Source) -> tuple[Indicator, ...]:
    statuses = tuple(f"{name}_status" for name in FIGURES)
    columns = (*_TEXTS, *_NUMBERS, *_ORDERS, *FIGURES, *statuses, *COMPARATORS)
    order = "section_order, indicator_order, indicator_id"
    rows = source.rows("rpt_public_scorecard", columns, order)
    return tuple(_indicator(row) for row in rows)


def _indicator(row: dict[str, Any]) -> Indicator:
    row = {name: _text(value) if name in _TEXTS else value for name, value in row.items()}
    for name in FIGURES:
        status = row.pop(f"{name}_status") or NO_FIGURE
        row[name] = Figure(row[name], status)
        _refuse_leak("rpt_public_scorecard", row["indicator_id"], name, status, row[name].value)
    if row["month"].status == SUPPRESSED:
        made_from_it = ("numerator", "change_amount", "year_change_amount")
        for name in made_from_it:
            status = row["month"].status
            _refuse_leak("rpt_public_scorecard", row["indicator_id"], name, status, row[name])
    return Indicator(**_without_what_a_hidden_month_gives_away(row))


def _without_what_a_hidden_month_gives_away(row: dict[str, Any]) -> dict[str, Any]:
    """Blank the rating and the change of a month that is not shown (reporting rule 8.5)."""
    if not row["month"].is_shown:
        row |= {"rag": "", "change": "", "change_is": "", "denominator": None}
    if not row["month_minus_1"].is_shown:
        row |= {"change": "", "change_is": "", "change_amount": None}
    if not row["year_ago"].is_shown:
        row |= {"year_change_amount": None}
    return row


def _trend(source: Source) -> dict[str, tuple[TrendPoint, ...]]:
    columns = (
        "indicator_id", "period_end", "basis", "value", "numerator", "denominator",
        "status", "note",
    )  # fmt: skip
    points: dict[str, list[TrendPoint]] = {}
    for row in source.rows("rpt_public_trend", columns, "indicator_id, period_end"):
        where = f"{row['indicator_id']} at {row['period_end']}"
        for name in ("value", "numerator"):
            _refuse_leak("rpt_public_trend", where, name, row["status"], row[name])
        if row["status"] != SHOWN:
            row["denominator"] = None
        row |= {"basis": _text(row["basis"]), "note": _text(row["note"])}
        points.setdefault(row["indicator_id"], []).append(TrendPoint(**row))
    return {indicator_id: tuple(months) for indicator_id, months in points.items()}


def _gaps(source: Source) -> tuple[Gap, ...]:
    columns = ("family", "table_name", "status", "reason", "indicators")
    rows = source.rows("rpt_public_gap", columns, "family, table_name")
    for row in rows:
        row |= {"reason": _text(row["reason"]), "indicators": listed(row["indicators"])}
    return tuple(Gap(**row) for row in rows)


def _extracts(source: Source) -> tuple[Extract, ...]:
    columns = ("family", "table_name", "file_name", "landed_rows", "refused_rows", "status")
    rows = source.rows("rpt_public_extract", columns, "family, table_name, file_name nulls first")
    return tuple(Extract(**row | {"file_name": _text(row["file_name"])}) for row in rows)


def _definitions(source: Source) -> tuple[Definition, ...]:
    columns = (*_DEFINITION_TEXTS, "section_order", "definition_version")
    order = "section_order, indicator_order, indicator_id"
    rows = source.rows("rpt_public_definition", columns, order)
    return tuple(
        Definition(**row | {name: _text(row[name]) for name in _DEFINITION_TEXTS}) for row in rows
    )


def _impacts(source: Source) -> tuple[Impact, ...]:
    columns = (
        "indicator_id", "title", "unit", "place", "issue_ids", "is_moved", "value_as_recorded",
        "value_after_repair", "status", "children_affected", "children_status",
    )  # fmt: skip
    rows = source.rows("rpt_public_dq_impact", columns, "position, indicator_id, place")
    return tuple(_impact(row) for row in rows)


def _impact(row: dict[str, Any]) -> Impact:
    figures = (
        ("value_as_recorded", "status"),
        ("value_after_repair", "status"),
        ("children_affected", "children_status"),
    )
    recorded, repaired, children = (
        _figure("rpt_public_dq_impact", row["indicator_id"], column, row[column], row[status])
        for column, status in figures
    )
    return Impact(
        indicator_id=row["indicator_id"],
        title=row["title"],
        unit=row["unit"],
        place=row["place"],
        recorded=recorded,
        repaired=repaired,
        children=children,
        issue_ids=listed(row["issue_ids"]),
        is_moved=row["is_moved"],
    )


def _issues(source: Source) -> tuple[Issue, ...]:
    statuses = tuple(f"{name}_status" for name in _ISSUE_NUMBERS)
    columns = (*_ISSUE_TEXTS, "is_found", *_ISSUE_NUMBERS, *statuses)
    return tuple(_issue(row) for row in source.rows("rpt_public_dq_issue", columns, "issue_id"))


def _issue(row: dict[str, Any]) -> Issue:
    row |= {name: _text(row[name]) for name in _ISSUE_TEXTS}
    for name in _ISSUE_NUMBERS:
        status = row.pop(f"{name}_status")
        row[name] = _figure("rpt_public_dq_issue", row["issue_id"], name, row[name], status)
    affected, moved = listed(row.pop("affected_titles")), listed(row.pop("moved_titles"))
    return Issue(**row, affected=affected, moved=moved)


def _figure(model: str, row: str, column: str, value: float | None, status: str) -> Figure:
    _refuse_leak(model, row, column, status, value)
    return Figure(value, status)


def listed(text: str | None) -> tuple[str, ...]:
    """The parts of a text that a report model has joined with semicolons."""
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())


def _refuse_leak(model: str, row: str, column: str, status: str, value: float | None) -> None:
    """Stop when a hidden row still carries its figure; the message never repeats the figure."""
    if status == SUPPRESSED and value is not None:
        raise PackDataError(
            f"{model}, {row}: {column} is marked suppressed but still holds a figure;"
            " nothing is published until the model leaves it empty"
        )


def _text(value: str | None) -> str:
    return value or ""
