"""A month's SSDA903 files as the validator wants them: DfE's columns, dates as 31/03/2027.

The files are read as a landing reads them, in any spelling the contract allows, but whole: the
rules also ask for columns that the warehouse never lands (UPN, MOTHER, MC_DOB, full postcodes).
What is read here goes to the validator's process and nowhere else.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.casting import cast_table
from pipeline.contract import TABLES, Column, Table
from pipeline.inbox import Delivery, files_in, has_903
from pipeline.month import Month
from pipeline.read_table import FileUnreadable
from pipeline.reading import read_delivery
from pipeline.refusal import PublicationRefused

FAMILY = "ssda903"
_NO_AREAS = pa.schema([("prefix", pa.string()), ("council", pa.string())]).empty_table()
_NEVER_LANDED = {"header": "upn mother mc_dob"}
_DATES = frozenset(
    (
        *("dob", "mc_dob", "decom", "dec", "review", "duc", "date_int", "date_match"),
        *("date_placed", "date_placed_ceased", "mis_start", "mis_end"),
        *("sw_decom", "sw_dec", "dolo_start", "dolo_end"),
    )
)
# Files newer than the contract: only the validator has a use for them.
_NEWER = {
    "sw_episodes": ("social_worker_episodes", "child dob sw_id sw_decom sw_dec sw_reason"),
    "dolo": ("deprivation_of_liberty", "child dob dolo_start dolo_end"),
}
VALIDATOR_NAMES = {
    "header": "Header",
    "episodes": "Episodes",
    "reviews": "Reviews",
    "uasc": "UASC",
    "oc2": "OC2",
    "oc3": "OC3",
    "ad1": "AD1",
    "sbpfa": "PlacedAdoption",
    "prevperm": "PrevPerm",
    "missing": "Missing",
    "sw_episodes": "SWEpisodes",
    "dolo": "DoLo",
}


@dataclass(frozen=True)
class ReturnFile:
    """One file of the return: its rows as text, and for each the child and where it stands.

    ``table`` is the file's name in the contract. ``places`` are written as our own findings write
    a row: ``episodes.csv:12``. ``absent`` columns are not in the file, and blank in every row.
    """

    table: str
    is_last_year: bool
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]
    absent: tuple[str, ...]

    @property
    def content(self) -> str:
        """The file as CSV."""
        text = StringIO()
        csv.writer(text, lineterminator="\n").writerows([self.columns, *self.rows])
        return text.getvalue()

    def child(self, row: int) -> str:
        """The child of a row."""
        return self.rows[row][self.columns.index("CHILD")]


def collection_year(month: Month) -> int:
    """Return the year in which the month's collection ends: it runs from April to March."""
    return month.year + (month.number > 3)


def read_returns(inbox: Path, month: Month) -> tuple[ReturnFile, ...]:
    """Read the month's files, and last year's where the inbox has its March.

    Raises PublicationRefused where the month has no SSDA903 files or one cannot be read.
    """
    if not has_903(inbox, month):
        raise PublicationRefused(
            f"{inbox / str(month) / FAMILY}: there are no SSDA903 files of {month}. The national "
            "rules are about these files alone; give a month that has them, e.g. MONTH=2026-10."
        )
    last_march = Month(collection_year(month) - 1, 3)
    return (*_read_folder(inbox, month), *_read_folder(inbox, last_march, is_last_year=True))


def _read_folder(inbox: Path, month: Month, is_last_year: bool = False) -> tuple[ReturnFile, ...]:
    by_table = files_in(inbox / str(month) / FAMILY, _tables()).by_table
    read = (
        _read(table, _only(table, by_table[table.name]), month, is_last_year)
        for table in _tables()
        if table.name in by_table
    )
    # The validator reads nothing at all where the header has no rows.
    return tuple(file for file in read if file.rows or file.table != "header")


def _tables() -> tuple[Table, ...]:
    ours = (_whole(TABLES[f"{FAMILY}_{name}"]) for name in VALIDATOR_NAMES if name not in _NEWER)
    newer = (
        Table(name, FAMILY, False, (), _columns(columns), (alias,))
        for name, (alias, columns) in _NEWER.items()
    )
    return (*ours, *newer)


def _whole(table: Table) -> Table:
    """The file as DfE has it: the contract's columns and those that are never landed."""
    landed = " ".join(column.name for column in table.read_columns)
    more = _columns(_NEVER_LANDED.get(table.file_name, ""), required=False)
    columns = (*_columns(landed), *more)
    return Table(table.file_name, FAMILY, False, (), columns, (table.name, *table.aliases))


def _columns(names: str, required: bool = True) -> tuple[Column, ...]:
    return tuple(
        Column(name.upper(), "date" if name in _DATES else "text", required, written=name.upper())
        for name in names.split()
    )


def _only(table: Table, files: tuple[Delivery, ...]) -> Delivery:
    if len({file.sha256 for file in files}) > 1:
        names = " and ".join(file.name for file in files)
        raise PublicationRefused(
            f"{names} are both {table.name} and differ: keep the right one, remove the other."
        )
    return files[0]


def _read(table: Table, file: Delivery, month: Month, is_last_year: bool) -> ReturnFile:
    try:
        read = read_delivery(file, table)
    except FileUnreadable as problem:
        raise PublicationRefused(f"{file.name} {problem}.") from problem
    found = set(read.rows.column_names)
    if "CHILD" not in found:
        raise PublicationRefused(f"{file.name} has no column CHILD: send the file again.")
    with duckdb.connect(config={"threads": 1}) as connection:
        cast = cast_table(connection, table, read, file.name, _NO_AREAS)
    unread = {(cell.row, cell.column): cell.value or "" for cell in cast.bad_cells}
    broken = set(read.broken.numbers)
    named = f"{month}/{file.name}" if is_last_year else file.name
    kept = [row for row in cast.everything.to_pylist() if row["source_row"] not in broken]
    return ReturnFile(
        table=table.name,
        is_last_year=is_last_year,
        columns=tuple(column.name for column in table.columns),
        rows=tuple(tuple(_text(row, c, unread) for c in table.columns) for row in kept),
        places=tuple(f"{named}:{row['source_row']}" for row in kept),
        absent=tuple(column.name for column in table.columns if column.name not in found),
    )


def _text(row: dict[str, object], column: Column, unread: dict[tuple[int, str | None], str]) -> str:
    """A cell as DfE writes it; a date that cannot be read stays as it came."""
    value = row[column.name]
    if value is None:
        return unread.get((int(str(row["source_row"])), column.name), "")
    return f"{value:%d/%m/%Y}" if column.type == "date" else str(value)
