"""A written workbook as tests read it: cells, formulas, charts and the XML behind them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup
from openpyxl import load_workbook

from reporting.commentary.reading import Commentary
from reporting.queries import read_rows
from reporting.rows import PackRows
from reporting.workbook.book import write_workbook
from tests.unit.reporting.public_rows import LA, tables, write_warehouse

HEADER = 4


@dataclass(frozen=True)
class Written:
    """A workbook with the rows it was made from; `values` holds what the formulas came to."""

    rows: PackRows
    path: Path
    values: Any
    formulas: Any

    def table(self, sheet: str) -> list[dict[str, Any]]:
        """The lines of a sheet by the headings of its columns; dates without a time of day."""
        lines = self.values[sheet].iter_rows(min_row=HEADER, values_only=True)
        headers = next(lines)
        return [dict(zip(headers, map(_day, line), strict=True)) for line in lines]

    def row(self, sheet: str, measure: str) -> dict[str, Any]:
        """The one line of a measure, by its title."""
        (found,) = [line for line in self.table(sheet) if line["Measure"] == measure]
        return found

    def texts(self) -> Iterator[str]:
        """Every text in a cell."""
        for sheet in self.values:
            for line in sheet.iter_rows(values_only=True):
                yield from (value for value in line if isinstance(value, str))

    def xml(self, part: str = "") -> dict[str, str]:
        """The parts of the file whose name holds this text."""
        with zipfile.ZipFile(self.path) as parts:
            return {
                name: parts.read(name).decode("utf-8") for name in parts.namelist() if part in name
            }


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def commentary(rows: PackRows) -> dict[str, Commentary]:
    """A paragraph for each theme; one theme is written by its head of service."""
    return {
        row.theme: Commentary(
            theme=row.theme,
            html=Markup(""),
            paragraphs=(f"What is said of {row.theme_title}.",),
            is_written=row.theme == "placements",
            source="placements.md" if row.theme == "placements" else "",
        )
        for row in rows.indicators
    }


def written(rows: PackRows, folder: Path) -> Written:
    """The workbook of these rows, read back."""
    path = folder / "pack.xlsx"
    write_workbook(rows, commentary(rows), path)
    return Written(rows, path, load_workbook(path, data_only=True), load_workbook(path))


def rows_of(folder: Path) -> PackRows:
    """The rows of the invented council, read from a warehouse in this folder."""
    return read_rows(write_warehouse(folder / "rows.duckdb", tables()), LA)


def cached_numbers(chart: str) -> list[list[tuple[int, float]]]:
    """The values a chart keeps of each of its lines, with their places."""
    series = re.findall(r"<c:val>(.*?)</c:val>", chart, re.DOTALL)
    points = r'<c:pt idx="(\d+)"><c:v>([^<]*)</c:v>'
    return [[(int(at), float(value)) for at, value in re.findall(points, one)] for one in series]
