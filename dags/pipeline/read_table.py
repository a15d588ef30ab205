"""What reading a file gives, whatever its format: its header, its rows as text, its broken rows.

Rows are numbered as a person sees them: the first row of the file is 1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from pipeline.contract import Column, Table

ROWS_SEARCHED_FOR_THE_HEADER = 20


class FileUnreadable(ValueError):
    """A file that cannot be opened as what its name says it is."""


@dataclass(frozen=True)
class BrokenRow:
    """A row whose values cannot be told apart, so that none of them is believed."""

    row: int
    reason: str


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
    broken: tuple[BrokenRow, ...]
    header: Header


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


def text_table(columns: Mapping[str, Sequence[str | None]], row_numbers: Sequence[int]) -> pa.Table:
    """Make a table of text columns and their row numbers."""
    arrays = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    return pa.table({**arrays, "source_row": pa.array(row_numbers, pa.int64())})
