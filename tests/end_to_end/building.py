"""Land several councils into one lake and build them together, as one run builds one of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from unittest.mock import patch

import duckdb

from pipeline import reference, warehouse
from pipeline.contract import EXTRACT_FAMILIES
from pipeline.dbt_build import DBT_PROJECT, build_models
from pipeline.extracts_before import RECORDED
from pipeline.inbox import month_folders
from pipeline.landing import land_family
from pipeline.month import Month
from pipeline.run_plan import RunPlan
from pipeline.settings import Settings
from pipeline.snapshots import plan_run

HIVE = "hive_partitioning = true, hive_types = {'la': varchar, 'snapshot_month': varchar}"
_NOT_LANDED = ("archive_", "earlier_", "before_")
_BEFORE = """
    create or replace view lake.before_{table} as
    select
        rows_before.* replace (months.snapshot_month as snapshot_month),
        rows_before.snapshot_month as previous_snapshot_month
    from lake.{table} as rows_before
    inner join (
        select la, snapshot_month,
            lag(snapshot_month) over (partition by la order by snapshot_month) as month_before
        from lake.snapshot
    ) as months on rows_before.la = months.la and rows_before.snapshot_month = months.month_before
"""

Key = tuple[str, date, str, str]


@dataclass(frozen=True)
class Council:
    """A council with an inbox of its own; its latest month is the one that is published."""

    la: str
    inbox: Path
    # Without the door's checks, which take most of the time of a small inbox.
    is_checked: bool = True
    # Without repairs, so that its figures are those of the records as they stand.
    is_repaired: bool = True

    @property
    def months(self) -> tuple[Month, ...]:
        return month_folders(self.inbox)


@dataclass(frozen=True)
class Row:
    """One row of a mart's figures."""

    value: float | None
    numerator: float | None
    denominator: float | None
    status: str
    note: str | None


@dataclass(frozen=True)
class Build:
    """A finished build: the database and the lake that it was made from."""

    database: Path
    settings: Settings

    def rows(self, sql: str, *parameters: object) -> list[tuple]:
        """Run a query on the build."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(sql, parameters).fetchall()

    def figures(self, la: str) -> dict[Key, Row]:
        """The current figures of a council by indicator, period end, basis and breakdown."""
        return self._figures("fct_indicator_value", la, "true")

    def computed(self, la: str, snapshot_month: str) -> dict[Key, Row]:
        """What one snapshot of a council gives."""
        return self._figures("fct_computed_value", la, f"snapshot_month = '{snapshot_month}'")

    def _figures(self, mart: str, la: str, where: str) -> dict[Key, Row]:
        found = self.rows(
            "select indicator_id, period_end, basis, breakdown, value, numerator, denominator, "
            f"status, note from {mart} where la = ? and {where}",
            la,
        )
        figures = {row[:4]: Row(*row[4:]) for row in found}
        assert len(figures) == len(found), f"{mart} has a figure of {la} twice"
        return figures


def land(settings: Settings, is_checked: bool = True) -> None:
    """Land every month of an inbox as the landing tasks do."""
    unchecked = patch("expectations.door.check_family", return_value=((), {}))
    with nullcontext() if is_checked else unchecked:
        _land_months(settings)


def _land_months(settings: Settings) -> None:
    for month in month_folders(settings.inbox):
        reference.land_reference(settings, month)
        for family in EXTRACT_FAMILIES:
            land_family(settings, month, family)


def build_together(councils: Sequence[Council], out: Path, project: Path = DBT_PROJECT) -> Build:
    """Land all councils into the lake under ``out`` and compute every snapshot in one build."""
    each = [Settings(inbox=council.inbox, out=out) for council in councils]
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        checked = [council.is_checked for council in councils]
        list(pool.map(land, each, checked, chunksize=8))
    plans = [
        plan_run(settings, council.la, council.months[-1], project)
        for council, settings in zip(councils, each, strict=True)
    ]
    database = prepare(each[0], plans)
    _leave_as_recorded(database, [one.la for one in councils if not one.is_repaired])
    run_dbt(each[0], database, project)
    return Build(database, each[0])


def prepare(settings: Settings, plans: Sequence[RunPlan]) -> Path:
    """Make one build database for several councils, each with a plan of its own.

    The first is prepared as in a run; the rows of the others are put beside its own. The lake is
    read into tables: views would open its many small files again for every model.
    """
    database = warehouse.prepare_warehouse(settings, plans[0])
    with duckdb.connect(str(database)) as connection:
        for table in _landed_tables(connection):
            files = settings.lake / table / "*" / "*" / "*.parquet"
            connection.execute(f"drop view lake.{table}")
            connection.execute(
                f"create table lake.{table} as select * from "
                f"read_parquet('{files}', {HIVE}, union_by_name = true)"
            )
        for table in (*warehouse.WHOLE_HISTORY, *warehouse.MONTH_BEFORE):
            view = f"lake.earlier_{table}"
            connection.execute(f"create or replace view {view} as select * from lake.{table}")
        for table in RECORDED:
            connection.execute(_BEFORE.format(table=table))
        connection.execute("delete from lake.snapshot where is_as_recorded")
        for plan in plans[1:]:
            warehouse.add_plan(connection, plan, settings.rerun_months)
    return database


def _leave_as_recorded(database: Path, councils: Sequence[str]) -> None:
    with duckdb.connect(str(database)) as connection:
        for la in councils:
            connection.execute("update lake.snapshot set is_as_recorded = true where la = ?", [la])


def run_dbt(settings: Settings, database: Path, project: Path = DBT_PROJECT) -> None:
    """Build all models and run all data tests."""
    before = os.environ.get("PACK_WAREHOUSE")
    try:
        build_models(settings, database, project)
    finally:
        os.environ.pop("PACK_WAREHOUSE", None)
        if before is not None:
            os.environ["PACK_WAREHOUSE"] = before


def last_day(month: str) -> date:
    """The reporting date of a month."""
    return Month.parse(month).last_day


def month_ends(month: str, back: Iterable[int]) -> list[date]:
    """The reporting dates so many months before a month."""
    return [Month.parse(month).plus(-months).last_day for months in back]


def _landed_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    views = connection.execute(
        "select view_name from duckdb_views() where schema_name = 'lake' order by 1"
    ).fetchall()
    return [name for (name,) in views if not name.startswith(_NOT_LANDED)]
