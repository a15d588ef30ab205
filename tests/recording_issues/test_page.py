"""The pages of a council with every issue: each stands there once, with its weight."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.worklists import write_worklists
from synthetic.faults.catalogue import ISSUES
from tests.pages_of_a_pack import render_pack

from .councils import FAULTY, Built


@pytest.fixture(scope="module")
def folder(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published month of the faulty council."""
    folder = tmp_path_factory.mktemp("month")
    (folder / "restricted").mkdir()
    render_pack(built.build.database, FAULTY, folder)
    write_worklists(built.build.database, FAULTY, folder)
    return folder


def headings(page: str) -> list[str]:
    """The issues that have a heading of their own, in order."""
    return re.findall(r'<h3 id="(DQ\d\d)-title"', page)


def test_each_issue_stands_once_on_the_public_page_with_its_weight(folder: Path) -> None:
    page = (folder / "pack" / "data-quality.html").read_text(encoding="utf-8")
    assert sorted(headings(page)) == sorted(ISSUES)
    articles = re.findall(r"<article.*?</article>", page, re.S)
    assert all(re.search(r">(Figures moved:|No figure moved\.)<", one) for one in articles)
    assert sum("Figures moved:" in one for one in articles) >= 4
    assert "as recorded, " in page and "after repair" in page


def test_no_child_is_named_on_the_public_page(built: Built, folder: Path) -> None:
    page = (folder / "pack" / "data-quality.html").read_text(encoding="utf-8")
    people = {one.person_id for one in built.findings[FAULTY] if one.person_id.isdigit()}
    assert people and not people & set(re.findall(r"\d+", page))


def test_each_fault_stands_in_a_worklist_of_its_owner(built: Built, folder: Path) -> None:
    from openpyxl import load_workbook

    rows = [
        row
        for path in sorted((folder / "restricted" / "worklists").glob("*.xlsx"))
        for row in load_workbook(path, read_only=True)["Worklist"].iter_rows(
            min_row=2, values_only=True
        )
    ]
    assert len(rows) == len(built.findings[FAULTY])
