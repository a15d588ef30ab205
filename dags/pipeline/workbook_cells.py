"""Read one workbook in a process of its own: bytes in, JSON and CSV out.

A workbook is a program's worth of formats, and one cell far off can ask for more memory than any
machine has. So the file is opened here, where limits hold for the whole process and its end harms
nobody. Nothing in the workbook is executed, and nothing outside it is opened.

    python workbook_cells.py '{"names": ["ssd_person"], "memory": 4000000000, ...}' < a.xlsx

The first line written is JSON: why the workbook is ``refused``, or what its cells do not show by
themselves. All others are the sheet's rows as CSV.
"""

from __future__ import annotations

import csv
import datetime
import json
import re
import resource
import sys
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from pathlib import PurePosixPath
from typing import IO, Any
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZipFile

from python_calamine import CalamineWorkbook, SheetTypeEnum

# How the process ends where it needs more than it may have, or gives more than is taken.
TOO_MUCH, UNPACKS_TO_MORE = 3, 4

_CELL = re.compile(
    rb"<(?:\w+:)?c\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL
)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_IS_ERROR = re.compile(rb"""\bt=["']e["']""")
_IS_TEXT = re.compile(rb"""\bt=["'](?:str|s|inlineStr)["']""")
_UNKNOWN_TYPE = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\bt=(["'])(?!(?:b|d|e|n|s|str|inlineStr)\1)""")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
# Excel keeps fifteen digits of a number; of a longer one the last are not those that were typed.
_DIGITS_KEPT = 10**15
_CHUNK = 1 << 20
_WORDS = "xl/sharedStrings.xml"
SAVE_AGAIN = "cannot be opened as an Excel workbook: save it again as .xlsx"


class Refused(ValueError):
    """A workbook that is not read, and why."""


def main() -> None:
    """Answer the request in the first argument about the workbook on the standard input."""
    asked = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    try:
        said, rows = read(sys.stdin.buffer.read(), asked)
    except Refused as problem:
        said, rows = {"refused": str(problem)}, iter(())
    except SystemExit:
        raise
    except MemoryError:
        sys.exit(TOO_MUCH)
    except BaseException:
        # A broken workbook may raise anything, also a panic of the library: no Exception.
        said, rows = {"refused": SAVE_AGAIN}, iter(())
    out.write(json.dumps(said) + "\n")
    _write(out, rows, asked["unpacked"])
    out.flush()


def read(content: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], Iterator[list[str]]]:
    """Return what the cells do not show by themselves, and the rows of the table's sheet."""
    with ZipFile(BytesIO(content)) as parts:
        _require_small(parts, asked["unpacked"])
        book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        name = _sheet_name(workbook, asked["names"])
        cells = parts.read(_part_of(parts, book, name))
        for part in (cells, parts.read(_WORDS) if _WORDS in parts.namelist() else b"<x/>"):
            # The reader would take a sheet that is cut off for a short one.
            expat.ParserCreate().Parse(part, True)
        hidden = _hidden(cells)
    sheet = workbook.get_sheet_by_name(name)
    grid = sheet.to_python(skip_empty_area=False)
    if grid and len(grid[0]) > asked["columns"]:
        return {"columns": len(grid[0])}, iter(())
    if len(grid) > asked["rows"]:
        return {"rows": len(grid)}, iter(())
    merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
    said = {"cells": hidden, "merged": merged, "is_1904": _counts_from_1904(book)}
    return said, ([cell_text(cell) for cell in row] for row in grid)


def cell_text(cell: object) -> str:
    """Write a cell as a CSV would hold it: 7.0 as 7, a date as 2026-10-31, nothing as ''."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _DIGITS_KEPT:
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        at_midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if at_midnight else cell.isoformat(" ", "seconds")
    return str(cell)


def _require_small(parts: ZipFile, most: int) -> None:
    """Unpack every part once, without keeping it: what a file says of its size may be a lie."""
    names = parts.namelist()
    if len(set(names)) != len(names) or "xl/workbook.xml" not in names:
        raise Refused(SAVE_AGAIN)
    left = most
    for part in parts.infolist():
        with parts.open(part) as file:
            for chunk in iter(_chunks(file), b""):
                left -= len(chunk)
                if left < 0:
                    sys.exit(UNPACKS_TO_MORE)


def _chunks(file: IO[bytes]) -> Callable[[], bytes]:
    return lambda: file.read(_CHUNK)


def _sheet_name(workbook: CalamineWorkbook, wanted: list[str]) -> str:
    sheets = [one.name for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    named = [one for one in sheets if re.sub(r"[\s_]+", "_", one.strip().lower()) in wanted]
    if len(named) > 1:
        told = " and ".join(f"'{one}'" for one in named)
        raise Refused(f"has the sheets {told}, which are named for the same table: keep one")
    if not sheets:
        raise Refused("has no sheet with cells: save the table again as .xlsx")
    return (named or sheets)[0]


def _part_of(parts: ZipFile, book: ElementTree.Element, name: str) -> str:
    """Return which part of the file holds a sheet."""
    relations = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    sheet = next(
        one for one in book.iter() if one.tag.endswith("}sheet") and one.get("name") == name
    )
    relation = next(value for key, value in sheet.items() if key.endswith("}id"))
    return str(PurePosixPath("/xl") / targets[relation]).lstrip("/")


def _counts_from_1904(book: ElementTree.Element) -> bool:
    properties = (one for one in book.iter() if one.tag.endswith("}workbookPr"))
    return any(one.get("date1904") in ("1", "true") for one in properties)


def _hidden(sheet: bytes) -> list[list[object]]:
    """List what reading the cells would take for empty: errors, and formulas without a result.

    Each is row and column from 0 and its text; the text of a formula is not given.
    """
    if sheet.startswith((b"\xff\xfe", b"\xfe\xff")) or _UNKNOWN_TYPE.search(sheet):
        raise Refused(SAVE_AGAIN)
    if not _IS_ERROR.search(sheet) and not _FORMULA.search(sheet):
        return []
    found: list[list[object]] = []
    for cell in _CELL.finditer(sheet):
        attributes, inside = cell.group(1), cell.group(2) or b""
        is_error = _IS_ERROR.search(attributes) is not None
        value = _VALUE.search(inside)
        has_result = (value and value.group(1)) or _IS_TEXT.search(attributes)
        if not is_error and (has_result or not _FORMULA.search(inside)):
            continue
        place = _PLACE.search(attributes)
        if place is None:
            raise Refused(SAVE_AGAIN)
        text = value.group(1).decode("utf-8", "replace") if is_error and value else ""
        found.append([int(place.group(2)) - 1, _column(place.group(1)), text])
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _write(out: TextIOWrapper, rows: Iterator[list[str]], most: int) -> None:
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        most -= sum(map(len, row))
        if most < 0:
            sys.exit(UNPACKS_TO_MORE)
        writer.writerow(row)


if __name__ == "__main__":
    main()
