"""The invented council's rows and commentary for the cover report, and a reader of what it says."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

from docx import Document
from docx.document import Document as WordFile
from docx.table import Table
from markupsafe import Markup

from reporting.commentary.reading import Commentary
from reporting.queries import read_rows
from reporting.rows import OFFICERS, PackRows
from tests.unit.reporting.public_rows import LA, Tables, tables, write_warehouse

SECTIONS = [
    "Summary",
    "Recommendations",
    "List of appendices",
    "Background papers",
    "Key issues by theme",
    "What to ask about first",
    "Options considered",
    "Consultation",
    "Timetable",
    "Implications",
    "Accountable officer",
]
AWKWARD = "Costs & benefits <not yet known>: {{ council }} {% if x %} \x07\x0c\ufffe“yes”"
READ_AS = "Costs & benefits <not yet known>: {{ council }} {% if x %} “yes”"


def public_rows(folder: Path, rows: Tables | None = None) -> PackRows:
    """The public rows of the story, read from a warehouse file as the pack reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    return read_rows(write_warehouse(folder / "warehouse.duckdb", rows or tables()), LA)


def officers_rows(folder: Path) -> PackRows:
    """The same rows as the officers' edition."""
    return replace(public_rows(folder), edition=OFFICERS)


def written(theme: str, *paragraphs: str) -> Commentary:
    """What a person wrote on a theme, as paragraphs."""
    html = Markup("").join(Markup("<p>{}</p>\n").format(text) for text in paragraphs)
    return Commentary(theme, html, paragraphs, True, f"{theme}.md")


def marked_up(theme: str, html: str) -> Commentary:
    """What a person wrote on a theme, with headings and lists."""
    return Commentary(theme, Markup(html), (), True, f"{theme}.md")


def story_commentary() -> dict[str, Commentary]:
    """Two themes written, one with made sentences, no summary, recommendations or implications."""
    made = Commentary("health", Markup(""), ("One made sentence.", "And one more."), False, "")
    return {
        "looked-after-children": written("looked-after-children", "First words.", AWKWARD),
        "placements": written("placements", "Homes are steadier."),
        "health": made,
    }


def opened(path: Path) -> WordFile:
    """The report as python-docx opens it."""
    return Document(str(path))


def lines(document: WordFile) -> list[str]:
    """The words of the body in reading order: a paragraph a line, a table row a line."""
    said: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            said += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            said.append(block.text)
    return said


def headings(document: WordFile, level: int = 1) -> list[str]:
    """The headings of one level, in order."""
    style = f"Heading {level}"
    return [each.text for each in document.paragraphs if each.style and each.style.name == style]


def all_parts(path: Path) -> str:
    """The XML of every part of a Word file."""
    with zipfile.ZipFile(path) as parts:
        return "\n".join(
            parts.read(name).decode("utf-8") for name in parts.namelist() if name.endswith("ml")
        )
