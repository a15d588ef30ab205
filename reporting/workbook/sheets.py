"""Writing sheets: one table a sheet, with everything a reader and a printer need.

Every sheet says in its first cell what it is, has a marked header row, frozen panes and print
settings. No cell is merged. A text is always written as a text, never guessed to be a formula, a
link or a number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from reporting import wording
from reporting.rows import PackRows
from reporting.workbook.cells import LOOKS, NUMBERS, Cell, Look, clean, height

A3, A4 = 8, 9
LONGEST_FOOTER = 250
# The lines under a heading for the button of its filter.
FILTER_BUTTON = 1
FONT: Look = {"font_name": "Calibri", "font_size": 11}


@dataclass(frozen=True)
class Column:
    """A column: its heading and its width in characters."""

    header: str
    width: float


@dataclass(frozen=True)
class Table:
    """A sheet with one table; `nothing` is said in place of a table without a row.

    `frozen` columns stay in sight, `printed` of them are printed (all, unless it is given). Only
    a table that nothing points into `is_sortable`.
    """

    name: str
    title: str
    intro: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    nothing: str = "Nothing to show."
    frozen: int = 2
    paper: int = A4
    printed: int = 0
    is_sortable: bool = True

    @property
    def first_row(self) -> int:
        """The row of the first line under the header, counted from 0."""
        return HEADER_ROW + 1


HEADER_ROW = 3


@dataclass
class Book:
    """The workbook being written, its formats and what stands at the foot of each page."""

    file: Any
    rows: PackRows
    formats: dict[str, Any] = field(default_factory=dict)

    def look(self, name: str) -> Any:
        """The format of a look, made once."""
        if name not in self.formats:
            self.formats[name] = self.file.add_format(FONT | LOOKS[name])
        return self.formats[name]

    def format(self, properties: Mapping[str, Any]) -> Any:
        """A format of its own, for conditional formats."""
        return self.file.add_format(dict(properties))

    def sheet(self, name: str, paper: int) -> Any:
        """A new sheet, set up to print: landscape, one page wide, with a footer."""
        sheet = self.file.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(footer(self.rows), {"margin": 0.3})
        sheet.hide_gridlines(2)
        return sheet


def workbook(target: Any) -> Any:
    """An empty workbook that takes no text for a formula, a link or a number."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    return xlsxwriter.Workbook(target, options)


def footer(rows: PackRows) -> str:
    """Council and month, edition, and the number of the page."""
    council = clean(rows.front.council_name).replace("\n", " ")
    edition = rows.edition.label.replace("&", "&&")
    right = "&RPage &P of &N"
    month = f", {wording.month_year(rows.front.period_end)}"
    room = LONGEST_FOOTER - len(f"&L{month}&C{edition}{right}")
    if len(council.replace("&", "&&")) > room:
        council = council[: room // 2 - 2] + "…"
    return f"&L{council.replace('&', '&&')}{month}&C{edition}{right}"


def write_table(book: Book, table: Table) -> Any:
    """Write a table on a sheet of its own and return the sheet."""
    sheet = book.sheet(table.name, table.paper)
    write(book, sheet, 0, 0, Cell(table.title, "title"))
    write(book, sheet, 1, 0, Cell(table.intro, "intro"))
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, column.width)
    sheet.freeze_panes(HEADER_ROW + 1, table.frozen)
    sheet.repeat_rows(HEADER_ROW)
    if not table.rows:
        sheet.freeze_panes(HEADER_ROW, 0)
        sheet.write_string(HEADER_ROW, 0, table.nothing, book.look("intro"))
        return sheet
    _write_body(book, sheet, table)
    return sheet


def _write_body(book: Book, sheet: Any, table: Table) -> None:
    last_row = HEADER_ROW + len(table.rows)
    widths = [column.width for column in table.columns]
    headers = [Cell(column.header) for column in table.columns]
    sheet.set_row(HEADER_ROW, height(zip(headers, widths, strict=True), more=FILTER_BUTTON))
    for number, row in enumerate(table.rows, start=table.first_row):
        sheet.set_row(number, height(zip(row, widths, strict=True)))
        for column, cell in enumerate(row):
            write(book, sheet, number, column, cell)
    options = {
        "name": table.name.replace(" ", "_"),
        "title": clean(table.title),
        "description": clean(table.intro),
        "style": None,
        "autofilter": table.is_sortable,
        "columns": _headers(book, table),
    }
    sheet.add_table(HEADER_ROW, 0, last_row, len(table.columns) - 1, options)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{address(last_row, len(widths) - 1)}"})
    printed = table.printed or len(table.columns)
    sheet.print_area(0, 0, last_row, printed - 1)


def _headers(book: Book, table: Table) -> list[dict[str, Any]]:
    """The headings, those of numbers set to the right."""
    looks: list[set[str]] = [set() for _ in table.columns]
    for row in table.rows:
        for found, cell in zip(looks, row, strict=True):
            found.add(cell.look)
    right = [bool(found & set(NUMBERS)) for found in looks]
    return [
        {
            "header": clean(column.header),
            "header_format": book.look("header right" if is_right else "header"),
        }
        for column, is_right in zip(table.columns, right, strict=True)
    ]


def write(book: Book, sheet: Any, row: int, column: int, cell: Cell) -> None:
    """Write one cell as what it is."""
    look = book.look(cell.look)
    content = cell.value
    if cell.formula:
        sheet.write_formula(row, column, cell.formula, look, content)
    elif content is None or content == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(content, str):
        sheet.write_string(row, column, clean(content), look)
    elif isinstance(content, date):
        sheet.write_datetime(row, column, content, look)
    else:
        sheet.write_number(row, column, content, look)


def address(row: int, column: int) -> str:
    """`H5`, of a row and a column counted from 0; the column is fixed."""
    return str(xl_rowcol_to_cell(row, column, col_abs=True))
