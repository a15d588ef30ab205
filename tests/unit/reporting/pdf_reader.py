"""A PDF read for the tests: its structure tree through pikepdf, its words through pdfium."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from reporting.commentary.reading import read_commentary
from reporting.page.definitions import build_definitions
from reporting.page.pack import Page, build_page
from reporting.pdf import document as pdf
from reporting.queries import read_rows
from reporting.rows import OFFICERS, Edition
from tests.unit.reporting.public_rows import LA, Tables, write_warehouse


@dataclass(frozen=True)
class Printed:
    """A written PDF and the page it was made from."""

    path: Path
    page: Page


def possible() -> bool:
    """False where Pango is missing; in CI that is an error, not a reason to skip."""
    try:
        pdf._weasyprint()
    except pdf.PdfNotPossible:
        return bool(os.environ.get("CI"))
    return True


needs_pango = pytest.mark.skipif(not possible(), reason=f"no Pango; {pdf.INSTALL}")


def printed(folder: Path, rows: Tables, edition: Edition) -> Printed:
    """The PDF of one edition of these rows."""
    folder.mkdir(parents=True, exist_ok=True)
    warehouse = write_warehouse(folder / "warehouse.duckdb", rows)
    found = read_rows(warehouse, LA, edition)
    page = build_page(found, read_commentary((), found, read_rows(warehouse, LA, OFFICERS)))
    path = folder / "pack.pdf"
    pdf.write_pdf(page, build_definitions(found), found.front.period_end, path)
    return Printed(path, page)


@dataclass(frozen=True)
class Element:
    """One element of the structure tree, and the tags above it."""

    tag: str
    item: Any
    above: tuple[str, ...]


def elements(document: pikepdf.Pdf) -> Iterator[Element]:
    """Every element in reading order."""
    waiting = [(document.Root.StructTreeRoot.K[0], ())]
    while waiting:
        item, above = waiting.pop()
        tag = str(item.S)[1:]
        yield Element(tag, item, above)
        kids = [kid for kid in kids_of(item) if _is_element(kid)]
        waiting.extend((kid, (*above, tag)) for kid in reversed(kids))


def kids_of(item: Any) -> list[Any]:
    """What an element holds: elements, references to links, and numbers of pieces of text."""
    kids = item.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _is_element(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") != "/OBJR"


def bookmarks(document: pikepdf.Pdf) -> list[tuple[int, str]]:
    """Depth and words of every bookmark, in order."""
    found: list[tuple[int, str]] = []

    def walk(items: Any, depth: int) -> None:
        for item in items:
            found.append((depth, str(item.title)))
            walk(item.children, depth + 1)

    with document.open_outline() as outline:
        walk(outline.root, 1)
    return found


def texts(path: Path) -> list[str]:
    """The words of every page, on one line."""
    document = pypdfium2.PdfDocument(path)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def boxes(path: Path) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    """The page and the box (left, bottom, right, top) of every piece of text, in points."""
    for number, page in enumerate(pypdfium2.PdfDocument(path), start=1):
        found = page.get_textpage()
        for index in range(found.count_rects()):
            yield number, found.get_rect(index)
