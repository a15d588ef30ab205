"""The rows of the officers' report models of recording faults, typed. Nothing is hidden in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from reporting.queries import read_front
from reporting.rows import Front
from reporting.source import Source, listed


@dataclass(frozen=True)
class Step:
    """What the repairs of one issue did to one figure, after those of the issues before it.

    The step without an issue is all of them together: from as recorded to after repair.
    """

    indicator_id: str
    title: str
    unit: str
    place: str
    issue_id: str
    issue_ids: tuple[str, ...]
    children: int
    before: float | None
    after: float | None
    numerators: tuple[float | None, float | None]
    denominators: tuple[float | None, float | None]
    is_moved: bool


@dataclass(frozen=True)
class IssueMonth:
    """One recording issue in one extract."""

    issue_id: str
    title: str
    severity: str
    owner: str
    snapshot_month: str
    faults: int
    new_faults: int | None
    fixed_faults: int | None
    repaired_faults: int
    oldest_since: str | None


@dataclass(frozen=True)
class Age:
    """How long the faults of one issue that one owner has to put right have been open."""

    issue_id: str
    owner: str
    faults: int
    median_months: float


@dataclass(frozen=True)
class Reconciliation:
    """Two sources that tell of the same thing, and how far they agree."""

    title: str
    what_left: str
    left_count: int
    what_right: str
    right_count: int
    in_both: int
    only_left: int
    only_right: int
    explanation: str


@dataclass(frozen=True)
class StockFlow:
    """Children looked after at the end of one month, and how they came to be so many."""

    snapshot_month: str
    closing_before: int | None
    restated: int | None
    opening: int | None
    admissions: int
    unexplained_starts: int
    ceased: int
    closing: int


@dataclass(frozen=True)
class OfficerRows:
    """Everything the officers' page shows."""

    front: Front
    steps: tuple[Step, ...]
    months: tuple[IssueMonth, ...]
    ages: tuple[Age, ...]
    reconciliations: tuple[Reconciliation, ...]
    stock_flow: tuple[StockFlow, ...]


def read_officer_rows(warehouse: Path, la: str) -> OfficerRows:
    """Read the council's rows; opens the warehouse read-only."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        source = Source(connection, la)
        return OfficerRows(
            front=read_front(source),
            steps=_steps(source),
            months=_months(source),
            ages=_ages(source),
            reconciliations=_reconciliations(source),
            stock_flow=_stock_flow(source),
        )


def _steps(source: Source) -> tuple[Step, ...]:
    columns = (
        "indicator_id", "title", "unit", "place", "issue_id", "issue_ids", "children_affected",
        "value_without", "value_with", "numerator_as_recorded", "numerator_after_repair",
        "denominator_as_recorded", "denominator_after_repair", "is_moved",
    )  # fmt: skip
    rows = source.rows("rpt_dq_impact", columns, "position, indicator_id, place, issue_id")
    return tuple(_step(row) for row in rows)


def _step(row: dict[str, Any]) -> Step:
    same = {name: row[name] for name in ("indicator_id", "title", "unit", "place", "issue_id")}
    return Step(
        **same,
        issue_ids=listed(row["issue_ids"]),
        children=row["children_affected"],
        before=row["value_without"],
        after=row["value_with"],
        numerators=(row["numerator_as_recorded"], row["numerator_after_repair"]),
        denominators=(row["denominator_as_recorded"], row["denominator_after_repair"]),
        is_moved=row["is_moved"],
    )


def _months(source: Source) -> tuple[IssueMonth, ...]:
    columns = tuple(IssueMonth.__dataclass_fields__)
    rows = source.rows("rpt_dq_trend", columns, "issue_id, snapshot_month")
    return tuple(IssueMonth(**row) for row in rows)


def _ages(source: Source) -> tuple[Age, ...]:
    query = (
        "select issue_id, owner, count(*), median(months_open) from rpt_dq_issue where la = ?"
        " group by issue_id, owner order by issue_id, owner"
    )
    return tuple(Age(*row) for row in source.connection.execute(query, [source.la]).fetchall())


def _reconciliations(source: Source) -> tuple[Reconciliation, ...]:
    columns = tuple(Reconciliation.__dataclass_fields__)
    rows = source.rows("rpt_reconciliation", columns, "topic_order, topic")
    return tuple(Reconciliation(**row) for row in rows)


def _stock_flow(source: Source) -> tuple[StockFlow, ...]:
    columns = tuple(StockFlow.__dataclass_fields__)
    rows = source.rows("rpt_stock_flow", columns, "snapshot_month")
    return tuple(StockFlow(**row) for row in rows)
