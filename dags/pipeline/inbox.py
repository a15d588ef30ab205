"""What lies in the inbox: months, families and the files of each table (contract section 2)."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from pipeline.contract import REPLACED_BY_903, Table, tables_of
from pipeline.limits import Limits
from pipeline.month import Month

TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")
PARQUET_SUFFIXES = (".parquet",)
# Known, so that it is refused by name: what it holds cannot be told from what it has lost.
OLD_WORKBOOK_SUFFIX = ".xls"
KNOWN_SUFFIXES = (*TEXT_SUFFIXES, *WORKBOOK_SUFFIXES, *PARQUET_SUFFIXES, OLD_WORKBOOK_SUFFIX)

# Possessive, so that a long name that is none of these takes no time to refuse.
_DATE_OR_VERSION = re.compile(
    r"(_*+(?>\d{1,14}|t\d{4,6}|v(er(sion)?)?_?\d+|\(\d+\)"
    r"|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*+))++"
)


@dataclass(frozen=True)
class Delivery:
    """One file of one table, known by its bytes; or, with a ``problem``, one that is not read."""

    path: Path
    sha256: str
    problem: str = ""

    @property
    def name(self) -> str:
        """The file's name, as the ledger and every message give it."""
        return shown(self.path)


@dataclass(frozen=True)
class FamilyFiles:
    """The files of one family's folder: those of its tables, and those of no known table.

    ``problem`` says why the folder itself cannot be looked into.
    """

    is_given: bool
    by_table: dict[str, tuple[Delivery, ...]]
    unknown: tuple[str, ...]
    problem: str = ""

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


def family_files(
    inbox: Path, month: Month, family: str, limits: Limits | None = None
) -> FamilyFiles:
    """Return the files given for a family in a month."""
    return files_in(inbox / str(month) / family, tables_of(family), limits)


def files_in(folder: Path, tables: tuple[Table, ...], limits: Limits | None = None) -> FamilyFiles:
    """Sort a folder's files to the tables they are named for, without hidden and lock files.

    What is named like a table and is no file that can be read is a delivery with a problem.
    """
    limits = limits or Limits.from_environment()
    problem = _folder_problem(folder)
    if problem:
        return FamilyFiles(False, {}, (), problem)
    by_table: dict[str, tuple[Delivery, ...]] = {}
    unknown: list[str] = []
    for path in _visible(folder):
        table = _table_named(path, tables)
        if table is not None:
            by_table[table.name] = (*by_table.get(table.name, ()), _delivery(path, limits))
        elif not path.is_dir():
            unknown.append(shown(path))
    in_order = {table.name: by_table[table.name] for table in tables if table.name in by_table}
    return FamilyFiles(bool(by_table or unknown), in_order, tuple(unknown))


def both_kinds(inbox: Path, month: Month) -> tuple[str, ...]:
    """Return the folders that ``ssda903/`` replaces but that are given beside it (ruling F8)."""
    if not has_903(inbox, month):
        return ()
    return tuple(name for name in REPLACED_BY_903 if _has_files(inbox / str(month) / name))


def has_903(inbox: Path, month: Month) -> bool:
    """Tell whether the month comes as SSDA903 files."""
    return _has_files(inbox / str(month) / "ssda903")


def shown(path: Path) -> str:
    """Return a file's name as it can be written anywhere: what is no text in it is escaped."""
    name = os.fsencode(path.name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)


def _has_files(folder: Path) -> bool:
    return not _folder_problem(folder) and any(not path.is_dir() for path in _visible(folder))


def _folder_problem(folder: Path) -> str:
    """Say why a folder that is there cannot be looked into."""
    place = f"{folder.parent.name}/{shown(folder)}"
    try:
        if folder.exists() and not folder.is_dir():
            return f"{place} is a file where a folder should be: put the files into a folder"
        _visible(folder)
    except OSError as problem:
        return f"{place} cannot be looked into ({problem.strerror}): ask for the right to read it"
    return ""


def _visible(folder: Path) -> list[Path]:
    """Everything in a folder by name, without hidden files and those of an open program."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$")))


def _table_named(path: Path, tables: tuple[Table, ...]) -> Table | None:
    if path.suffix.lower() not in KNOWN_SUFFIXES:
        return None
    stem = re.sub(r"[\s_.-]+", "_", path.stem.strip().lower())
    for table in tables:
        if any(_is_named(stem, name) for name in (table.file_name, table.name, *table.aliases)):
            return table
    return None


def _is_named(stem: str, name: str) -> bool:
    rest = stem.removeprefix(name)
    return stem.startswith(name) and (not rest or bool(_DATE_OR_VERSION.fullmatch(rest)))


def _delivery(path: Path, limits: Limits) -> Delivery:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return Delivery(path, "", "is a folder: put the file itself in its place")
        if not stat.S_ISREG(mode):
            return Delivery(path, "", "is no ordinary file: put the file itself in its place")
        if path.stat().st_size > limits.file_bytes:
            return Delivery(path, "", limits.too_large(path.stat().st_size))
        with path.open("rb") as file:
            return Delivery(path, file_digest(file, "sha256").hexdigest())
    except OSError as problem:
        if path.is_symlink():
            return Delivery(path, "", "is a link that leads to no file: put the file itself there")
        reason = f"cannot be opened ({problem.strerror}): ask for the right to read it"
        return Delivery(path, "", reason)
