"""Workbooks: the sheet named like the table, else the first; real dates, serials and numbers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from pipeline.contract import Table
from pipeline.read_table import (
    ROWS_SEARCHED_FOR_THE_HEADER,
    FileUnreadable,
    ReadTable,
    comparable,
    find_header,
    text_table,
)

_LARGEST_EXACT_NUMBER = 2**53


def read_workbook(content: bytes, table: Table) -> ReadTable:
    """Read a workbook; raise FileUnreadable where it cannot be opened as one."""
    try:
        rows = _cells(content, table)
    except (CalamineError, BadZipFile, KeyError, ValueError) as error:
        raise FileUnreadable(
            "cannot be opened as an Excel workbook: save it again as .xlsx without a password"
        ) from error
    first = [[cell_text(cell) for cell in row] for row in rows[:ROWS_SEARCHED_FOR_THE_HEADER]]
    header = find_header(first, table)
    body = rows[header.row :]
    columns = {name: [cell_text(row[at]) for row in body] for name, at in header.positions.items()}
    numbers = range(header.row + 1, header.row + 1 + len(body))
    return ReadTable(text_table(columns, numbers), (), header)


def cell_text(cell: object) -> str:
    """Write a cell as a CSV would hold it: 7.0 as 7, a date as 2026-10-31, nothing as ''."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _LARGEST_EXACT_NUMBER:
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        at_midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if at_midnight else cell.isoformat(" ", "seconds")
    return str(cell)


def _cells(content: bytes, table: Table) -> Sequence[Sequence[object]]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    name = _sheet_name(workbook.sheet_names, table)
    if _has_error_cells(content):
        return _cells_with_errors(content, name)
    return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _sheet_name(names: list[str], table: Table) -> str:
    accepted = {comparable(name) for name in (table.file_name, table.name, *table.aliases)}
    return next((name for name in names if comparable(name) in accepted), names[0])


def _has_error_cells(content: bytes) -> bool:
    """Tell whether a cell holds an Excel error such as #N/A, which calamine reads as empty."""
    if not content.startswith(b"PK"):
        return False
    with ZipFile(BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb'<c [^>]*t="e"', parts.read(name)) for name in sheets)


def _cells_with_errors(content: bytes, name: str) -> Sequence[Sequence[object]]:
    # Slower, but it gives "#N/A" as text, so that the value is refused and not taken for blank.
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=False, data_only=True)
    return [list(row) for row in book[name].iter_rows(min_row=1, min_col=1, values_only=True)]
