"""One workbook for each owner of recording faults: which child, what to look at, what to type.

The same rows give the same bytes. Every text of a record is written as text, never as a formula,
and the files are for their owner alone.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby
from pathlib import Path

import duckdb
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reporting.wording import month_name, slug

Row = Mapping[str, object]

# Heading, column of the report model, and width in characters.
COLUMNS = (
    ("Case id", "person_id", 14),
    ("Issue", "issue_id", 8),
    ("What it is", "title", 26),
    ("Severity", "severity", 9),
    ("Table", "table_name", 18),
    ("Row id", "row_id", 16),
    ("Column", "column_name", 24),
    ("Recorded value", "bad_value", 16),
    ("What is wrong", "detail", 44),
    ("What to look at and to type", "to_do", 44),
    ("What shows it", "evidence", 34),
    ("Our figures meanwhile use", "repaired_value", 18),
    ("Open since", "open_since", 11),
    ("Months open", "months_open", 9),
)
_BLANKS = {
    "person_id": "(no one child)",
    "bad_value": "(nothing recorded)",
    "repaired_value": "the recorded value",
}
_HOW_TO_USE = (
    "Each line of the sheet Worklist is one fault of recording that was found in this month's "
    "extract and that is yours to put right in the source system.",
    "Look up the case id, table and row, and check what is recorded there against the case. What "
    "is wrong, what shows it and what to type stand on the line.",
    "Type nothing into this workbook: it is made anew each month. A fault that has been put right "
    "in the source system is gone from the next one.",
    "The lines are in order of severity, the longest open first. Our figures meanwhile use what "
    "stands in its column; nothing in the source system is changed by that.",
    "This workbook holds case ids. Keep it within the team.",
)
_LONGEST_CELL = 32_767
_SEVERITIES = "list_position(['high', 'medium', 'low'], severity)"
_ORDER = (
    f"owner, {_SEVERITIES} nulls last, months_open desc, issue_id, person_id nulls last, "
    "table_name, row_id nulls last, column_name, bad_value nulls last"
)


@dataclass(frozen=True)
class Month:
    """Whose worklists these are and which month's."""

    council: str
    month: str
    made: datetime


@dataclass(frozen=True)
class Formats:
    """The looks of a cell."""

    title: Format
    head: Format
    text: Format
    number: Format


def write_worklists(warehouse: Path, la: str, folder: Path) -> list[Path]:
    """Write ``restricted/worklists/<owner>.xlsx`` for each owner with a fault; return the paths."""
    target = folder / "restricted" / "worklists"
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.mkdir(mode=0o700)
    month, rows = _read(warehouse, la)
    written = []
    by_file = sorted(rows, key=_file_of)
    for name, lines in groupby(by_file, key=_file_of):
        written.append(_write(target / name, month, list(lines)))
    return written


def _file_of(row: Row) -> str:
    return f"{slug(str(row['owner']))}.xlsx"


def _read(warehouse: Path, la: str) -> tuple[Month, list[Row]]:
    wanted = ("owner", *(column for _, column, _ in COLUMNS))
    query = f"select {', '.join(wanted)} from rpt_dq_issue where la = ? order by {_ORDER}"
    front = "select council_name, month, period_end from rpt_public_front where la = ?"
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(front, [la]).fetchall()
        rows = connection.execute(query, [la]).fetchall()
    council, month, day = found[0]
    made = datetime.combine(day, time())
    return Month(council, month, made), [dict(zip(wanted, row, strict=True)) for row in rows]


def _write(path: Path, month: Month, rows: Sequence[Row]) -> Path:
    owner = str(rows[0]["owner"])
    with Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as workbook:
        workbook.set_properties(
            {"title": f"Worklist: {owner}", "company": month.council, "created": month.made}
        )
        formats = _formats(workbook)
        _about(workbook.add_worksheet("About"), month, owner, rows, formats)
        _worklist(workbook.add_worksheet("Worklist"), month, owner, rows, formats)
    path.chmod(0o600)
    return path


def _formats(workbook: Workbook) -> Formats:
    text = {"text_wrap": True, "valign": "top", "num_format": "@"}
    head = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2, "bg_color": "#EEF4F9"}
    return Formats(
        title=workbook.add_format({"bold": True, "font_size": 16}),
        head=workbook.add_format(head),
        text=workbook.add_format(text),
        number=workbook.add_format({"valign": "top", "num_format": "0"}),
    )


def _about(
    sheet: Worksheet, month: Month, owner: str, rows: Sequence[Row], formats: Formats
) -> None:
    _set_up_print(sheet, month, owner)
    sheet.set_column(0, 0, 70)
    sheet.set_column(1, 2, 14)
    sheet.write_string(0, 0, f"Worklist: {owner}", formats.title)
    sheet.write_string(1, 0, f"{month.council}, extract of {month_name(month.month)}", formats.text)
    for line, text in enumerate(_HOW_TO_USE, start=3):
        sheet.write_string(line, 0, text, formats.text)
    first = 4 + len(_HOW_TO_USE)
    for column, heading in enumerate(("Issue", "To look at", "Longest open, months")):
        sheet.write_string(first, column, heading, formats.head)
    for line, (name, count, longest) in enumerate(_counts(rows), start=first + 1):
        sheet.write_string(line, 0, name, formats.text)
        sheet.write_number(line, 1, count, formats.number)
        sheet.write_number(line, 2, longest, formats.number)


def _counts(rows: Sequence[Row]) -> list[tuple[str, int, int]]:
    """Each issue with the number of its lines and the months the oldest has been open."""
    months: dict[str, list[int]] = {}
    for row in rows:
        name = f"{row['issue_id']} {row['title']}"
        months.setdefault(name, []).append(int(str(row["months_open"])))
    return [(name, len(months[name]), max(months[name])) for name in sorted(months)]


def _worklist(
    sheet: Worksheet, month: Month, owner: str, rows: Sequence[Row], formats: Formats
) -> None:
    _set_up_print(sheet, month, owner)
    for column, (heading, _, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, formats.head)
    for line, row in enumerate(rows, start=1):
        for column, (_, name, _) in enumerate(COLUMNS):
            if name == "months_open":
                sheet.write_number(line, column, int(str(row[name])), formats.number)
            else:
                sheet.write_string(line, column, _text(row, name), formats.text)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
    sheet.repeat_rows(0)


def _text(row: Row, name: str) -> str:
    value = row[name]
    return _BLANKS.get(name, "") if value is None else str(value)[:_LONGEST_CELL]


def _set_up_print(sheet: Worksheet, month: Month, owner: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    # A header of a sheet knows & as the start of a code.
    name = owner.replace("&", "&&")
    sheet.set_footer(f"&L{name}, {month.month}&CKeep within the team&R&P of &N")
