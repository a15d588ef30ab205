"""Files of the lake as relations of SQL, with every column named and typed also where none is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

PARTITION_COLUMNS = {"la": "varchar", "snapshot_month": "varchar"}
_HIVE = "hive_partitioning = true, hive_types = {'la': varchar, 'snapshot_month': varchar}"


def empty_relation(columns: Mapping[str, str]) -> str:
    """Return a select of no row with these columns and types."""
    nulls = ", ".join(f"cast(null as {kind}) as {name}" for name, kind in columns.items())
    return f"select {nulls} where false"


def parquet_relation(files: Iterable[Path], more: str = "union_by_name = true") -> str:
    """Return what to select from to read these files, partitions as text columns."""
    names = ", ".join("'" + str(path.resolve()).replace("'", "''") + "'" for path in files)
    return f"read_parquet([{names}], {_HIVE}, {more})"
