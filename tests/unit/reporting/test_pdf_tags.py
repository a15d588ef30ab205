"""What a screen reader finds in the PDF: the checks of PDF/UA-1 that a machine can make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pdfua
import pikepdf
import pytest

from tests.unit.reporting.pdf_reader import (
    Element,
    Printed,
    bookmarks,
    elements,
    kids_of,
    needs_pango,
    texts,
)

pytestmark = needs_pango
# This rule of pdfua fails on lists in the locked pikepdf; ours is `test_no_heading_is_empty`.
NOT_RUN = {"UA-14-001"}
HEADING = re.compile(r"H[1-6]$")


@pytest.fixture(scope="module")
def document(small: Printed) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(small.path) as opened:
        yield opened


@pytest.fixture(scope="module")
def tree(document: pikepdf.Pdf) -> list[Element]:
    return list(elements(document))


def test_pdfua_finds_nothing(small: Printed) -> None:
    report = pdfua.validate(str(small.path))
    assert [finding for outcome in report.outcomes for finding in outcome.findings] == []
    skipped = {outcome.rule_id for outcome in report.outcomes if outcome.skipped_reason}
    assert skipped <= NOT_RUN
    assert len(report.outcomes) > 10


def test_it_says_what_it_is(document: pikepdf.Pdf, small: Printed) -> None:
    root = document.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == "en-GB"
    assert root.ViewerPreferences.DisplayDocTitle
    page = small.page
    title = f"Corporate parenting performance, {page.month}: {page.council}"
    assert str(document.docinfo.Title) == title
    with document.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert told["dc:title"] == title
    assert str(document.docinfo.CreationDate) == str(document.docinfo.ModDate) == "D:20261031"


def test_every_header_cell_says_what_it_heads(tree: list[Element]) -> None:
    headers = [each for each in tree if each.tag == "TH"]
    assert len(headers) > 50
    for each in headers:
        expected = "/Column" if "THead" in each.above else "/Row"
        assert each.item.A.Scope == expected
    assert {str(each.item.A.Scope) for each in headers} == {"/Column", "/Row"}


def test_every_name_a_cell_points_to_is_listed(document: pikepdf.Pdf, tree: list[Element]) -> None:
    names = document.Root.StructTreeRoot.IDTree.Names
    listed = {str(name): names[2 * index + 1] for index, name in enumerate(list(names)[::2])}
    assert list(listed) == sorted(listed)
    assert {str(each.item.ID) for each in tree if each.tag == "TH"} == set(listed)
    for each in tree:
        if each.tag == "TD":
            assert {str(name) for name in each.item.A.get("/Headers", [])} <= set(listed)


def test_every_row_of_a_table_fills_it(tree: list[Element]) -> None:
    tables = [each for each in tree if each.tag == "Table"]
    assert len(tables) >= 20
    for table in tables:
        rows = [row for part in kids_of(table.item) for row in kids_of(part) if row.S == "/TR"]
        widths = {sum(int(cell.A.get("/ColSpan", 1)) for cell in kids_of(row)) for row in rows}
        assert len(rows) >= 2
        assert len(widths) == 1


def test_every_picture_has_words_and_stands_on_its_page(tree: list[Element]) -> None:
    figures = [each.item for each in tree if each.tag == "Figure"]
    assert len(figures) >= 15
    for figure in figures:
        assert len(str(figure.Alt)) > 40
        left, bottom, right, top = (float(side) for side in figure.A.BBox)
        assert 34 <= left < right <= 808.5
        assert 25 <= bottom < top <= 570


def test_the_boxes_of_pictures_are_counted_from_the_foot_of_the_page(
    document: pikepdf.Pdf, tree: list[Element]
) -> None:
    first = document.pages[0].objgen
    figures = [each.item for each in tree if each.tag == "Figure" and each.item.Pg.objgen == first]
    feet = [float(figure.A.BBox[1]) for figure in figures]
    assert len(feet) > 5
    assert feet == sorted(feet, reverse=True)


def test_headings_go_down_one_step_at_a_time(tree: list[Element]) -> None:
    levels = [int(each.tag[1]) for each in tree if HEADING.match(each.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_heading_is_a_bookmark(document: pikepdf.Pdf, tree: list[Element]) -> None:
    levels = [int(each.tag[1]) for each in tree if HEADING.match(each.tag)]
    marks = bookmarks(document)
    assert [depth for depth, _ in marks] == levels
    assert [text for depth, text in marks if depth == 2][:2] == [
        "Performance on a page",
        "Scorecard",
    ]
    assert all(text.strip() for _, text in marks)


def test_no_heading_is_empty(document: pikepdf.Pdf, tree: list[Element]) -> None:
    for each in tree:
        if HEADING.match(each.tag):
            assert any(kids_of(kid) for kid in kids_of(each.item))


def test_the_foot_of_the_page_is_furniture(document: pikepdf.Pdf, tree: list[Element]) -> None:
    held: dict[tuple[int, int], set[int]] = {}
    for each in tree:
        numbers = {int(kid) for kid in kids_of(each.item) if isinstance(kid, int)}
        if numbers:
            held.setdefault(each.item.Pg.objgen, set()).update(numbers)
    for page in document.pages:
        marks = [each for each in pikepdf.parse_content_stream(page) if str(each.operator) == "BDC"]
        pieces = {int(each.operands[1].MCID) for each in marks if "/MCID" in each.operands[1]}
        furniture = [each for each in marks if each.operands[0] == "/Artifact"]
        assert pieces == held[page.objgen]
        assert len(furniture) >= 2


def test_no_list_holds_anything_but_items(tree: list[Element]) -> None:
    for each in tree:
        if each.tag == "L":
            assert {str(kid.S) for kid in kids_of(each.item)} <= {"/LI", "/L"}


def test_links_are_told_apart_and_printed(document: pikepdf.Pdf, tree: list[Element]) -> None:
    told = [kid.Obj.objgen for each in tree if each.tag == "Link" for kid in kids_of(each.item)
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"]  # fmt: skip
    annotations = [link for page in document.pages for link in page.get("/Annots", [])]
    assert len(annotations) > 30
    assert sorted(link.objgen for link in annotations) == sorted(told)
    assert all(int(link.F) & 4 for link in annotations)


def test_the_whole_text_can_be_read_out(small: Printed) -> None:
    words = " ".join(texts(small.path))
    assert "\ufffd" not in words
    assert "\u25a1" not in words
