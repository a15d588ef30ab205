"""The archive: what each snapshot's figures were when they were computed, kept for good.

A computation is one pair of files, named by its number and the fingerprint of what it was made
from. Only a completed publication confirms it (ruling F3): the marker under
``lake/publication/`` lists its files, and what no marker lists is no part of the archive.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.month import Month
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
TABLES = {
    "archive_value": ("fct_computed_value", VALUE_COLUMNS),
    "archive_cohort": ("fct_computed_cohort", COHORT_COLUMNS),
    "archive_dq_issue": ("fct_computed_dq_issue", DQ_ISSUE_COLUMNS),
}


@dataclass(frozen=True)
class Computation:
    """One computation of one snapshot, as its files are named."""

    snapshot_month: str
    ordinal: int
    fingerprint: str

    @property
    def file_name(self) -> str:
        """The name of its file in each archive table."""
        return f"{self.ordinal:04d}-{self.fingerprint}.parquet"

    @classmethod
    def parse(cls, snapshot_month: str, file_name: str) -> Computation:
        """Read a file name of the archive; raise ValueError where it is none."""
        found = re.fullmatch(r"(\d{4,})-([0-9a-f]+)\.parquet", file_name)
        if not found:
            raise ValueError(f"{file_name} is not the name of a file of the archive")
        return cls(snapshot_month, int(found[1]), found[2])


def confirmed(settings: Settings, la: str) -> list[Computation]:
    """Return the computations of all completed publications, in the order of publication."""
    markers = sorted(_markers(settings, la).glob("*.json"))
    return [
        Computation.parse(entry["snapshot_month"], entry["file"])
        for marker in markers
        for entry in json.loads(marker.read_text(encoding="utf-8"))["computations"]
    ]


def latest(settings: Settings, la: str, month: Month) -> dict[str, Computation]:
    """Return the latest confirmed computation of each snapshot up to and including ``month``."""
    computations = sorted(confirmed(settings, la), key=lambda one: one.ordinal)
    return {
        one.snapshot_month: one for one in computations if Month.parse(one.snapshot_month) <= month
    }


def next_ordinal(settings: Settings, la: str) -> int:
    """Return the number that the computations of the coming publication get."""
    return max((one.ordinal for one in confirmed(settings, la)), default=0) + 1


def files(settings: Settings, la: str, table: str, month: Month) -> list[Path]:
    """Return the confirmed files of one archive table with snapshots up to ``month``.

    Publications from before faults of recording were kept have no file of them.
    """
    paths = sorted(
        _path(settings, la, table, one)
        for one in confirmed(settings, la)
        if Month.parse(one.snapshot_month) <= month
    )
    return [path for path in paths if path.exists()] if table == "archive_dq_issue" else paths


def write(settings: Settings, plan: RunPlan, warehouse: Path) -> None:
    """Write the pending computations of a build; nothing that is confirmed is touched.

    The rows are sorted and written by one thread, so the same figures give the same bytes.
    """
    with duckdb.connect(str(warehouse), read_only=True, config={"threads": 1}) as connection:
        for snapshot in plan.pending:
            one = Computation(snapshot.month, plan.ordinal, snapshot.fingerprint)
            for table, (model, columns) in TABLES.items():
                path = _path(settings, plan.la, table, one)
                _write_file(connection, model, columns, plan.la, one, path)


def confirm(settings: Settings, la: str, month: str, computations: Iterable[Computation]) -> None:
    """Mark a publication as completed: its computations now belong to the archive.

    A publication that computed nothing new needs no marker.
    """
    listed = sorted(computations, key=lambda one: one.snapshot_month)
    if not listed:
        return
    folder = _markers(settings, la)
    folder.mkdir(parents=True, exist_ok=True)
    content = {"la": la, "month": month, "computations": describe(listed)}
    path = folder / f"{listed[0].ordinal:04d}-{month}.json"
    _replace(path, json.dumps(content, indent=1, sort_keys=True) + "\n")


def describe(computations: Iterable[Computation]) -> list[dict[str, str]]:
    """Return how computations are written in a marker and in a month's manifest."""
    return [{"snapshot_month": one.snapshot_month, "file": one.file_name} for one in computations]


def recover(settings: Settings, la: str, published: Mapping[str, list[dict[str, str]]]) -> None:
    """Put the archive right after a run that was cut off.

    ``published`` gives the computations named in the manifest of each published month. Files that
    a manifest names were published, only their marker is missing: it is written. All other files
    without a marker belong to no publication and are removed.
    """
    known = {(one.snapshot_month, one.file_name) for one in confirmed(settings, la)}
    for month, entries in sorted(published.items()):
        lost = [one for one in entries if (one["snapshot_month"], one["file"]) not in known]
        found = [Computation.parse(one["snapshot_month"], one["file"]) for one in lost]
        for ordinal in sorted({one.ordinal for one in found}):
            mine = [one for one in found if one.ordinal == ordinal]
            if all(_path(settings, la, table, one).exists() for one in mine for table in TABLES):
                confirm(settings, la, month, mine)
    kept = {_path(settings, la, table, one) for one in confirmed(settings, la) for table in TABLES}
    for table in TABLES:
        for path in (settings.lake / table / f"la={la}").glob("*/*.parquet*"):
            if path not in kept:
                path.unlink()


def _write_file(
    connection: duckdb.DuckDBPyConnection,
    model: str,
    columns: Mapping[str, str],
    la: str,
    one: Computation,
    path: Path,
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.part")
    wanted = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in columns.items())
    relation = connection.sql(
        f"select {wanted} from {model} where la = $la and snapshot_month = $month order by all",
        params={"la": la, "month": one.snapshot_month},
    )
    relation.write_parquet(str(temporary), compression="zstd")
    temporary.replace(path)


def _markers(settings: Settings, la: str) -> Path:
    return settings.lake / "publication" / f"la={la}"


def _path(settings: Settings, la: str, table: str, one: Computation) -> Path:
    partition = f"snapshot_month={one.snapshot_month}"
    return settings.lake / table / f"la={la}" / partition / one.file_name


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(f"{path.name}.part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
