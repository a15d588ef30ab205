"""Workbooks: the sheet named like the table, else the first; real dates, serials and numbers.

The file is opened by ``workbook_cells`` in a process of its own, within the limits.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from itertools import islice, product
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline import workbook_cells
from pipeline.contract import Table
from pipeline.limits import MEGABYTE, Limits
from pipeline.read_table import (
    ROWS_SEARCHED_FOR_THE_HEADER,
    BrokenCell,
    FileUnreadable,
    Header,
    ReadTable,
    Rows,
    comparable,
    find_header,
)

_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SERIAL = re.compile(r"\d{1,5}(\.\d+)?")

_ERROR = "is an Excel error and no value: correct the formula at the source, or leave it empty"
_NO_RESULT = (
    "is a formula whose result is not in the file: open the workbook in Excel, save it, and send "
    "it again"
)
_MERGED = "is part of merged cells, so its value is not known: unmerge them and fill in each cell"
_FROM_1904 = (
    "is a bare number in a workbook that counts days from 1904: format the column as dates and "
    "save the workbook again"
)


def read_workbook(content: bytes, table: Table, limits: Limits) -> ReadTable:
    """Read a workbook; raise FileUnreadable where it cannot be opened as one or is too large."""
    _require_workbook(content)
    said, lines = _ask(content, table, limits)
    csv.field_size_limit(limits.file_bytes)
    first = list(islice(csv.reader(lines), ROWS_SEARCHED_FOR_THE_HEADER))
    header = find_header(first, table)
    lines.seek(0)
    lines.readline()
    return _below(header, csv.reader(lines), said, table, limits)


def _require_workbook(content: bytes) -> None:
    if content.startswith(b"PK"):
        return
    if not content.startswith(_OLD_FORMAT):
        raise FileUnreadable(workbook_cells.SAVE_AGAIN)
    if _ENCRYPTED in content:
        raise FileUnreadable(
            "is protected with a password: take the password away and save it again as .xlsx"
        )
    raise FileUnreadable("is a workbook of the format before Excel 2007: save it again as .xlsx")


def _ask(content: bytes, table: Table, limits: Limits) -> tuple[dict[str, Any], TextIOWrapper]:
    """Have the workbook read; return what is said of it, and its rows."""
    names = {comparable(name) for name in (table.file_name, table.name, *table.aliases)}
    asked = {
        "names": sorted(names),
        "memory": limits.workbook_memory_mb * MEGABYTE,
        "seconds": limits.workbook_seconds,
        "unpacked": limits.unpacked_bytes,
        "rows": limits.rows,
        "columns": limits.columns,
    }
    program = Path(workbook_cells.__file__)
    command = [sys.executable, "-I", str(program), json.dumps(asked)]
    try:
        done = subprocess.run(
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.workbook_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise FileUnreadable(limits.workbook_took_too_much()) from problem
    if done.returncode == workbook_cells.UNPACKS_TO_MORE:
        raise FileUnreadable(limits.unpacks_to_more())
    if done.returncode:
        raise FileUnreadable(limits.workbook_took_too_much())
    lines = TextIOWrapper(BytesIO(done.stdout), encoding="utf-8", newline="")
    return _not_refused(json.loads(lines.readline()), limits), lines


def _not_refused(said: dict[str, Any], limits: Limits) -> dict[str, Any]:
    if "refused" in said:
        raise FileUnreadable(said["refused"])
    if "columns" in said:
        raise FileUnreadable(limits.too_many_columns(said["columns"]))
    if "rows" in said:
        raise FileUnreadable(limits.too_many_rows())
    return said


def _below(
    header: Header, rows: Iterator[list[str]], said: dict[str, Any], table: Table, limits: Limits
) -> ReadTable:
    gathered = Rows(header, limits)
    for number, row in enumerate(rows, start=1):
        if number > header.row and header.positions:
            gathered.add(number, row)
    below = gathered.table()
    cells = [*_hidden(header, said), *_merged(header, said, below)]
    cells += _from_1904(table, below) if said["is_1904"] else []
    return ReadTable(below, header, cells=tuple(cells))


def _hidden(header: Header, said: dict[str, Any]) -> Iterator[BrokenCell]:
    """Give the errors and the formulas without a result in the columns that are read."""
    names = {at: name for name, at in header.positions.items()}
    for row, at, text in said["cells"]:
        if row >= header.row and at in names:
            reason = _ERROR if text else _NO_RESULT
            yield BrokenCell(row + 1, names[at], text or None, reason)


def _merged(header: Header, said: dict[str, Any], below: pa.Table) -> Iterator[BrokenCell]:
    """Give the cells that only look empty, in rows that are not: only the first of them is."""
    names = {at: name for name, at in header.positions.items()}
    last = header.row + below.num_rows
    filled = _filled_rows(below) if said["merged"] else set()
    left = below.num_rows * len(names)
    for first_row, first, last_row, end in said["merged"]:
        columns = [at for at in names if first <= at <= end]
        rows = range(max(first_row, header.row), min(last_row, last - 1) + 1)
        left -= len(rows) * len(columns)
        if left < 0:
            # Cells merged twice over, which Excel does not allow.
            raise FileUnreadable(workbook_cells.SAVE_AGAIN)
        for row, at in product(rows, columns):
            if (row, at) != (first_row, first) and row + 1 in filled:
                yield BrokenCell(row + 1, names[at], None, _MERGED)


def _filled_rows(below: pa.Table) -> set[int]:
    numbers = below.column("source_row").to_pylist()
    columns = (below.column(name).to_pylist() for name in below.column_names[:-1])
    return {number for number, *row in zip(numbers, *columns, strict=True) if any(row)}


def _from_1904(table: Table, below: pa.Table) -> Iterator[BrokenCell]:
    """Give the dates that are bare numbers: which day a number is depends on the workbook."""
    numbers = below.column("source_row").to_pylist()
    for column in table.read_columns:
        if column.type == "date" and column.name in below.column_names:
            values = below.column(column.name).to_pylist()
            for number, value in zip(numbers, values, strict=True):
                if _SERIAL.fullmatch(value.strip()):
                    yield BrokenCell(number, column.name, value, _FROM_1904)
