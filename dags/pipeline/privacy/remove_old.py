"""What goes when a month is older than the rule of retention: files, and names in the archive."""

from __future__ import annotations

import csv
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.contract import FAMILIES, tables_of
from pipeline.month import Month
from pipeline.privacy.erase_files import MONTHS
from pipeline.privacy.erase_rows import GONE, hits, nameless, rewrite
from pipeline.privacy.person import text
from pipeline.settings import Settings

_NAMED = f"not coalesce(coalesce({{column}}, '') like '{GONE}%', false)"
_FAULT = ("issue_id", "person_id", "table_name", "column_name")
# Rows of the return have no id that lasts: there the value that stands in it tells a fault.
_SAME_ROW = "(kept.row_id = rows.row_id or kept.bad_value = rows.bad_value)"


@dataclass(frozen=True)
class Removed:
    """What went of one month: how many rows of which table, in how many files."""

    place: str
    month: str
    table: str
    rows: int
    files: int


def remove_extract(settings: Settings, la: str, month: Month) -> Iterator[Removed]:
    """Remove a landed extract, what it superseded, its refused values and what the door found."""
    partition = f"la={la}/snapshot_month={month}"
    extract = [table.name for one in FAMILIES if one != "reference" for table in tables_of(one)]
    for table in (*extract, "quarantine"):
        for place, root in _places(settings):
            folder = root / table / partition
            files = sorted(folder.rglob("*.parquet"))
            if files:
                rows = sum(pq.read_metadata(path).num_rows for path in files)
                shutil.rmtree(folder)
                yield Removed(place, str(month), table, rows, len(files))
    door = settings.door / f"la={la}" / str(month)
    if door.is_dir():
        files = sorted(door.iterdir())
        shutil.rmtree(door)
        yield Removed("findings of the door", str(month), "", 0, len(files))


def remove_lists(settings: Settings, oldest: Month) -> Iterator[Removed]:
    """Remove ``restricted/`` of every month before the oldest that is kept."""
    folders = [(path.name[:7], path / "restricted") for path in sorted(settings.out.glob(MONTHS))]
    opinions = settings.out / "restricted" / "second-opinion"
    folders += [(path.name[:7], path) for path in sorted(opinions.glob("????-??"))]
    for month, folder in folders:
        if folder.is_dir() and month < str(oldest):
            files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
            lists = [path for path in files if path.suffix == ".csv"]
            counted = [(path.relative_to(folder).as_posix(), _lines(path)) for path in lists]
            shutil.rmtree(folder)
            for name, rows in counted:
                yield Removed("lists of a published month", month, name, rows, 1)
            rest = len(files) - len(lists)
            yield Removed("lists of a published month", month, "pages and workbooks", 0, rest)


def unname_archive(settings: Settings, la: str, oldest: Month) -> Iterator[Removed]:
    """Take ids and words from what the archive keeps of older months; its rows still count.

    A fault of recording that still stands in a kept month keeps its name, for by it people see
    since when it has stood.
    """
    salt = secrets.token_hex()
    for folder in sorted(settings.lake.glob("archive_*")):
        files = sorted((folder / f"la={la}").glob("snapshot_month=*/*.parquet"))
        old = [path for path in files if _month_of(path) < str(oldest)]
        kept = [path for path in files if path not in old]
        columns = pq.read_schema(old[0]).names if old else []
        if "person_id" in columns:
            condition = _old_row(columns, kept)
            for path, rows in hits(old, condition).items():
                rewrite(path, condition, nameless(columns, salt))
                yield Removed("names in the archive", _month_of(path), folder.name, rows, 0)


def _old_row(columns: list[str], kept: list[Path]) -> str:
    if "event_id" in columns:
        return _NAMED.format(column="event_id")
    gone = _NAMED.format(column="coalesce(row_id, bad_value, detail)")
    if not kept:
        return gone
    files = ", ".join(text(path) for path in kept)
    faults = f"read_parquet([{files}], hive_partitioning = false, union_by_name = true)"
    same = " and ".join(f"kept.{name} is not distinct from rows.{name}" for name in _FAULT)
    where = f"{same} and coalesce({_SAME_ROW}, true)"
    return f"{gone} and not exists (select 1 from {faults} as kept where {where})"


def _places(settings: Settings) -> tuple[tuple[str, Path], ...]:
    lake = settings.lake
    return ("landed extract", lake), ("superseded delivery", lake / "_superseded")


def _month_of(path: Path) -> str:
    return path.parent.name.partition("=")[2]


def _lines(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return max(sum(1 for _ in csv.reader(file)) - 1, 0)
