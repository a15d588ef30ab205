"""The archive as a build sees it: views over its files, and which of them were published.

Of the figures all are shown. Of the children behind them only as much as the build compares and
lists: a month costs the same in every year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple
from pathlib import Path

import duckdb

from pipeline import archive, publications
from pipeline.archive import Comparison, Computation
from pipeline.lake_relations import PARTITION_COLUMNS, empty_relation, parquet_relation
from pipeline.month import Month
from pipeline.run_plan import RunPlan
from pipeline.settings import Settings

_PREVIOUS_COLUMNS = {"previous_snapshot_month": "varchar", "previous_computation": "bigint"}
_COMPUTATION = r"cast(regexp_extract(filename, '(\d+)-[^/]*$', 1) as bigint) as computation"
_PREVIOUS = (
    r"regexp_extract(filename, '-after-(\d+-\d+)-\d+\.parquet$', 1) as previous_snapshot_month, "
    r"cast(regexp_extract(filename, '-(\d+)\.parquet$', 1) as bigint) as previous_computation"
)


def show_archive(connection: duckdb.DuckDBPyConnection, settings: Settings, plan: RunPlan) -> None:
    """Add the archive up to the run's extract to a build database.

    What is pending is left out: the build computes it. ``archive_computation`` says which
    computations were published, ``archive_comparison`` which pairs of them have been compared.
    """
    pending = {(one.month, one.computation) for one in plan.pending}
    known = [
        one
        for one in archive.computations(settings, plan.la)
        if one.snapshot_month <= plan.extract_month
        and (one.snapshot_month, one.number) not in pending
    ]
    shown = [one for one in publications.published(settings, plan.la) if one in known]
    _add_computations(connection, plan.la, known, shown)
    _show(connection, settings, plan.la, "archive_value", known)
    pairs = _compared(settings, plan.la, shown)
    files = archive.comparisons(settings, plan.la)
    _add_comparisons(connection, plan.la, {pair: pair in files for pair in pairs})
    _show_changes(connection, [files[pair] for pair in pairs if pair in files])
    lost = [pair for pair in pairs if pair not in files]
    _show(connection, settings, plan.la, "archive_cohort", _needed(settings, plan, shown, lost))
    for table in archive.TABLES:
        if table not in ("archive_value", "archive_cohort"):
            _show(connection, settings, plan.la, table, shown)


def _needed(
    settings: Settings, plan: RunPlan, shown: list[Computation], lost: Iterable[Comparison]
) -> list[Computation]:
    """Return the computations whose children the build reads.

    Those of the run's extract and of the months it computes again, those as near to a pending
    snapshot as figures are computed again, and those whose changed rows are ``lost``.
    """
    reach = settings.rerun_months
    near = {
        str(Month.parse(one.month).plus(-step)) for one in plan.pending for step in range(reach + 1)
    }
    near |= {str(Month.parse(plan.extract_month).plus(-step)) for step in range(reach + 1)}
    if plan.as_of:
        near |= {str(Month.parse(plan.month).plus(step)) for step in range(-reach, reach + 1)}
    ends = {end for pair in lost for end in _ends(pair)}
    return [
        one
        for one in shown
        if one.snapshot_month in near or (one.snapshot_month, one.number) in ends
    ]


def _compared(settings: Settings, la: str, shown: list[Computation]) -> list[Comparison]:
    known = {(one.snapshot_month, one.number) for one in shown}
    return [pair for pair in publications.compared(settings, la) if known.issuperset(_ends(pair))]


def _ends(pair: Comparison) -> tuple[tuple[str, int], tuple[str, int]]:
    return (
        (pair.snapshot_month, pair.number),
        (pair.previous_snapshot_month, pair.previous_number),
    )


def _add_computations(
    connection: duckdb.DuckDBPyConnection,
    la: str,
    known: Iterable[Computation],
    shown: Iterable[Computation],
) -> None:
    published = set(shown)
    rows = [[la, one.snapshot_month, one.number, one in published] for one in known]
    if rows:
        connection.executemany("insert into lake.archive_computation values (?, ?, ?, ?)", rows)


def _add_comparisons(
    connection: duckdb.DuckDBPyConnection, la: str, pairs: Mapping[Comparison, bool]
) -> None:
    rows = [[la, *astuple(pair), is_kept] for pair, is_kept in pairs.items()]
    if rows:
        connection.executemany(
            "insert into lake.archive_comparison values (?, ?, ?, ?, ?, ?)", rows
        )


def _show(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    la: str,
    table: str,
    computations: Iterable[Computation],
) -> None:
    _, columns = archive.TABLES[table]
    files = archive.files(settings, la, table, computations)
    empty = {**PARTITION_COLUMNS, "computation": "bigint", **columns}
    _create_view(connection, table, empty, _COMPUTATION, files)


def _show_changes(connection: duckdb.DuckDBPyConnection, files: Iterable[Path]) -> None:
    named = {"computation": "bigint", **_PREVIOUS_COLUMNS}
    empty = {**PARTITION_COLUMNS, **named, **archive.COHORT_CHANGE_COLUMNS}
    _create_view(
        connection, archive.COHORT_CHANGE, empty, f"{_COMPUTATION}, {_PREVIOUS}", list(files)
    )


def _create_view(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, str],
    from_file_name: str,
    files: list[Path],
) -> None:
    """Show the files; columns that their names tell stand between partition and content."""
    relation = empty_relation(columns)
    if files:
        told = {*PARTITION_COLUMNS, "computation", *_PREVIOUS_COLUMNS}
        rest = ", ".join(column for column in columns if column not in told)
        source = parquet_relation(files, "union_by_name = true, filename = true")
        relation = f"select la, snapshot_month, {from_file_name}, {rest} from {source}"
    connection.execute(f"create view lake.{name} as {relation}")
