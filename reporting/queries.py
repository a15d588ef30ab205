"""Reading the report models of one edition into typed rows (`reporting.rows`)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from reporting import wording
from reporting.history.queries import read_history
from reporting.rows import (
    COMPARATORS,
    FIGURES,
    NO_FIGURE,
    PUBLIC,
    SHOWN,
    SUPPRESSED,
    ChangedFigure,
    Definition,
    Edition,
    Extract,
    Figure,
    Front,
    Gap,
    Impact,
    Indicator,
    Issue,
    PackDataError,
    PackRows,
    Part,
    Signal,
    SignalPoint,
    TrendPoint,
)
from reporting.source import Source, figure, listed, refuse_leak, text

_TEXTS = (
    "indicator_id", "ref", "title", "section", "theme", "theme_title", "unit", "good_is",
    "timeline", "change", "change_is", "rag", "red", "amber", "green",
    "benchmark_period", "data_note", "headline_basis",
)  # fmt: skip
_NUMBERS = ("numerator", "denominator", "change_amount", "year_change_amount")
_ORDERS = ("section_order", "theme_order", "indicator_order", "headline_order")
_DEFINITION_TEXTS = (
    "indicator_id", "ref", "title", "section", "theme", "definition", "over_whom", "why", "good_is",
    "bases", "headline_basis", "breakdowns", "ref_2015", "ref_2019", "ref_2022_23",
    "series_breaks", "changes", "green", "amber", "red", "caveat", "authority", "source_tables",
    "owner",
)  # fmt: skip


_ISSUE_TEXTS = (
    "issue_id", "title", "severity", "description", "effect", "repaired", "owner", "oldest_since",
    "affected_titles", "moved_titles",
)  # fmt: skip
_ISSUE_NUMBERS = ("faults", "new_faults", "fixed_faults", "repaired_faults")


def read_rows(warehouse: Path, la: str, edition: Edition = PUBLIC) -> PackRows:
    """Read the council's rows of one edition; opens the warehouse read-only.

    Raises PackDataError when the month has no front row, or a hidden row carries a figure.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        source = Source(connection, la, edition.models)
        front = read_front(source)
        return PackRows(
            edition=_edition(edition, front),
            front=front,
            notes=tuple(
                str(row["message"])
                for row in source.rows(source.model("note"), ("message",), "note_order, message")
            ),
            indicators=_indicators(source),
            trend=_trend(source),
            gaps=_gaps(source),
            extracts=_extracts(source),
            definitions=_definitions(source),
            impacts=_impacts(source),
            issues=_issues(source),
            signals=_signals(source),
            signal_points=_signal_points(source),
            changed=_changed(source),
            parts=_parts(source),
            history=read_history(source),
        )


def read_front(source: Source) -> Front:
    """Whose page it is; raises PackDataError where the month has no front row, or two."""
    columns = (
        "council_name", "month", "period_end", "previous_month_end", "snapshot_month",
        "is_as_of", "smallest_shown", "smallest_denominator", "disclosure_owner",
    )  # fmt: skip
    rows = source.rows("rpt_public_front", columns, "period_end")
    if len(rows) != 1:
        raise PackDataError(
            f"rpt_public_front has {len(rows)} rows for council {source.la}, one was expected:"
            " build the month again"
        )
    row = rows[0]
    row["council_name"] = row["council_name"] or "Council not named"
    row["disclosure_owner"] = text(row["disclosure_owner"])
    return Front(**row)


def _edition(edition: Edition, front: Front) -> Edition:
    """The edition; where it is not the published pack, its label says so on every page."""
    return replace(edition, label=wording.edition(edition.label, front))


def _indicators(source: Source) -> tuple[Indicator, ...]:
    statuses = tuple(f"{name}_status" for name in FIGURES)
    columns = (*_TEXTS, *_NUMBERS, *_ORDERS, *FIGURES, *statuses, *COMPARATORS)
    order = "section_order, indicator_order, indicator_id"
    rows = source.rows(source.model("scorecard"), columns, order)
    return tuple(_indicator(row) for row in rows)


def _indicator(row: dict[str, Any]) -> Indicator:
    row = {name: text(value) if name in _TEXTS else value for name, value in row.items()}
    for name in FIGURES:
        status = row.pop(f"{name}_status") or NO_FIGURE
        row[name] = Figure(row[name], status)
        refuse_leak("scorecard", row["indicator_id"], name, status, row[name].value)
    if row["month"].status == SUPPRESSED:
        made_from_it = ("numerator", "change_amount", "year_change_amount")
        for name in made_from_it:
            status = row["month"].status
            refuse_leak("scorecard", row["indicator_id"], name, status, row[name])
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
    for row in source.rows(source.model("trend"), columns, "indicator_id, period_end"):
        where = f"{row['indicator_id']} at {row['period_end']}"
        for name in ("value", "numerator"):
            refuse_leak("trend", where, name, row["status"], row[name])
        if row["status"] != SHOWN:
            row["denominator"] = None
        row |= {"basis": text(row["basis"]), "note": text(row["note"])}
        points.setdefault(row["indicator_id"], []).append(TrendPoint(**row))
    return {indicator_id: tuple(months) for indicator_id, months in points.items()}


def _gaps(source: Source) -> tuple[Gap, ...]:
    columns = ("family", "table_name", "status", "reason", "indicators")
    rows = source.rows("rpt_public_gap", columns, "family, table_name")
    for row in rows:
        row |= {"reason": text(row["reason"]), "indicators": listed(row["indicators"])}
    return tuple(Gap(**row) for row in rows)


def _extracts(source: Source) -> tuple[Extract, ...]:
    columns = ("family", "table_name", "file_name", "landed_rows", "refused_rows", "status")
    rows = source.rows("rpt_public_extract", columns, "family, table_name, file_name nulls first")
    return tuple(Extract(**row | {"file_name": text(row["file_name"])}) for row in rows)


def _definitions(source: Source) -> tuple[Definition, ...]:
    columns = (*_DEFINITION_TEXTS, "section_order", "definition_version")
    order = "section_order, indicator_order, indicator_id"
    rows = source.rows("rpt_public_definition", columns, order)
    return tuple(
        Definition(**row | {name: text(row[name]) for name in _DEFINITION_TEXTS}) for row in rows
    )


def _impacts(source: Source) -> tuple[Impact, ...]:
    columns = (
        "indicator_id", "title", "unit", "place", "issue_ids", "is_moved", "value_as_recorded",
        "value_after_repair", "status", "children_affected", "children_status",
    )  # fmt: skip
    rows = source.rows(source.model("dq_impact"), columns, "position, indicator_id, place")
    return tuple(_impact(row) for row in rows)


def _impact(row: dict[str, Any]) -> Impact:
    figures = (
        ("value_as_recorded", "status"),
        ("value_after_repair", "status"),
        ("children_affected", "children_status"),
    )
    recorded, repaired, children = (
        figure("dq_impact", row["indicator_id"], column, row[column], row[status])
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
    return tuple(_issue(row) for row in source.rows(source.model("dq_issue"), columns, "issue_id"))


def _issue(row: dict[str, Any]) -> Issue:
    row |= {name: text(row[name]) for name in _ISSUE_TEXTS}
    for name in _ISSUE_NUMBERS:
        status = row.pop(f"{name}_status")
        row[name] = figure("dq_issue", row["issue_id"], name, row[name], status)
    affected, moved = listed(row.pop("affected_titles")), listed(row.pop("moved_titles"))
    return Issue(**row, affected=affected, moved=moved)


def _signals(source: Source) -> dict[str, Signal]:
    texts = ("indicator_id", "chart", "signal", "rule", "assurance", "why", "decision")
    columns = (*texts, "months", "since", "centre", "lower_limit", "upper_limit")
    rows = source.rows(source.model("signal"), columns, "indicator_id")
    return {
        row["indicator_id"]: Signal(**row | {name: text(row[name]) for name in texts})
        for row in rows
    }


def _signal_points(source: Source) -> dict[str, tuple[SignalPoint, ...]]:
    columns = (
        "indicator_id", "period_end", "centre", "lower_limit", "upper_limit", "rule",
        "is_new_segment",
    )  # fmt: skip
    points: dict[str, list[SignalPoint]] = {}
    for row in source.rows(source.model("signal_point"), columns, "indicator_id, period_end"):
        point = SignalPoint(**row | {"rule": text(row["rule"])})
        points.setdefault(row["indicator_id"], []).append(point)
    return {indicator_id: tuple(months) for indicator_id, months in points.items()}


def _changed(source: Source) -> tuple[ChangedFigure, ...]:
    texts = (
        "indicator_id", "title", "unit", "period_end", "basis", "reason", "definition_version",
    )  # fmt: skip
    numbers = ("before", "now", "rows_added", "rows_changed", "rows_removed")
    order = "position, indicator_id, period_end, basis"
    rows = source.rows_with_figures("changed_figure", texts, numbers, order)
    return tuple(ChangedFigure(**row) for row in rows)


def _parts(source: Source) -> dict[str, tuple[Part, ...]]:
    texts = ("indicator_id", "breakdown", "part", "period_end", "basis")
    numbers = ("figure", "numerator", "denominator")
    order = "indicator_id, breakdown, part_order, part"
    parts: dict[str, list[Part]] = {}
    for row in source.rows_with_figures("part", texts, numbers, order):
        part = Part(**row)
        parts.setdefault(part.indicator_id, []).append(part)
    return {indicator_id: tuple(found) for indicator_id, found in parts.items()}
