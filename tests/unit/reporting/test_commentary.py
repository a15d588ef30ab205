"""What was written, or else plain sentences: which file is read and what comes of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reporting.commentary.reading import CommentaryError, read_commentary
from reporting.commentary.source import FURTHER, THEMES
from reporting.rows import PackRows
from tests.unit.reporting.commentary_files import officers_rows, public_rows, read, refused, write

CATALOGUE = Path(__file__).parents[3] / "dbt_project" / "macros" / "catalogue.sql"


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> PackRows:
    return public_rows(tmp_path_factory.mktemp("commentary"))


def test_a_written_commentary_is_the_same_words_on_a_page_and_as_text(
    tmp_path: Path, rows: PackRows
) -> None:
    said = read(
        tmp_path,
        rows,
        "## Checks & plans\n\nUp to date: **{{ figure('health_assessment_up_to_date_pct') }}**"
        " ({{ out_of('health_assessment_up_to_date_pct') }}).\n\n- One\n- *Two*, see"
        " [the plan](https://example.org/plan?a=1&b=2)\n",
    )
    assert said.html == (
        "<h3>Checks &amp; plans</h3>\n<p>Up to date: <strong>88.1%</strong> (458 of 520).</p>\n"
        '<ul>\n<li>One</li>\n<li><em>Two</em>, see <a href="https://example.org/plan?a=1&amp;b=2">'
        "the plan</a></li>\n</ul>"
    )
    assert said.paragraphs == (
        "Checks & plans", "Up to date: 88.1% (458 of 520).", "One", "Two, see the plan",
    )  # fmt: skip
    assert (said.is_written, said.source) == (True, "2026-10/health.md")
    assert said.html.striptags() == " ".join(said.paragraphs).replace("&", "&")


def test_a_theme_without_a_file_is_said_in_sentences_of_its_figures(rows: PackRows) -> None:
    found = read_commentary([], rows, rows)
    assert list(found) == [
        "looked-after-children", "reviews-plans-visits", "placements", "health", "care-leavers",
        "fostering", "caseloads",
    ]  # fmt: skip
    said = found["health"]
    assert (said.is_written, said.source) == (False, "")
    assert said.paragraphs[0] == (
        "88.1% of children in care (458 of 520) had an up to date health assessment at"
        " 31 October 2026, 0.7 percentage points lower than in September and 4.0 higher than a"
        " year ago; the target is 90% or more and similar councils average 88.2% (2024/25)."
    )
    assert said.html.count("<p>") == len(said.paragraphs) == 2


def test_the_inbox_goes_before_the_folder_that_is_shipped(tmp_path: Path, rows: PackRows) -> None:
    inbox = write(tmp_path / "inbox", "From the inbox.")
    shipped = write(tmp_path / "shipped", "Shipped.")
    write(tmp_path / "shipped", "Shipped alone.", "placements")
    found = read_commentary([inbox, tmp_path / "nowhere", shipped], rows, rows)
    assert found["health"].paragraphs == ("From the inbox.",)
    assert found["placements"].paragraphs == ("Shipped alone.",)


def test_the_further_parts_are_there_only_where_they_are_written(
    tmp_path: Path, rows: PackRows
) -> None:
    for part in FURTHER:
        write(tmp_path, f"The {part}.", part)
    found = read_commentary([tmp_path], rows, rows)
    assert [found[part].paragraphs for part in FURTHER] == [
        (f"The {part}.",) for part in FURTHER
    ]  # fmt: skip


def test_a_theme_of_which_the_pack_has_no_figure_can_be_written_about(
    tmp_path: Path, rows: PackRows
) -> None:
    assert read(tmp_path, rows, "The virtual school has moved.", "education").is_written


def test_another_month_is_not_read(tmp_path: Path, rows: PackRows) -> None:
    write(tmp_path, "{{ broken", month="2026-09")
    assert not read_commentary([tmp_path], rows, rows)["health"].is_written


def test_a_hidden_figure_is_printed_as_words_and_in_the_officers_edition_as_it_is(
    tmp_path: Path, rows: PackRows
) -> None:
    text = "To a permanent home: {{ figure('ceased_permanence_pct') }}."
    assert read(tmp_path, rows, text).paragraphs == ("To a permanent home: hidden.",)
    officers = officers_rows(rows)
    found = read_commentary([tmp_path], officers, officers)
    assert found["health"].paragraphs == ("To a permanent home: 28.6%.",)


def test_text_that_looks_like_a_formula_is_text(tmp_path: Path, rows: PackRows) -> None:
    said = read(tmp_path, rows, '=HYPERLINK("https://example.org";"A & B")')
    assert said.paragraphs == ('=HYPERLINK("https://example.org";"A & B")',)
    assert said.html == ("<p>=HYPERLINK(&quot;https://example.org&quot;;&quot;A &amp; B&quot;)</p>")


@pytest.mark.parametrize("name", ["helth.md", "Health.md", "health.txt", "notes"])
def test_a_file_of_no_part_of_the_pack_is_refused(
    tmp_path: Path, rows: PackRows, name: str
) -> None:
    write(tmp_path, "Words.").joinpath("2026-10", name).write_text("Words.")
    with pytest.raises(CommentaryError) as error:
        read_commentary([tmp_path], rows, rows)
    assert f"2026-10/{name}: no part of the pack has this name" in str(error.value)
    assert "caseloads.md" in str(error.value)
    assert ("is health.md meant?" in str(error.value)) == (name != "notes")


def test_a_folder_that_is_no_month_is_refused(tmp_path: Path, rows: PackRows) -> None:
    (tmp_path / "October 2026").mkdir()
    with pytest.raises(CommentaryError, match="October 2026: a folder of commentary is named"):
        read_commentary([tmp_path], rows, rows)


def test_what_machines_leave_in_a_folder_is_passed_over(tmp_path: Path, rows: PackRows) -> None:
    for name in (".DS_Store", "Thumbs.db", "~$health.md"):
        write(tmp_path, "Words.").joinpath("2026-10", name).write_text("x")
    assert read_commentary([tmp_path], rows, rows)["health"].is_written


def test_a_link_or_a_folder_in_place_of_a_file_is_refused(tmp_path: Path, rows: PackRows) -> None:
    (tmp_path / "2026-10").mkdir()
    (tmp_path / "2026-10" / "health.md").symlink_to(CATALOGUE)
    with pytest.raises(CommentaryError, match="must be a file of its own"):
        read_commentary([tmp_path], rows, rows)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Caf\xe9".encode("latin-1"), "health.md, line 1: is not UTF-8 text"),
        ("One\n\nTwo \x93quoted\x94".encode("latin-1"), "health.md, line 3: is not UTF-8 text"),
        ("Words".encode("utf-16"), "is not UTF-8 text"),
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"x" * 10_001, "10,001 bytes long; at most 10,000"),
        ("One\nT\u200bwo", "line 2: the 2. character (U+200B) cannot be seen"),
        ("T\x00wo", "line 1: the 2. character (U+0000)"),
        ("Two\ue000", "U+E000"),
        ("right \u202eto left", "U+202E"),
    ],
)
def test_what_is_no_plain_text_is_refused_with_its_line(
    tmp_path: Path, rows: PackRows, text: str | bytes, words: str
) -> None:
    assert words in refused(tmp_path, rows, text)


def test_a_mark_at_the_start_and_line_ends_of_windows_are_read(
    tmp_path: Path, rows: PackRows
) -> None:
    said = read(tmp_path, rows, b"\xef\xbb\xbfOne\r\ntwo\r\n\r\nThree\r\n")
    assert said.paragraphs == ("One two", "Three")


def test_the_themes_are_those_of_the_catalogue() -> None:
    macro = CATALOGUE.read_text().split("macro themes()")[1].split("endmacro")[0]
    assert tuple(re.findall(r"\('([a-z-]+)',", macro)) == THEMES
