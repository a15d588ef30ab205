"""Write the rows of one table as CSV, XLSX or Parquet, the same bytes every time."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from synthetic.case_system import Value, Values
from synthetic.spelling import Spelling

FIXED_TIME = datetime(2026, 1, 1)
SENTINEL = date(1900, 1, 1)
"""What one vendor writes for a date that is not there; the contract reads it as null."""

TRACKER_TITLE = (
    "Adoption service: permanence tracker",
    "Kept by the adoption team; dates as told by the court and the agency",
    "",
)
TRACKER_NOTES = ("", "celebration hearing to be arranged", "", "papers with legal", "")


def write_table(
    path: Path, columns: Sequence[str], rows: Iterable[Values], spelling: Spelling
) -> None:
    """Write one table to ``path`` in the given spelling."""
    if spelling.uses_sentinel:
        rows = _with_sentinel(columns, rows)
    if spelling.file_type == "parquet":
        _write_parquet(path, columns, rows)
    elif spelling.file_type == "xlsx":
        _write_workbook(path, columns, list(rows), is_messy="tracker" in path.name.lower())
    else:
        _write_csv(path, columns, rows, spelling)


def _with_sentinel(columns: Sequence[str], rows: Iterable[Values]) -> Iterable[Values]:
    dated = [place for place, name in enumerate(columns) if name.endswith("_date")]
    for row in rows:
        values = list(row)
        for place in dated:
            values[place] = SENTINEL if values[place] is None else values[place]
        yield tuple(values)


def _write_csv(
    path: Path, columns: Sequence[str], rows: Iterable[Values], spelling: Spelling
) -> None:
    if spelling.date_format:
        rows = (tuple(_spelled(value, spelling.date_format) for value in row) for row in rows)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=spelling.delimiter, lineterminator="\r\n")
    writer.writerow([name.upper() for name in columns] if spelling.is_upper_case else columns)
    writer.writerows(rows)
    path.write_bytes(buffer.getvalue().encode(spelling.encoding))


def _spelled(value: Value, date_format: str) -> Value:
    return _as_text(value, date_format) if isinstance(value, date) else value


@lru_cache(maxsize=20000)
def _as_text(day: date, date_format: str) -> str:
    return day.strftime(date_format)


def _write_parquet(path: Path, columns: Sequence[str], rows: Iterable[Values]) -> None:
    by_row = list(rows)
    arrays = {}
    for place, name in enumerate(columns):
        values = [row[place] for row in by_row]
        is_date = any(isinstance(value, date) for value in values)
        arrays[name] = pa.array(values, type=pa.date32() if is_date else pa.string())
    pq.write_table(pa.table(arrays), path)


def _write_workbook(
    path: Path, columns: Sequence[str], rows: list[Values], *, is_messy: bool
) -> None:
    """Write a workbook; a messy one has titles, notes, text dates and blank rows at the end."""
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as book:
        book.set_properties({"created": FIXED_TIME})
        sheet = book.add_worksheet("Sheet1")
        as_date = book.add_format({"num_format": "dd/mm/yyyy"})
        header = [*columns, "Notes (for the team)"] if is_messy else list(columns)
        first = len(TRACKER_TITLE) if is_messy else 0
        for number, title in enumerate(TRACKER_TITLE[:first]):
            sheet.write_string(number, 0, title)
        sheet.write_row(first, 0, [_headline(name) for name in header] if is_messy else header)
        for number, row in enumerate(rows):
            notes = (TRACKER_NOTES[number % len(TRACKER_NOTES)],) if is_messy else ()
            for place, value in enumerate((*row, *notes)):
                is_text = is_messy and (number + place) % 3 == 0
                _write_cell(sheet, first + 1 + number, place, value, as_date, is_text)
        if is_messy:
            for blank in range(3):
                sheet.write_string(first + 1 + len(rows) + blank, 0, " ")


def _headline(column: str) -> str:
    """Return a column name as people type it: capitals and spaces."""
    return f" {column.replace('_', ' ').capitalize()}"


def _write_cell(
    sheet: Worksheet, row: int, place: int, value: Value, as_date: object, is_text: bool
) -> None:
    if isinstance(value, date):
        if is_text:
            sheet.write_string(row, place, value.strftime("%d/%m/%Y"))
        else:
            sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), as_date)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    elif value:
        sheet.write_string(row, place, value)
