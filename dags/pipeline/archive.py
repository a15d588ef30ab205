"""The archive: what each computation of a snapshot gave, kept for good and never changed.

A computation is numbered within its snapshot and named by its number and the fingerprint of what
it was made from, so months that are computed one by one or all at once give the same files. Which
of them were published, ``pipeline.publications`` knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.parquet_file import write_parquet
from pipeline.run_plan import RunPlan
from pipeline.settings import Settings

VALUE_COLUMNS = {
    "indicator_id": "varchar",
    "period_end": "date",
    "basis": "varchar",
    "breakdown": "varchar",
    "value": "double",
    "numerator": "double",
    "denominator": "double",
    "unit": "varchar",
    "status": "varchar",
    "note": "varchar",
    "is_backfilled": "boolean",
    "definition_version": "integer",
}
COHORT_COLUMNS = {
    "indicator_id": "varchar",
    "period_end": "date",
    "basis": "varchar",
    "person_id": "varchar",
    "event_id": "varchar",
    "category": "varchar",
    "further_category": "varchar",
    "in_numerator": "boolean",
    "amount": "double",
    "base_amount": "double",
}
DQ_ISSUE_COLUMNS = {
    "issue_id": "varchar",
    "person_id": "varchar",
    "table_name": "varchar",
    "row_id": "varchar",
    "column_name": "varchar",
    "bad_value": "varchar",
    "detail": "varchar",
    "evidence": "varchar",
    "repaired_value": "varchar",
    "repair_id": "varchar",
}
LATENESS_COLUMNS = {
    "table_name": "varchar",
    "team": "varchar",
    "records": "bigint",
    "records_late": "bigint",
    "median_days": "double",
    "ninth_decile_days": "double",
}
COHORT_CHANGE_COLUMNS = {
    "indicator_id": "varchar",
    "period_end": "date",
    "basis": "varchar",
    "person_id": "varchar",
    "event_id": "varchar",
    "was_in_numerator": "boolean",
    "is_in_numerator": "boolean",
    "was_category": "varchar",
    "is_category": "varchar",
    "was_further_category": "varchar",
    "is_further_category": "varchar",
    "change": "varchar",
}
TABLES = {
    "archive_value": ("fct_computed_value", VALUE_COLUMNS),
    "archive_cohort": ("fct_computed_cohort", COHORT_COLUMNS),
    "archive_dq_issue": ("fct_computed_dq_issue", DQ_ISSUE_COLUMNS),
    "archive_lateness": ("fct_computed_lateness", LATENESS_COLUMNS),
}
COHORT_CHANGE = "archive_cohort_change"
_MODEL_OF_CHANGES = "fct_computed_cohort_change"


@dataclass(frozen=True, order=True)
class Computation:
    """One computation of one snapshot: the first of a month, or a later one after a change."""

    snapshot_month: str
    number: int
    fingerprint: str

    @property
    def file_name(self) -> str:
        """The name of its file in each archive table."""
        return f"{self.number:04d}-{self.fingerprint}.parquet"

    @classmethod
    def parse(cls, snapshot_month: str, file_name: str) -> Computation:
        """Read a file name of the archive; raise ValueError where it is none."""
        found = re.fullmatch(r"(\d{4,})-([0-9a-f]+)\.parquet", file_name)
        if not found:
            raise ValueError(f"{file_name} is not the name of a file of the archive")
        return cls(snapshot_month, int(found[1]), found[2])


@dataclass(frozen=True, order=True)
class Comparison:
    """Two computations of the same months' figures, one after the other."""

    snapshot_month: str
    number: int
    previous_snapshot_month: str
    previous_number: int

    @property
    def file_name(self) -> str:
        """The name of the file that tells what changed between the two."""
        previous = f"{self.previous_snapshot_month}-{self.previous_number:04d}"
        return f"{self.number:04d}-after-{previous}.parquet"

    @classmethod
    def parse(cls, path: Path) -> Comparison:
        """Read the path of such a file."""
        number, _, previous = path.stem.partition("-after-")
        return cls(_month_of(path), int(number), previous[:-5], int(previous[-4:]))


def computations(settings: Settings, la: str) -> list[Computation]:
    """Return every computation that is kept, published or not, by snapshot and number."""
    paths = (settings.lake / "archive_value" / f"la={la}").glob("*/*.parquet")
    return sorted(Computation.parse(_month_of(path), path.name) for path in paths)


def comparisons(settings: Settings, la: str) -> dict[Comparison, Path]:
    """Return the pairs of computations whose changed rows are kept, with their files."""
    paths = (settings.lake / COHORT_CHANGE / f"la={la}").glob("*/*.parquet")
    return {Comparison.parse(path): path for path in sorted(paths)}


def files(settings: Settings, la: str, table: str, wanted: Iterable[Computation]) -> list[Path]:
    """Return the files of one archive table for these computations.

    A computation from before a table was kept has no file of it.
    """
    paths = sorted(_path(settings, la, table, one) for one in wanted)
    return [path for path in paths if path.exists()]


def write(settings: Settings, plan: RunPlan, warehouse: Path) -> None:
    """Keep the pending computations of a build; what is kept already is not touched.

    The rows are sorted, so the same figures give the same bytes.
    """
    with duckdb.connect(str(warehouse), read_only=True, config={"threads": 1}) as connection:
        for snapshot in plan.pending:
            one = Computation(snapshot.month, snapshot.computation, snapshot.fingerprint)
            for table, (model, columns) in TABLES.items():
                path = _path(settings, plan.la, table, one)
                _write_file(connection, model, columns, _snapshot(plan.la, one), path)
        for pair in _compared(connection, plan.la):
            folder = settings.lake / COHORT_CHANGE / f"la={plan.la}"
            path = folder / f"snapshot_month={pair.snapshot_month}" / pair.file_name
            rows = _pair(plan.la, pair)
            _write_file(connection, _MODEL_OF_CHANGES, COHORT_CHANGE_COLUMNS, rows, path)


def describe(computations: Iterable[Computation]) -> list[dict[str, str]]:
    """Return how computations are written in a marker and in a month's manifest."""
    return [{"snapshot_month": one.snapshot_month, "file": one.file_name} for one in computations]


def _snapshot(la: str, one: Computation) -> dict[str, object]:
    return {"la": la, "snapshot_month": one.snapshot_month}


def _pair(la: str, pair: Comparison) -> dict[str, object]:
    return {
        "la": la,
        "snapshot_month": pair.snapshot_month,
        "computation": pair.number,
        "previous_snapshot_month": pair.previous_snapshot_month,
        "previous_computation": pair.previous_number,
    }


def _compared(connection: duckdb.DuckDBPyConnection, la: str) -> list[Comparison]:
    found = connection.execute(
        "select distinct snapshot_month, computation, previous_snapshot_month, "
        "previous_computation from fct_comparison where la = ? and is_new order by all",
        [la],
    ).fetchall()
    return [Comparison(*row) for row in found]


def _write_file(
    connection: duckdb.DuckDBPyConnection,
    model: str,
    columns: Mapping[str, str],
    wanted: Mapping[str, object],
    path: Path,
) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    named = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in columns.items())
    rows = " and ".join(f"{name} = ${name}" for name in wanted)
    query = f"select {named} from {model} where {rows} order by all"
    write_parquet(connection.sql(query, params=dict(wanted)), path)


def _path(settings: Settings, la: str, table: str, one: Computation) -> Path:
    partition = f"snapshot_month={one.snapshot_month}"
    return settings.lake / table / f"la={la}" / partition / one.file_name


def _month_of(path: Path) -> str:
    return path.parent.name.partition("=")[2]
