"""The build database: a fresh DuckDB file that shows dbt the lake, and nothing else.

Everything in it can be made again from the lake, so it is thrown away at every run.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

import duckdb

from pipeline.archive_views import show_archive
from pipeline.contract import SQL_TYPES, TABLES
from pipeline.extracts_before import show_extracts_before
from pipeline.lake_relations import PARTITION_COLUMNS, empty_relation, parquet_relation
from pipeline.month import Month
from pipeline.run_plan import RunPlan
from pipeline.settings import Settings

SOURCE_COLUMNS = {"source_file": "varchar", "source_row": "bigint"}
LEDGER_COLUMNS = {
    "family": "varchar",
    "table_name": "varchar",
    "status": "varchar",
    "reason": "varchar",
    "file": "varchar",
    "rows": "bigint",
    "refused_rows": "bigint",
    "sha256": "varchar",
}
QUARANTINE_COLUMNS = {
    "family": "varchar",
    "table_name": "varchar",
    "file": "varchar",
    "row_number": "bigint",
    "column_name": "varchar",
    "value": "varchar",
    "reason": "varchar",
    "row_count": "bigint",
    "effect": "varchar",
}
AS_RECORDED = " as recorded"
# Earlier extracts are evidence for repairs and show what was recorded late. Of the long tables
# only the month before each selected snapshot is read, so a month costs the same in every year.
WHOLE_HISTORY = ("ssd_cla_episodes", "ssda903_episodes", "ssd_person")
MONTH_BEFORE = (
    *("ssd_cla_visits", "ssd_cla_reviews", "ssd_cla_health", "ssd_cla_placement"),
    "ext_foster_household",
)
_PLAN_TABLES = """
    create table lake.snapshot (la varchar, snapshot_month varchar, snapshot_end date,
        is_first boolean, is_pending boolean, is_selected boolean, computation bigint,
        is_as_recorded boolean);
    create table lake.run (la varchar, month varchar, period_end date, rerun_months integer,
        snapshot_month varchar);
    create table lake.archive_computation (la varchar, snapshot_month varchar, computation bigint,
        is_published boolean);
    create table lake.archive_comparison (la varchar, snapshot_month varchar, computation bigint,
        previous_snapshot_month varchar, previous_computation bigint, is_kept boolean);
"""


def build_database(settings: Settings) -> Path:
    """Return the file that one build fills and a publication moves into place."""
    return settings.build / "warehouse.duckdb"


def plan_file(settings: Settings) -> Path:
    """Return the file that holds the plan of the build in progress."""
    return settings.build / "plan.json"


def prepare_warehouse(settings: Settings, plan: RunPlan) -> Path:
    """Make the build database for ``plan`` and return its path; an earlier one is dropped.

    Schema ``lake`` has one view for each landed table over the Parquet of the selected snapshots,
    the ledger and quarantine likewise, the archive up to the run's extract, and tables that say
    which snapshots and computations there are and which month is made. ``earlier_<table>`` shows
    earlier extracts. The run's extract is there a second time under the name ``<month> as
    recorded``: no repair is applied to it, so that one build gives both figures.
    """
    shutil.rmtree(settings.build, ignore_errors=True)
    settings.build.mkdir(parents=True, mode=0o700)
    plan.save(plan_file(settings))
    path = build_database(settings)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema lake")
        for name, columns in _lake_tables().items():
            files = _landed_files(settings, plan, name)
            _create_view(connection, name, columns, files, _as_recorded(settings, plan, name))
        for name in (*WHOLE_HISTORY, *MONTH_BEFORE):
            files = _earlier_files(settings, plan, name)
            _create_view(connection, f"earlier_{name}", _lake_tables()[name], files)
        show_extracts_before(connection, settings, plan, _lake_tables())
        connection.execute(_PLAN_TABLES)
        add_plan(connection, plan, settings.rerun_months)
        show_archive(connection, settings, plan)
        if settings.repairs:
            _add_as_recorded(connection, plan)
    return path


def _lake_tables() -> Mapping[str, Mapping[str, str]]:
    tables: dict[str, Mapping[str, str]] = {
        table.name: {
            **{column.name: SQL_TYPES[column.type] for column in table.columns},
            **SOURCE_COLUMNS,
        }
        for table in TABLES.values()
    }
    return {**tables, "ledger": LEDGER_COLUMNS, "quarantine": QUARANTINE_COLUMNS}


def _landed_files(settings: Settings, plan: RunPlan, table: str) -> list[Path]:
    return _files(settings, plan.la, table, (one.month for one in plan.selected))


def _as_recorded(settings: Settings, plan: RunPlan, table: str) -> list[Path]:
    return _files(settings, plan.la, table, [plan.extract_month]) if settings.repairs else []


def _earlier_files(settings: Settings, plan: RunPlan, table: str) -> list[Path]:
    landed = [one.month for one in plan.snapshots if one.fingerprint]
    selected = {one.month for one in plan.selected}
    if table in MONTH_BEFORE:
        landed = [before for before, month in pairwise(landed) if month in selected]
    return _files(settings, plan.la, table, landed)


def _files(settings: Settings, la: str, table: str, months: Iterable[str]) -> list[Path]:
    folder = settings.lake / table / f"la={la}"
    return [
        path
        for month in months
        for path in sorted((folder / f"snapshot_month={month}").glob("*.parquet"))
    ]


def _create_view(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, str],
    files: list[Path],
    files_as_recorded: list[Path] | None = None,
) -> None:
    # The empty relation gives every column its name and type, also where no file was landed or
    # an older file lacks a column that the contract has gained since.
    empty = empty_relation({**PARTITION_COLUMNS, **columns})
    parts = [empty]
    if files:
        parts.append(f"select * from {parquet_relation(files)}")
    if files_as_recorded:
        month = f"snapshot_month || '{AS_RECORDED}' as snapshot_month"
        parts.append(f"select * replace ({month}) from {parquet_relation(files_as_recorded)}")
    connection.execute(f"create view lake.{name} as {' union all by name '.join(parts)}")


def add_plan(connection: duckdb.DuckDBPyConnection, plan: RunPlan, rerun_months: int) -> None:
    """Add the month a council publishes and its snapshots to a build database."""
    connection.executemany(
        "insert into lake.snapshot values (?, ?, ?, ?, ?, ?, ?, false)",
        [
            (
                plan.la,
                one.month,
                Month.parse(one.month).last_day,
                one.is_first,
                one.is_pending,
                one.is_selected,
                one.computation,
            )
            for one in plan.snapshots
        ],
    )
    connection.execute(
        "insert into lake.run values (?, ?, ?, ?, ?)",
        [plan.la, plan.month, Month.parse(plan.month).last_day, rerun_months, plan.extract_month],
    )


def _add_as_recorded(connection: duckdb.DuckDBPyConnection, plan: RunPlan) -> None:
    connection.execute(
        f"insert into lake.snapshot select la, snapshot_month || '{AS_RECORDED}', snapshot_end, "
        "is_first, true, true, computation, true from lake.snapshot where snapshot_month = ?",
        [plan.extract_month],
    )
