"""The committee report in Word: what it says, of which figures, and that it is well made."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from reporting.cover.report import TEMPLATE, write_cover_report
from reporting.cover.words import build_cover
from reporting.rows import SUPPRESSED, Figure, PackRows
from tests.unit.reporting import cover_story as story
from tests.unit.reporting.public_rows import ORIGINAL


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> PackRows:
    return story.public_rows(tmp_path_factory.mktemp("rows"))


@pytest.fixture(scope="module")
def report(rows: PackRows, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "cover-report.docx"
    write_cover_report(rows, story.story_commentary(), TEMPLATE, path)
    return path


def _table_rows(path: Path) -> dict[str, list[str]]:
    """Each measure's cells in its theme's table, by its title."""
    return {
        row.cells[0].text: [cell.text for cell in row.cells[1:]]
        for table in story.opened(path).tables
        for row in table.rows[1:]
    }


def test_the_sections_stand_in_the_councils_order(report: Path) -> None:
    assert story.headings(story.opened(report)) == story.SECTIONS


def test_the_front_leaves_to_the_officer_what_we_do_not_know(report: Path) -> None:
    said = story.lines(story.opened(report))
    assert said[:4] == [
        "Eastmoor & Vale Council",
        "Public report",
        "Corporate Parenting Performance Report",
        "October 2026",
    ]
    for line in (
        "Committee\t[name of committee]",
        "Date of meeting\t[date of meeting]",
        "Report title\tCorporate Parenting Performance Report, October 2026",
        "Accountable officer(s)\t[name and post]",
        "Report author\t[name, post and email address]",
        "Ward(s) affected\t[all wards]",
    ):
        assert line in said


def test_the_officers_edition_is_marked_exempt_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    rows = story.officers_rows(tmp_path / "rows")
    write_cover_report(rows, story.story_commentary(), TEMPLATE, path)
    document = story.opened(path)
    assert story.lines(document)[1].startswith("Exempt report: not for publication")
    assert document.sections[0].header.paragraphs[0].text == "Exempt: not for publication"
    assert "is hidden so that no child" not in "\n".join(story.lines(document))


def test_the_public_edition_is_not_marked_exempt(report: Path) -> None:
    document = story.opened(report)
    assert document.sections[0].header.paragraphs[0].text == ""
    assert "Exempt" not in story.all_parts(report)
    assert "is hidden so that no child" in "\n".join(story.lines(document))


def test_every_headline_is_a_sentence_of_the_summary(rows: PackRows, report: Path) -> None:
    said = story.lines(story.opened(report))
    summary = said[said.index("Summary") : said.index("Recommendations")]
    headlines = build_cover(rows, {}).headlines
    assert len(headlines) == sum(row.headline_order is not None for row in rows.indicators)
    assert [line for line in summary if line in headlines] == list(headlines)
    assert any(
        "551 children were looked after at 31 October 2026, 7 more than in September and 23 fewer"
        in line
        for line in summary
    )


def test_each_theme_has_its_words_and_a_table_with_every_measure(
    rows: PackRows, report: Path
) -> None:
    document = story.opened(report)
    themes = dict.fromkeys(
        row.theme_title for row in sorted(rows.indicators, key=lambda row: row.theme_order)
    )
    assert story.headings(document, 2)[: len(themes)] == list(themes)
    assert len(document.tables) == len(themes)
    assert set(_table_rows(report)) == {row.title for row in rows.indicators}


def test_the_cells_are_the_figures_of_the_rows(report: Path) -> None:
    cells = _table_rows(report)
    assert cells["Number of looked after children"] == [
        "544", "551", "Up", "No target", "–", "Unusual",
    ]  # fmt: skip
    assert cells["Long term looked after children in placements stable for at least 2 years"] == [
        "63.9%", "62.7%\n94 of 150", "Down, worse", "Red", "70+", "Getting worse",
    ]  # fmt: skip
    hidden = cells["Ceased through permanence (SGO, CAO/residence order, adoption)"]
    assert hidden[:4] == ["47.1%", "hidden", "not shown", "No rating"]
    assert cells["Number of foster carers (households)"][:2] == ["not available"] * 2


def test_a_rating_is_a_word_on_a_pale_ground(report: Path) -> None:
    ground = {
        row.cells[4].text: row.cells[4]._tc.tcPr.find(qn("w:shd")).get(qn("w:fill"))
        for table in story.opened(report).tables
        for row in table.rows[1:]
    }
    assert ground == {
        "Green": "D3EBDB",
        "Amber": "FFE8AE",
        "Red": "F9D2D6",
        "No target": "auto",
        "No rating": "auto",
    }


def test_what_was_written_keeps_its_paragraphs_and_what_was_made_is_a_list(report: Path) -> None:
    styles = {each.text: each.style.name for each in story.opened(report).paragraphs if each.style}
    assert styles["First words."] == "Normal"
    assert styles["One made sentence."] == styles["And one more."] == "List Bullet"


def test_headings_and_lists_that_were_written_are_headings_and_lists(
    rows: PackRows, tmp_path: Path
) -> None:
    marked = (
        "<p>Before, <em>twice</em><br />\nas <a href='https://a.b'>much</a>.</p>\n"
        "<h3>Legal &amp; other</h3>\n<blockquote>\n<p>Said.</p>\n</blockquote>\n"
        "<ul>\n<li>tight<ul>\n<li>within</li>\n</ul>\n</li>\n</ul>\n"
        "<ol>\n<li>\n<p>loose</p>\n</li>\n</ol>\nAfter."
    )
    names = ("recommendations", "implications", "placements")
    path = tmp_path / "report.docx"
    write_cover_report(
        rows, {name: story.marked_up(name, marked) for name in names}, TEMPLATE, path
    )
    said = [(each.text, each.style.name) for each in story.opened(path).paragraphs if each.style]
    for heading, item, plain in (
        ("Heading 3", "List Number", "Normal"), ("Heading 3", "List Bullet", "Normal"),
        ("Heading 2", "List Bullet", "Implication"),
    ):  # fmt: skip
        at = said.index(("Before, twice as much.", plain))
        assert said[at + 1 : at + 7] == [
            ("Legal & other", heading), ("Said.", plain), ("tight", item), ("within", item),
            ("loose", item), ("After.", plain),
        ]  # fmt: skip
        said = said[at + 7 :]


def test_text_is_text_and_never_a_tag(report: Path) -> None:
    assert story.READ_AS in story.lines(story.opened(report))


def test_a_council_of_any_name_stands_as_it_is(rows: PackRows, tmp_path: Path) -> None:
    name = "A & <B> {{ month }} “C” Council"
    named = replace(rows, front=replace(rows.front, council_name=name))
    path = tmp_path / "report.docx"
    write_cover_report(named, {}, TEMPLATE, path)
    document = story.opened(path)
    assert document.paragraphs[0].text == name
    assert document.core_properties.author == name
    assert name in document.sections[0].footer.paragraphs[0].text


def test_summary_recommendations_and_implications_are_those_written(
    rows: PackRows, tmp_path: Path
) -> None:
    names = ("summary", "recommendations", "implications")
    path = tmp_path / "report.docx"
    given = {name: story.written(name, f"Our {name}.", "Second.") for name in names}
    write_cover_report(rows, given, TEMPLATE, path)
    said = story.lines(story.opened(path))
    for heading, name in (("Summary", names[0]), ("Recommendations", names[1]),
                          ("Implications", names[2])):  # fmt: skip
        assert said.index(f"Our {name}.") > said.index(heading)
    assert "That the Panel:" not in said
    assert "Financial" not in said


def test_without_them_the_standing_words_stand(report: Path) -> None:
    document = story.opened(report)
    said = story.lines(document)
    asked = said.index("That the Panel:")
    assert said[asked + 1] == "receives the report and considers the issues arising."
    assert story.headings(document, 2)[-7:] == [
        "Financial",
        "Legal",
        "Human resources",
        "Children and young people",
        "Equalities and human rights",
        "Partners",
        "Risks",
    ]
    to_complete = [line for line in said if line.startswith("[To be completed: ")]
    assert len(to_complete) == 7


def test_what_to_ask_about_first_is_the_packs_own_list(rows: PackRows, report: Path) -> None:
    said = story.lines(story.opened(report))
    picks = build_cover(rows, {}).ask_first
    start = said.index("What to ask about first") + 2
    assert picks
    assert said[start : start + len(picks)] == [
        f"{pick.title} ({pick.rating}): {pick.words}." for pick in picks
    ]


def test_a_measure_that_is_always_all_of_itself_is_left_to_the_pack(rows: PackRows) -> None:
    parts = {"family_based_pct": next(iter(rows.parts.values()))}
    cover = build_cover(replace(rows, parts=parts), {})
    titles = {measure.title for theme in cover.themes for measure in theme.measures}
    assert "Looked after children in a family based setting" not in titles
    assert len(titles) == len(rows.indicators) - 1


def test_a_hidden_figure_is_never_in_the_file(rows: PackRows, tmp_path: Path) -> None:
    leaked = Figure(ORIGINAL, SUPPRESSED)
    hidden = replace(
        rows,
        indicators=tuple(
            replace(row, **{
                name: leaked
                for name in ("month_minus_1", "month", "year_ago")
                if getattr(row, name).status == SUPPRESSED
            })
            for row in rows.indicators
        ),
        trend={
            name: tuple(
                replace(each, value=ORIGINAL) if each.status == SUPPRESSED else each
                for each in points
            )
            for name, points in rows.trend.items()
        },
    )  # fmt: skip
    path = tmp_path / "report.docx"
    write_cover_report(hidden, {}, TEMPLATE, path)
    assert hidden != rows
    assert not re.search(r"37[.,]1", story.all_parts(path))
