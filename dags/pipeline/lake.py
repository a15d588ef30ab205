"""The lake: one Parquet file a table, council and month, whole or not there.

``<lake>/<table>/la=<code>/snapshot_month=<YYYY-MM>/part.parquet``. A re-delivery with other bytes
takes the place of the earlier file, which is kept under ``_superseded`` (design, decision 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.month import Month
from pipeline.whole_file import write_whole


@dataclass(frozen=True)
class LedgerRow:
    """What became of one table in one month; the only source of ``not_available`` (ruling F4)."""

    family: str
    table_name: str
    status: str
    reason: str
    file: str
    rows: int
    refused_rows: int
    sha256: str


@dataclass(frozen=True)
class QuarantineRow:
    """One value, or one whole row, that could not be taken over (ruling F5)."""

    family: str
    table_name: str
    file: str
    row_number: int
    column_name: str | None
    value: str | None
    reason: str
    row_count: int
    effect: str


Row = TypeVar("Row", LedgerRow, QuarantineRow)
_ARROW = {"int": pa.int64(), "str": pa.string(), "str | None": pa.string()}


def partition(lake: Path, table: str, la: str, month: Month, file: str = "part.parquet") -> Path:
    """Return where a table of a council and month lies."""
    return lake / table / f"la={la}" / f"snapshot_month={month}" / file


def write(lake: Path, path: Path, rows: pa.Table) -> None:
    """Put a file in the lake in one step; do nothing where the same bytes are there already."""
    made = pa.BufferOutputStream()
    pq.write_table(rows, made, compression="zstd", store_schema=False)
    content = made.getvalue().to_pybytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        present = path.read_bytes()
        if present == content:
            return
        _keep_earlier(lake, path, present)
    write_whole(path, content)


def write_rows(lake: Path, path: Path, kind: type[Row], rows: Sequence[Row]) -> None:
    """Put ledger or quarantine rows in the lake, in the order given."""
    schema = pa.schema([(field.name, _ARROW[str(field.type)]) for field in fields(kind)])
    write(lake, path, pa.Table.from_pylist([asdict(row) for row in rows], schema=schema))


def read_rows(path: Path, kind: type[Row]) -> tuple[Row, ...]:
    """Read ledger or quarantine rows back; none where the file is not there."""
    if not path.exists():
        return ()
    values: list[dict[str, Any]] = pq.ParquetFile(path).read().to_pylist()
    return tuple(kind(**value) for value in values)


def superseded(lake: Path, table: str, la: str, month: Month) -> Path | None:
    """Return the delivery of a table that the present one of the month took the place of."""
    folder = partition(lake / "_superseded", table, la, month).parent
    return max(folder.glob("*.parquet"), key=lambda path: int(path.stem), default=None)


def tidy(lake: Path) -> None:
    """Remove the half-written files of a run that was cut off; nobody may be writing."""
    for path in lake.rglob("*.part"):
        path.unlink()


def _keep_earlier(lake: Path, path: Path, content: bytes) -> None:
    relative = path.relative_to(lake)
    # A ledger or quarantine file is named for its family; a table's file is always "part".
    named = relative.parent if path.stem == "part" else relative.with_suffix("")
    folder = lake / "_superseded" / named
    folder.mkdir(parents=True, exist_ok=True)
    last = max((int(one.stem) for one in folder.glob("*.parquet")), default=0)
    # A run that was cut off here has kept it already.
    if not last or (folder / f"{last}.parquet").read_bytes() != content:
        write_whole(folder / f"{last + 1}.parquet", content)
