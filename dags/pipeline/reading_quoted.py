"""Text files whose quotation marks need care: row by row, as RFC 4180 has them.

A mark that is opened and not closed swallows the rows after it, up to the next one. Such rows are
set aside, one for each line: what stands in them is not believed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import BytesIO, TextIOWrapper

from pipeline.contract import Table
from pipeline.limits import Limits
from pipeline.read_table import Header, ReadTable, Rows

# Longer than any row of a table can sensibly be.
LONGEST_ROW = 1 << 24
UNCLOSED = (
    "a quotation mark is out of place here or not closed: put it right at the source and send the "
    "file again"
)
_TOO_LONG = f"holds a value of more than {LONGEST_ROW // (1 << 20)} MB: take it out"
_LINE_END = re.compile(r"\r\n|\r|\n")
_LIKE_A_DATE = re.compile(r"\s*([\d/-]{4,10}([ T][\d:.,]+Z?)?)?\s*")


def read_quoted(
    utf8: bytes, separator: str, table: Table, header: Header, limits: Limits
) -> ReadTable:
    """Read the rows below a header; set aside every row whose quotation marks are in doubt."""
    rows = Rows(header, limits)
    number = 1
    for row, lines, problem in records(utf8, separator):
        is_below = number > header.row
        if row and not problem and lines > 1 and is_below:
            problem = _swallows_a_row(row, separator, table, header)
        if problem:
            for line in range(lines if is_below else 0):
                rows.broken.add(number + line, problem)
        elif is_below and row:
            if len(row) == header.width:
                rows.add(number, row)
            else:
                rows.broken.add(number, ragged(len(row), header.width))
        number += lines if problem else 1
    return ReadTable(rows.table(), header, rows.broken)


def records(utf8: bytes, separator: str) -> Iterator[tuple[Sequence[str], int, str]]:
    """Give each row, how many lines it has, and what is wrong with it."""
    csv.field_size_limit(LONGEST_ROW)
    lines = TextIOWrapper(BytesIO(utf8), encoding="utf-8", newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        before = reader.line_num
        try:
            row, problem = next(reader), ""
        except StopIteration:
            return
        except csv.Error as error:
            row, problem = [], _TOO_LONG if "field limit" in str(error) else UNCLOSED
        yield row, reader.line_num - before, problem


def ragged(values: int, columns: int) -> str:
    """Say that a row has too many or too few values."""
    return (
        f"has {values} values where the header has {columns} columns: "
        "put quotation marks round a value with the separator in it, and send it again"
    )


def is_plain_row(line: str, separator: str, width: int) -> bool:
    """Tell whether a line is a row of its own whose quotation marks are where they should be."""
    try:
        (row,) = csv.reader((line,), delimiter=separator, strict=True)
    except csv.Error:
        return False
    return len(row) == width


def _swallows_a_row(row: Sequence[str], separator: str, table: Table, header: Header) -> str:
    """Tell of a value over several lines, one of which is a row that has lost its place.

    Two marks that are both out of place close each other, and nothing but this shows it.
    """
    for place, value in enumerate(row):
        lines = [line.split(separator) for line in _LINE_END.split(value)]
        swallowed = [cells for cells in lines[1:-1] if len(cells) == header.width]
        swallowed += [cells for cells in lines[1:][-1:] if len(cells) == place + 1]
        if any(_is_like_a_row(cells, table, header) for cells in swallowed):
            return UNCLOSED
    return ""


def _is_like_a_row(cells: Sequence[str], table: Table, header: Header) -> bool:
    """Whether keys and dates stand where this file has them, so that it is no mere remark."""
    known = {name: cells[at] for name, at in header.positions.items() if at < len(cells) - 1}
    keys = [known[name].strip() for name in table.key if name in known]
    dates = [known[c.name] for c in table.read_columns if c.type == "date" and c.name in known]
    return (
        bool(keys)
        and all(key and " " not in key for key in keys)
        and all(_LIKE_A_DATE.fullmatch(date) for date in dates)
    )
