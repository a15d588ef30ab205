"""Text files: comma, tab or semicolon; UTF-8 with or without BOM, UTF-16 or cp1252."""

from __future__ import annotations

import codecs
import csv
from io import StringIO
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from pipeline.contract import Table
from pipeline.read_table import (
    ROWS_SEARCHED_FOR_THE_HEADER,
    BrokenRow,
    Header,
    ReadTable,
    find_header,
    text_table,
)

_SEPARATORS = (",", "\t", ";")
_LONGEST_ROW = 1 << 24
_HEAD = 1 << 18
_UNCLOSED = (
    "a quotation mark is opened here and not closed: put it right in the file and send it again"
)


def read_csv(content: bytes, table: Table) -> ReadTable:
    """Read a text file; its separator is the one that shows most of the contract's columns."""
    utf8 = _as_utf8(content)
    separator, header = _find_header(utf8, table)
    if not header.width:
        return ReadTable(text_table({}, []), (), header)
    has_odd_quotes = utf8.count(b'"') % 2 == 1
    broken: list[BrokenRow] = []
    cells = _parse(utf8, separator, header, has_odd_quotes, broken)
    numbers = _numbers(cells.num_rows, broken)
    if has_odd_quotes:
        cells, numbers = _without_swallowed_rows(cells, numbers, broken)
    after_header = pa.array(numbers > header.row)
    names = {f"c{at}": name for name, at in header.positions.items()}
    rows = cells.select(list(names)).rename_columns(list(names.values()))
    rows = rows.append_column("source_row", pa.array(numbers, pa.int64()))
    late = sorted((one for one in broken if one.row > header.row), key=lambda one: one.row)
    return ReadTable(rows.filter(after_header), tuple(late), header)


def _as_utf8(content: bytes) -> bytes:
    if content.startswith(codecs.BOM_UTF8):
        return content[len(codecs.BOM_UTF8) :]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace").encode()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        # cp1252 leaves five bytes undefined; latin-1 reads those, and both agree on all letters.
        try:
            return content.decode("cp1252").encode()
        except UnicodeDecodeError:
            return content.decode("latin-1").encode()
    return content


def _find_header(utf8: bytes, table: Table) -> tuple[str, Header]:
    head = utf8[:_HEAD].decode("utf-8", errors="ignore")
    found = {
        separator: find_header(_first_rows(head, separator), table) for separator in _SEPARATORS
    }
    best = max(
        _SEPARATORS,
        key=lambda one: (len(found[one].positions) + len(found[one].repeated), found[one].width),
    )
    return best, found[best]


def _first_rows(head: str, separator: str) -> list[list[str]]:
    csv.field_size_limit(_LONGEST_ROW)
    rows = csv.reader(StringIO(head, newline=""), delimiter=separator)
    return list(islice(rows, ROWS_SEARCHED_FOR_THE_HEADER))


def _parse(
    utf8: bytes, separator: str, header: Header, all_columns: bool, broken: list[BrokenRow]
) -> pa.Table:
    names = [f"c{position}" for position in range(header.width)]
    wanted = names if all_columns else [f"c{at}" for at in header.positions.values()] or names[:1]

    def set_aside(row: arrow_csv.InvalidRow) -> str:
        broken.append(BrokenRow(row.number, _ragged(row, has_newline="\n" in row.text)))
        return "skip"

    return arrow_csv.read_csv(
        pa.BufferReader(utf8),
        # One thread, because only then does a row that is set aside know its number.
        read_options=arrow_csv.ReadOptions(
            use_threads=False, column_names=names, block_size=_LONGEST_ROW
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=separator,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=set_aside,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types={name: pa.string() for name in names},
            include_columns=wanted,
            strings_can_be_null=False,
        ),
    )


def _ragged(row: arrow_csv.InvalidRow, has_newline: bool) -> str:
    if has_newline:
        return _UNCLOSED
    return (
        f"has {row.actual_columns} values where the header has {row.expected_columns} columns: "
        "put quotation marks round a value with the separator in it, and send it again"
    )


def _numbers(read: int, broken: list[BrokenRow]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    every = np.arange(1, read + len(broken) + 1, dtype=np.int64)
    return np.setdiff1d(every, np.array([one.row for one in broken], dtype=np.int64))


def _without_swallowed_rows(
    cells: pa.Table,
    numbers: np.ndarray[tuple[int], np.dtype[np.int64]],
    broken: list[BrokenRow],
) -> tuple[pa.Table, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Set aside rows that an unclosed quotation mark has run together, one for each line lost."""
    lines = np.zeros(cells.num_rows, dtype=np.int64)
    for column in cells.columns:
        lines += pc.count_substring(column, "\n").to_numpy()
    for number, lost in zip(numbers[lines > 0], lines[lines > 0], strict=True):
        broken += [BrokenRow(int(number), _UNCLOSED)] * int(lost)
    whole = lines == 0
    return cells.filter(pa.array(whole)), numbers[whole]
