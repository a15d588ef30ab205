"""Text files: comma, tab or semicolon; UTF-8 with or without BOM, UTF-16 or cp1252."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from pipeline.contract import Table
from pipeline.decoding import as_utf8
from pipeline.limits import Limits
from pipeline.read_table import (
    ROWS_SEARCHED_FOR_THE_HEADER,
    BrokenRows,
    FileUnreadable,
    Header,
    ReadTable,
    find_header,
    text_table,
)
from pipeline.reading_quoted import LONGEST_ROW, is_plain_row, ragged, read_quoted, records

_SEPARATORS = (",", "\t", ";")
_HEAD = 1 << 18


def read_csv(content: bytes, table: Table, limits: Limits) -> ReadTable:
    """Read a text file; its separator is the one that shows most of the contract's columns.

    Raise FileUnreadable where it is no text, or beyond a limit.
    """
    utf8 = as_utf8(content)
    separator, header = _find_header(utf8, table)
    if header.width > limits.columns:
        raise FileUnreadable(limits.too_many_columns(header.width))
    if not header.width:
        return ReadTable(text_table({}, []), header)
    # A row may be as short as its line end, so that the lines are no fewer than the rows.
    if max(utf8.count(b"\n"), utf8.count(b"\r")) > limits.rows + ROWS_SEARCHED_FOR_THE_HEADER:
        raise FileUnreadable(limits.too_many_rows())
    if not _quotes_are_plain(utf8, separator, header.width):
        return read_quoted(utf8, separator, table, header, limits)
    try:
        read = _read_plain(utf8, separator, header)
    except pa.ArrowInvalid:
        # A row longer than Arrow's block, most often; the other reader says which.
        return read_quoted(utf8, separator, table, header, limits)
    if read.rows.num_rows > limits.rows:
        raise FileUnreadable(limits.too_many_rows())
    return read


def _find_header(utf8: bytes, table: Table) -> tuple[str, Header]:
    head = utf8[:_HEAD].decode("utf-8", errors="ignore")
    if len(utf8) > _HEAD and not re.search(r"[\r\n]", head):
        raise FileUnreadable(
            f"has no line end in its first {_HEAD // 1024} KB, so it is no table: export it again"
        )
    found = {
        separator: find_header(_first_rows(head, separator), table) for separator in _SEPARATORS
    }
    best = max(
        _SEPARATORS,
        key=lambda one: (len(found[one].positions) + len(found[one].repeated), found[one].width),
    )
    return best, found[best]


def _first_rows(head: str, separator: str) -> list[Sequence[str]]:
    """Return the rows that may be the header; a row whose quotation marks are in doubt is none."""
    first: list[Sequence[str]] = []
    for row, lines, problem in records(head.encode("utf-8"), separator):
        first += [()] * lines if problem else [row]
        if len(first) >= ROWS_SEARCHED_FOR_THE_HEADER:
            break
    return first[:ROWS_SEARCHED_FOR_THE_HEADER]


def _quotes_are_plain(utf8: bytes, separator: str, width: int) -> bool:
    """Tell whether every quotation mark is used as it should be, and none spans two lines.

    The fast reader would take a mark that is out of place for a part of the value, or run rows
    together up to the next one.
    """
    if b'"' not in utf8:
        return True
    lines = (line.decode("utf-8") for line in utf8.splitlines() if b'"' in line)
    return all(is_plain_row(line, separator, width) for line in lines)


def _read_plain(utf8: bytes, separator: str, header: Header) -> ReadTable:
    broken = BrokenRows()
    cells = _parse(utf8, separator, header, broken)
    numbers = _numbers(cells.num_rows, broken)
    names = {f"c{at}": name for name, at in header.positions.items()}
    rows = cells.select(list(names)).rename_columns(list(names.values()))
    rows = rows.append_column("source_row", pa.array(numbers, pa.int64()))
    return ReadTable(rows.filter(pa.array(numbers > header.row)), header, _below(header, broken))


def _parse(utf8: bytes, separator: str, header: Header, broken: BrokenRows) -> pa.Table:
    names = [f"c{position}" for position in range(header.width)]
    wanted = [f"c{at}" for at in header.positions.values()] or names[:1]

    def set_aside(row: arrow_csv.InvalidRow) -> str:
        broken.add(row.number, ragged(row.actual_columns, row.expected_columns))
        return "skip"

    return arrow_csv.read_csv(
        pa.BufferReader(utf8),
        # One thread, because only then does a row that is set aside know its number.
        read_options=arrow_csv.ReadOptions(
            use_threads=False, column_names=names, block_size=LONGEST_ROW
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


def _numbers(read: int, broken: BrokenRows) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    every = np.arange(1, read + len(broken.numbers) + 1, dtype=np.int64)
    return np.setdiff1d(every, np.frombuffer(broken.numbers, dtype=np.int64))


def _below(header: Header, broken: BrokenRows) -> BrokenRows:
    """Leave out the title rows, which need not have the header's width."""
    below = BrokenRows([one for one in broken.listed if one.row > header.row])
    below.numbers.extend(number for number in broken.numbers if number > header.row)
    return below
