"""The pack as a workbook, for officers who look figures up, filter and chart them.

Same rows, same bytes: no clock, no folder and no random name gets into the file. What is hidden in
the rows is hidden here, in cells, formulas and charts alike.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from reporting import wording
from reporting.rows import PackRows
from reporting.workbook.cells import clean
from reporting.workbook.cover import TITLE, write_cover
from reporting.workbook.history import history_tables
from reporting.workbook.lists import months, part_table, signals
from reporting.workbook.scorecard import write_scorecard
from reporting.workbook.sheets import Book, workbook, write_table
from reporting.workbook.trends import chart_figures, write_trends
from reporting.workbook.words import commentary_table, definitions, extracts, faults, repaired

LANGUAGE = "en-GB"
GAPS = b'<c:dispBlanksAs val="gap"/>'
SHEETS = (
    ("Scorecard", "Every measure: three months, year to date, rating, signal, benchmarks, notes"),
    ("Trends", "A chart for each measure, with its target and who it is compared with"),
    ("Commentary", "What heads of service say of each theme"),
    ("Changed figures", "Figures of earlier months that read otherwise than in last month’s pack"),
    ("Records behind changes", "The records that came, changed or went behind each changed figure"),
    ("Lateness", "How long after the event new records were first in an extract"),
    ("Usual movement", "How much each figure usually moves when it is run again"),
    ("Months", "Every measure in every month, with numerators, denominators and limits"),
    ("Parts", "What figures are made of: by age, legal status, reason"),
    ("Signals", "What the months together say of each measure, and why"),
    ("Repaired figures", "Each figure as recorded and after repair"),
    ("Recording faults", "What can be wrong in the records, how often it is, who puts it right"),
    ("Definitions", "What each measure counts, over whom and why"),
    ("How this was made", "The files the month was made from"),
    ("Chart figures", "The levels the charts are drawn from"),
)

if TYPE_CHECKING:
    from reporting.commentary.reading import Commentary


def write_workbook(rows: PackRows, commentary: Mapping[str, Commentary], path: Path) -> None:
    """Write one edition of the pack as a workbook; the same rows give the same bytes.

    Raises PackDataError where a rating does not follow from its own thresholds.
    """
    made = io.BytesIO()
    file = workbook(made)
    file.set_properties(_properties(rows))
    book = Book(file, rows)
    write_cover(book, commentary, SHEETS)
    write_scorecard(book)
    write_trends(book)
    for table in (
        commentary_table(rows, commentary),
        *history_tables(rows),
        months(rows),
        part_table(rows),
        signals(rows),
        repaired(rows),
        faults(rows),
        definitions(rows),
        extracts(rows),
        chart_figures(rows),
    ):
        write_table(book, table)
    file.close()
    path.write_bytes(_finished(made))


def _properties(rows: PackRows) -> dict[str, str | datetime]:
    month, council = wording.known(rows.front), clean(rows.front.council_name)
    return {
        "title": f"{TITLE}, {month}: {council}",
        "subject": rows.edition.label,
        "author": council,
        "created": datetime.combine(rows.front.period_end, time()),
    }


def _finished(made: io.BytesIO) -> bytes:
    """The file with what its writer leaves out: its language, and that a chart's gap is a gap."""
    named = io.BytesIO()
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(named, "w", zipfile.ZIP_DEFLATED) as now:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == "docProps/core.xml":
                language = f"<dc:language>{LANGUAGE}</dc:language></cp:coreProperties>".encode()
                content = content.replace(b"</cp:coreProperties>", language)
            elif entry.filename.startswith("xl/charts/"):
                for written in (b'lang="%s"', b'c:lang val="%s"'):
                    content = content.replace(written % b"en-US", written % LANGUAGE.encode())
                content = content.replace(b"</c:chart>", GAPS + b"</c:chart>")
            now.writestr(entry, content)
    return named.getvalue()
