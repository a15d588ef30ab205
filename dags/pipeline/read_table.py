"""What reading a file gives, whatever its format: its header, its rows as text, its broken rows.

Rows are numbered as a person sees them: the first row of the file is 1.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from pipeline.contract import Column, Table
from pipeline.limits import Limits

ROWS_SEARCHED_FOR_THE_HEADER = 20
# So many faults of a kind are listed one by one; the rest are counted.
MOST_LISTED = 10_000
_ROWS_AT_ONCE = 50_000


class FileUnreadable(ValueError):
    """A file that cannot be opened as what its name says it is."""


@dataclass(frozen=True)
class BrokenRow:
    """A row whose values cannot be told apart, so that none of them is believed."""

    row: int
    reason: str


@dataclass(frozen=True)
class BrokenCell:
    """A value that the file does not give, though it seems to; ``column`` is the landed name."""

    row: int
    column: str
    value: str | None
    reason: str


@dataclass
class BrokenRows:
    """The numbers of all broken rows, and the reasons of the first of them."""

    listed: list[BrokenRow] = field(default_factory=list)
    numbers: array[int] = field(default_factory=lambda: array("q"))

    def add(self, row: int, reason: str) -> None:
        """Set a row aside."""
        self.numbers.append(row)
        if len(self.listed) < MOST_LISTED:
            self.listed.append(BrokenRow(row, reason))


@dataclass(frozen=True)
class Header:
    """Where each contract column stands in a file (0-based), and what else the header holds.

    ``row`` is the header's row number. ``repeated`` columns stand more than once, so it is not
    known which is meant: they count as missing.
    """

    row: int
    width: int
    positions: dict[str, int]
    missing: tuple[str, ...]
    repeated: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True)
class ReadTable:
    """What stands in a file: a text column for each contract column found, and ``source_row``."""

    rows: pa.Table
    header: Header
    broken: BrokenRows = field(default_factory=BrokenRows)
    cells: tuple[BrokenCell, ...] = ()


def comparable(name: str) -> str:
    """Return a column name without regard to case, space around it, or space for underscore."""
    return re.sub(r"[\s_]+", "_", name.strip().strip("\ufeff").lower())


def find_header(first_rows: Sequence[Sequence[str]], table: Table) -> Header:
    """Return the first row that has every required column, else the row that has most columns.

    Title rows may stand above it (contract section 2).
    """
    headers = [header_of(row, number, table) for number, row in enumerate(first_rows, start=1)]
    candidates = [header for header in headers if header.width] or [Header(1, 0, {}, (), (), ())]
    best = max(candidates, key=lambda header: (len(header.positions), -header.row))
    complete = (header for header in candidates if header.positions and not header.missing)
    return next(complete, best if candidates[0].width else header_of((), 1, table))


def header_of(row: Sequence[str], number: int, table: Table) -> Header:
    """Match one row, taken as the header, with a table's columns."""
    names = [comparable(name) for name in row]
    times = Counter(names)
    wanted = {comparable(column.written): column for column in table.read_columns}
    found = {wanted[name].name: i for i, name in enumerate(names) if _once(name, wanted, times)}
    repeated = [column for name, column in wanted.items() if times[name] > 1]
    missing = [c.written for c in wanted.values() if _is_missing(c, found, repeated)]
    extra = [text.strip() for text, name in zip(row, names, strict=True) if name not in wanted]
    return Header(
        row=number,
        width=len(names) if any(names) else 0,
        positions=found,
        missing=tuple(missing),
        repeated=tuple(column.written for column in repeated),
        extra=tuple(text for text in extra if text),
    )


def _once(name: str, wanted: dict[str, Column], times: Counter[str]) -> bool:
    return name in wanted and times[name] == 1


def _is_missing(column: Column, found: dict[str, int], repeated: list[Column]) -> bool:
    return column in repeated or (column.required and column.name not in found)


class Rows:
    """Gathers the rows below a header into one table, without holding all of them as objects."""

    def __init__(self, header: Header, limits: Limits) -> None:
        self.header, self.broken, self._limits = header, BrokenRows(), limits
        self._columns: dict[str, list[str]] = {name: [] for name in header.positions}
        self._numbers: list[int] = []
        self._done: list[pa.Table] = []
        self._count = 0

    def add(self, number: int, row: Sequence[str]) -> None:
        """Take a row as it stands; raise FileUnreadable where there are too many."""
        for name, at in self.header.positions.items():
            self._columns[name].append(row[at])
        self._numbers.append(number)
        if len(self._numbers) == _ROWS_AT_ONCE:
            self._put_away()

    def table(self) -> pa.Table:
        """Return all rows as text columns with ``source_row``."""
        self._put_away()
        return pa.concat_tables(self._done)

    def _put_away(self) -> None:
        self._done.append(text_table(self._columns, self._numbers))
        self._count += len(self._numbers)
        if self._count > self._limits.rows:
            raise FileUnreadable(self._limits.too_many_rows())
        for values in self._columns.values():
            values.clear()
        self._numbers.clear()


def text_table(columns: Mapping[str, Sequence[str | None]], row_numbers: Sequence[int]) -> pa.Table:
    """Make a table of text columns and their row numbers."""
    arrays = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    return pa.table({**arrays, "source_row": pa.array(row_numbers, pa.int64())})
