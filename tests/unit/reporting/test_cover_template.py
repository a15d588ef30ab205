"""A Word template that cannot be used: one clear message, and nothing is written."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from reporting.cover.report import TEMPLATE, CoverReportError, write_cover_report
from reporting.rows import PackRows
from tests.unit.reporting import cover_story as story

Refused = Callable[..., str]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> PackRows:
    return story.public_rows(tmp_path_factory.mktemp("rows"))


@pytest.fixture()
def refused(rows: PackRows, tmp_path: Path) -> Refused:
    """The message for a template that holds some paragraphs; nothing may have been written."""

    def message(*paragraphs: str, template: Path | None = None, footer: str = "") -> str:
        if template is None:
            template = tmp_path / "ours.docx"
            document = Document()
            for text in paragraphs:
                document.add_paragraph(text)
            document.sections[0].footer.paragraphs[0].text = footer
            document.save(str(template))
        path = tmp_path / "report.docx"
        with pytest.raises(CoverReportError) as error:
            write_cover_report(rows, story.story_commentary(), template, path)
        assert not path.exists()
        said = str(error.value)
        assert said.startswith(f"{template}: ")
        assert "\n" not in said
        return said.removeprefix(f"{template}: ")

    return message


def test_a_template_that_is_not_there(refused: Refused, tmp_path: Path) -> None:
    said = refused(template=tmp_path / "none.docx")
    assert said == "the Word template of the cover report is not there."


def test_a_folder_for_a_template(refused: Refused, tmp_path: Path) -> None:
    assert "is not there" in refused(template=tmp_path)


@pytest.mark.parametrize("content", [b"", b"Dear all", b"PK\x03\x04 torn"])
def test_a_file_that_is_no_word_file(refused: Refused, tmp_path: Path, content: bytes) -> None:
    template = tmp_path / "words.docx"
    template.write_bytes(content)
    assert refused(template=template).startswith("this is not a Word document (.docx).")


def test_another_zip_by_that_name(refused: Refused, tmp_path: Path) -> None:
    template = tmp_path / "zip.docx"
    with zipfile.ZipFile(template, "w") as parts:
        parts.writestr("a.txt", "a")
    assert "not a Word document" in refused(template=template)


@pytest.mark.parametrize(
    ("paragraphs", "told"),
    [
        (("{{ council", "x"), "a tag lacks one of its ends in “{{ council”"),
        (("To council }}",), "a tag lacks one of its ends in “To council }}”"),
        (("{% if is_public",), "a tag lacks one of its ends in “{% if is_public”"),
        (("{{ month }",), "a tag lacks one of its ends in “{{ month }”"),
        (("{%p for theme in themes %}", "x"), "{%p for theme in themes %} is never closed"),
        (("{%p if is_public %}", "x", "{%p endfor %}"), "{%p endfor %} closes nothing"),
        (("x", "{%p endif %}"), "{%p endif %} closes nothing"),
        (("{{ conucil }}",), "{{ conucil }}: conucil is no known name"),
        (
            ("{%p if not is_public %}", "{{ nowhere }}", "{%p endif %}"),
            "{{ nowhere }}: nowhere is no known name",
        ),
        (("{%p fro theme in themes %}",), "{%p fro theme in themes %}: "),
        (("{{ council | shout }}",), "{{ council | shout }}: "),
        (("{{ council council }}",), "{{ council council }}: "),
        (
            ("{%p for theme in themes %}", "{{ theme.titel }}", "{%p endfor %}"),
            "{{ theme.titel }}: ",
        ),
        (("{{ council() }}",), "'str' object is not callable"),
        (("{{ 1 / 0 }}",), "division by zero"),
        (("{{ council.__class__.__mro__ }}",), "{{ council.__class__.__mro__ }}: "),
    ],
)
def test_a_tag_that_is_wrong(refused: Refused, paragraphs: tuple[str, ...], told: str) -> None:
    said = refused(*paragraphs)
    assert told in said
    assert said.endswith("are listed in reporting/word_templates/README.md.")


def test_a_tag_that_is_wrong_in_the_footer(refused: Refused) -> None:
    assert "{{ pages }}: pages is no known name" in refused("x", footer="{{ pages }}")


def test_an_if_that_ends_inside_a_table(refused: Refused, tmp_path: Path) -> None:
    """What is left out would tear the table open; no file is better than half a file."""
    template = tmp_path / "torn.docx"
    document = Document()
    document.add_paragraph("{% if not is_public %}")
    document.add_table(1, 1).cell(0, 0).text = "{% endif %}"
    document.save(str(template))
    assert refused(template=template).startswith("a for or an if cuts a table or paragraph in two")


def test_a_councils_own_template_is_used(rows: PackRows, tmp_path: Path) -> None:
    template, path = tmp_path / "ours.docx", tmp_path / "report.docx"
    shutil.copy(TEMPLATE, template)
    document = Document(str(template))
    document.paragraphs[0].insert_paragraph_before("Agenda item 7: {{ edition }}")
    document.save(str(template))
    write_cover_report(rows, {}, template, path)
    first = story.lines(story.opened(path))[0]
    assert first == "Agenda item 7: Public edition: small numbers are hidden"


def test_a_template_that_was_refused_leaves_the_report_before_it(
    rows: PackRows, tmp_path: Path
) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(b"last month's")
    with pytest.raises(CoverReportError):
        write_cover_report(rows, {}, tmp_path / "none.docx", path)
    assert path.read_bytes() == b"last month's"
