"""The cover report as a file: readable aloud, the same anywhere, and its template in order."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import fields
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from reporting.cover.paragraphs import CoverParagraph
from reporting.cover.report import TEMPLATE, write_cover_report
from reporting.cover.words import Cover, CoverMeasure, CoverPick, CoverTheme
from reporting.rows import PackRows
from tests.unit.reporting import cover_story as story

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> PackRows:
    return story.public_rows(tmp_path_factory.mktemp("rows"))


@pytest.fixture(scope="module")
def report(rows: PackRows, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "cover-report.docx"
    write_cover_report(rows, story.story_commentary(), TEMPLATE, path)
    return path


def test_the_tables_can_be_read_aloud(report: Path) -> None:
    for table in story.opened(report).tables:
        head, *body = table._tbl.tr_lst
        assert head.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in (head, *body))
        assert not any(row.trPr.find(qn("w:tblHeader")) is not None for row in body)
        for name in ("w:tblCaption", "w:tblDescription"):
            assert table._tbl.tblPr.find(qn(name)).get(qn("w:val"))
        assert not table._tbl.xpath(".//w:gridSpan|.//w:vMerge")


def test_the_file_says_its_title_language_and_page_numbers(report: Path) -> None:
    document = story.opened(report)
    assert document.core_properties.title == "Corporate Parenting Performance Report, October 2026"
    assert document.core_properties.language == "en-GB"
    language = document.styles.element.xpath("./w:docDefaults//w:lang")[0]
    assert language.get(qn("w:val")) == "en-GB"
    footer = document.sections[0].footer._element.xpath(".//w:instrText")
    assert [each.text.strip() for each in footer] == ["PAGE", "NUMPAGES"]
    assert document.paragraphs[2].style.name == "Title"
    levels = [int(each.style.name[-1]) for each in document.paragraphs
              if each.style.name.startswith("Heading")]  # fmt: skip
    assert levels[0] == 1 and all(b - a <= 1 for a, b in pairwise(levels))


def test_nothing_of_the_template_is_left(rows: PackRows, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    write_cover_report(rows, {}, TEMPLATE, path)
    assert not re.search(r"\{\{|\}\}|\{%|%\}|\{#", story.all_parts(path))


def test_every_tag_of_the_template_is_known_and_every_name_is_used() -> None:
    known = {field.name for field in fields(Cover)}
    used = DocxTemplate(TEMPLATE).get_undeclared_template_variables(SandboxedEnvironment())
    assert used <= known
    words = story.all_parts(TEMPLATE)
    within: dict[str, type[Any]] = {
        "theme": CoverTheme, "measure": CoverMeasure, "pick": CoverPick,
        "paragraph": CoverParagraph,
    }  # fmt: skip
    for name, kind in within.items():
        for field in fields(kind):
            assert f"{name}.{field.name}" in words
    assert known - used == {"edition"}, "the label of the edition is for a council's own template"


def test_the_guide_for_officers_names_every_name() -> None:
    guide = (TEMPLATE.parent / "README.md").read_text(encoding="utf-8")
    for kind in (Cover, CoverTheme, CoverMeasure, CoverPick, CoverParagraph):
        for field in fields(kind):
            assert re.search(rf"`(\w+\.)?{field.name}`", guide), field.name


_WRITE = """
import sys
from pathlib import Path
from reporting.cover.paragraphs import CoverParagraph
from reporting.cover.report import TEMPLATE, write_cover_report
from reporting.queries import read_rows
from tests.unit.reporting.cover_story import story_commentary
rows = read_rows(Path(sys.argv[1]), sys.argv[2])
write_cover_report(rows, story_commentary(), TEMPLATE, Path(sys.argv[3]))
"""


def test_the_same_rows_give_the_same_bytes_anywhere(rows: PackRows, tmp_path: Path) -> None:
    story.public_rows(tmp_path)
    made = []
    for number, (seed, zone) in enumerate((("0", "UTC"), ("77", "Pacific/Auckland"))):
        folder = tmp_path / f"place {number}"
        folder.mkdir()
        path = folder / "report.docx"
        subprocess.run(
            [sys.executable, "-c", _WRITE, str(tmp_path / "warehouse.duckdb"), "E08000099",
             str(path)],
            check=True, cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone,
                 "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'dags'}"},
        )  # fmt: skip
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_the_dates_in_the_file_are_the_months(report: Path) -> None:
    properties = story.opened(report).core_properties
    month_end = datetime(2026, 10, 31)
    assert properties.created and properties.created.replace(tzinfo=None) == month_end
    assert properties.modified and properties.modified.replace(tzinfo=None) == month_end
    with zipfile.ZipFile(report) as parts:
        entries = parts.infolist()
        assert {entry.date_time for entry in entries} == {(2026, 10, 31, 0, 0, 0)}
        assert [entry.filename for entry in entries[:2]] == ["[Content_Types].xml", "_rels/.rels"]
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(entry))


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here")
def test_another_word_processor_opens_it(report: Path, tmp_path: Path) -> None:
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = ["soffice", "--headless", home, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(report)], check=True, capture_output=True, timeout=120)
    pdfium = pytest.importorskip("pypdfium2")
    with pdfium.PdfDocument(tmp_path / "cover-report.pdf") as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    found = [re.search(rf"\d+\.\s+{section}", text) for section in story.SECTIONS]
    assert all(found)
    assert story.READ_AS.split(":")[0] in " ".join(text.split())
