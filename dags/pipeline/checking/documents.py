"""The words of each file of the month: what can be read in a page, table, workbook, report or PDF.

Numbers in the number cells of a table or workbook are left out: no id is ever written as a number,
and a population may be as large as one.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.checking.pages import read_page
from pipeline.checking.pdf_words import pdf_words

ZIPPED = (".xlsx", ".docx")
READABLE = (".html", ".csv", ".json", ".txt", ".md", ".svg", ".xml", ".pdf", *ZIPPED)
# Columns of figures: they hold populations as large as an id, and never an id.
_FIGURE_COLUMNS = ("numerator", "denominator")
_HASHES = ("sha256",)
_NUMBER_CELL = re.compile(r'<c (?![^>]*\bt="(?:str|inlineStr|e)")[^>]*>.*?</c>', re.DOTALL)
_NUMBER_CACHE = re.compile(r"<c:numCache>.*?</c:numCache>", re.DOTALL)
_BLOCK_END = re.compile(r"</(?:w:p|si|is|a:p|c|c:pt)>|<(?:w:tab|w:br|w:cr)\b")
_SPOKEN = re.compile(
    r"\s(?:descr|title|name|Target|prompt|promptTitle|tooltip|display)=\"([^\"]*)\""
)
_SPOKEN_WORD = re.compile(r"<w:tbl(?:Caption|Description) w:val=\"([^\"]*)\"")


def texts(path: Path) -> Iterator[str]:
    """Give every text of a file; nothing for a file that holds no text."""
    if path.suffix == ".html":
        yield from read_page(path).texts()
    elif path.suffix == ".csv":
        yield _table_text(path)
    elif path.suffix == ".json":
        yield from _json_texts(json.loads(path.read_bytes()))
    elif path.suffix in ZIPPED:
        yield from _zipped_texts(path.read_bytes())
    elif path.suffix == ".pdf":
        yield from pdf_words(path)
    elif path.suffix in READABLE:
        yield path.read_text(encoding="utf-8")


def _table_text(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        header = next(rows, [])
        wanted = [at for at, name in enumerate(header) if name not in _FIGURE_COLUMNS]
        return "\n".join(row[at] for row in rows for at in wanted if at < len(row) and row[at])


def _json_texts(content: object) -> Iterator[str]:
    """The texts of a JSON file; its numbers are figures, and its hashes no words."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, list):
        for one in content:
            yield from _json_texts(one)
    elif isinstance(content, dict):
        for name, one in content.items():
            if name not in _HASHES:
                yield name
                yield from _json_texts(one)


def _zipped_texts(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                yield from _xml_texts(parts.read(name).decode("utf-8"))
            elif name.endswith(ZIPPED):
                yield from _zipped_texts(parts.read(name))


def _xml_texts(source: str) -> Iterator[str]:
    """The texts of one part: a paragraph or cell is one text, however it is cut into pieces."""
    for said in (*_SPOKEN.findall(source), *_SPOKEN_WORD.findall(source)):
        yield html.unescape(said)
    words = _NUMBER_CACHE.sub("", _NUMBER_CELL.sub("", source))
    yield html.unescape(re.sub(r"<[^>]*>", "", _BLOCK_END.sub("\n<", words)))
