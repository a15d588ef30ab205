"""Workbooks and Parquet files by other libraries than the pipeline's."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Sequence

import duckdb
import openpyxl

from .good_files import COLUMNS
from .naive_text import Reading, _header

ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")


def read_workbook(content: bytes) -> Reading:
    """Read the first sheet by openpyxl; raise whatever it raises where it cannot."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    sheet = book.worksheets[0]
    rows = [[_text(cell.value) for cell in row] for row in sheet.iter_rows()]
    hidden = {
        (cell.row, cell.column)
        for row in formulas.iter_rows()
        for cell in row
        if cell.data_type == "f" and sheet.cell(cell.row, cell.column).value is None
    }
    merged = {
        (row, column)
        for area in sheet.merged_cells.ranges
        for row, column in area.cells
        if (row, column) != (area.min_row, area.min_col)
    }
    return _below(rows, hidden, merged)


def _below(rows: list[list[str]], hidden: set, merged: set) -> Reading:
    reading = Reading()
    places: dict[int, int] = {}
    for number, cells in enumerate(rows, start=1):
        if not reading.has_header:
            found = _header(cells) if number <= 20 else None
            if found:
                places, reading.has_header = found, True
            continue
        wanted = {(number, at + 1) for at in places.values()}
        is_filled = any(cells[at].strip() for at in places.values())
        if wanted & hidden or (is_filled and wanted & merged):
            reading.rows[number] = None
        elif is_filled:
            reading.rows[number] = [cells[places[column]] for column in range(len(COLUMNS))]
    return reading


def read_parquet(content: bytes, path: str) -> Reading:
    """Read the columns by DuckDB; raise duckdb.Error where it cannot."""
    with duckdb.connect() as connection:
        found = connection.execute(f"select * from read_parquet('{path}')")
        names = [one[0] for one in found.description or ()]
        rows: Sequence[Sequence[object]] = found.fetchall()
    reading, places = Reading(), _header(names)
    if places:
        reading.has_header = True
        for number, row in enumerate(rows, start=2):
            cells = [_text(row[places[column]]) for column in range(len(COLUMNS))]
            if any(cell.strip() for cell in cells):
                reading.rows[number] = cells
    return reading


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value == value and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, float) and value != value:
        return ""
    if isinstance(value, dt.datetime):
        return str(value.date()) if value.time() == dt.time() else value.isoformat(" ", "seconds")
    return str(value)
