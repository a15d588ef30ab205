"""What stood in the extract before each one that a build reads: how a late record is found."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import duckdb

from pipeline import lake
from pipeline.lake_relations import PARTITION_COLUMNS, empty_relation, parquet_relation
from pipeline.month import Month
from pipeline.run_plan import RunPlan
from pipeline.settings import Settings

# The tables of dbt_project/macros/recorded_tables.sql, which says what a record of each is.
RECORDED = (
    *("ssd_person", "ssd_cla_episodes", "ssd_cla_placement", "ssd_legal_status"),
    *("ssd_cla_reviews", "ssd_cla_visits", "ssd_cla_care_plan", "ssd_cla_health", "ssd_missing"),
    *("ssd_immigration_status", "ssd_permanence", "ssd_involvements", "ssd_care_leavers"),
    *("ext_pathway_plan", "ext_pep", "ext_yot", "ext_ehcp", "ext_workflow"),
    *("ext_foster_household", "ssda903_header", "ssda903_episodes", "ssda903_reviews"),
    *("ssda903_uasc", "ssda903_ad1", "ssda903_missing"),
)


def show_extracts_before(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    plan: RunPlan,
    tables: Mapping[str, Mapping[str, str]],
) -> None:
    """Add a view ``before_<table>`` for each recorded table; ``tables`` gives their columns.

    ``snapshot_month`` is the snapshot that the rows stood before. ``previous_snapshot_month`` is
    the extract they come from: the landed month before or, where the same month was delivered
    again, that month itself in its earlier delivery. Of other extracts nothing is read, so a month
    costs the same in every year.
    """
    for table in RECORDED:
        columns = {
            **PARTITION_COLUMNS,
            "previous_snapshot_month": "varchar",
            **tables[table],
        }
        parts = [empty_relation(columns), *_parts(settings, plan, table)]
        rows = " union all by name ".join(parts)
        connection.execute(f"create view lake.before_{table} as {rows}")


def _parts(settings: Settings, plan: RunPlan, table: str) -> list[str]:
    selected = {one.month for one in plan.selected}
    landed = [one.month for one in plan.snapshots if one.fingerprint]
    after = {before: month for before, month in pairwise(landed) if month in selected}
    months_before = [
        lake.partition(settings.lake, table, plan.la, Month.parse(month)) for month in after
    ]
    deliveries = [
        lake.superseded(settings.lake, table, plan.la, Month.parse(month))
        for month in sorted(selected)
    ]
    parts: tuple[tuple[list[Path], Mapping[str, str]], ...] = (
        ([path for path in months_before if path.exists()], after),
        ([path for path in deliveries if path], {}),
    )
    return [_selected(files, months) for files, months in parts if files]


def _selected(files: list[Path], after: Mapping[str, str]) -> str:
    cases = "".join(f" when '{before}' then '{month}'" for before, month in after.items())
    month = f"case snapshot_month{cases} end" if cases else "snapshot_month"
    return (
        f"select * replace ({month} as snapshot_month), snapshot_month as previous_snapshot_month "
        f"from {parquet_relation(files)}"
    )
