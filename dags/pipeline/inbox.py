"""What lies in the inbox: months, families and the files of each table (contract section 2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from pipeline.contract import REPLACED_BY_903, Table, tables_of
from pipeline.month import Month

TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls")
PARQUET_SUFFIXES = (".parquet",)
READABLE_SUFFIXES = TEXT_SUFFIXES + WORKBOOK_SUFFIXES + PARQUET_SUFFIXES

_DATE_OR_VERSION = re.compile(
    r"(_*(\d{1,14}|t\d{4,6}|v(er(sion)?)?_?\d+|\(\d+\)|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*))+"
)


@dataclass(frozen=True)
class Delivery:
    """One file of one table, known by its bytes."""

    path: Path
    sha256: str

    @property
    def name(self) -> str:
        """The file's name, as the ledger and every message give it."""
        return self.path.name


@dataclass(frozen=True)
class FamilyFiles:
    """The files of one family's folder: those of its tables, and those of no known table."""

    is_given: bool
    by_table: dict[str, tuple[Delivery, ...]]
    unknown: tuple[str, ...]

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """Every file that belongs to a table, in the contract's order."""
        return tuple(one for several in self.by_table.values() for one in several)


def month_folders(inbox: Path) -> tuple[Month, ...]:
    """Return the months that have a folder in the inbox, oldest first."""
    if not inbox.is_dir():
        return ()
    names = [path.name for path in inbox.iterdir() if path.is_dir()]
    return tuple(sorted(Month.parse(name) for name in names if re.fullmatch(r"\d{4}-\d\d", name)))


def family_files(inbox: Path, month: Month, family: str) -> FamilyFiles:
    """Return the files given for a family in a month."""
    return files_in(inbox / str(month) / family, tables_of(family))


def files_in(folder: Path, tables: tuple[Table, ...]) -> FamilyFiles:
    """Sort a folder's files to the tables they are named for, without hidden and lock files."""
    by_table: dict[str, tuple[Delivery, ...]] = {}
    unknown: list[str] = []
    for path in _visible_files(folder):
        table = _table_named(path, tables)
        if table is None:
            unknown.append(path.name)
            continue
        by_table[table.name] = (*by_table.get(table.name, ()), _delivery(path))
    in_order = {table.name: by_table[table.name] for table in tables if table.name in by_table}
    return FamilyFiles(bool(by_table or unknown), in_order, tuple(unknown))


def both_kinds(inbox: Path, month: Month) -> tuple[str, ...]:
    """Return the folders that ``ssda903/`` replaces but that are given beside it (ruling F8)."""
    if not _visible_files(inbox / str(month) / "ssda903"):
        return ()
    return tuple(name for name in REPLACED_BY_903 if _visible_files(inbox / str(month) / name))


def has_903(inbox: Path, month: Month) -> bool:
    """Tell whether the month comes as SSDA903 files."""
    return bool(_visible_files(inbox / str(month) / "ssda903"))


def _visible_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    files = (path for path in folder.iterdir() if path.is_file())
    return sorted(path for path in files if not path.name.startswith((".", "~$")))


def _table_named(path: Path, tables: tuple[Table, ...]) -> Table | None:
    if path.suffix.lower() not in READABLE_SUFFIXES:
        return None
    stem = re.sub(r"[\s_.-]+", "_", path.stem.strip().lower())
    for table in tables:
        if any(_is_named(stem, name) for name in (table.file_name, table.name, *table.aliases)):
            return table
    return None


def _is_named(stem: str, name: str) -> bool:
    rest = stem.removeprefix(name)
    return stem.startswith(name) and (not rest or bool(_DATE_OR_VERSION.fullmatch(rest)))


def _delivery(path: Path) -> Delivery:
    with path.open("rb") as file:
        return Delivery(path, file_digest(file, "sha256").hexdigest())
