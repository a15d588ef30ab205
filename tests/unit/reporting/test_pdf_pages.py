"""What the reader of the PDF sees: contents in their order, nothing cut off, one type family."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pikepdf
import pytest

from reporting.page.html import TEMPLATES
from reporting.rows import OFFICERS, PUBLIC
from tests.unit.reporting.pdf_reader import Printed, boxes, needs_pango, printed, texts
from tests.unit.reporting.public_rows import ORIGINAL, row_of, tables

pytestmark = needs_pango
WIDTH, HEIGHT, MILLIMETRE = 841.89, 595.28, 72 / 25.4
LEFT, TOP = 12 * MILLIMETRE, 9 * MILLIMETRE
FEWEST_WORDS = 30


@pytest.fixture(scope="module")
def officers(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return printed(tmp_path_factory.mktemp("officers"), tables(), OFFICERS)


@pytest.fixture(scope="module")
def document(small: Printed) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(small.path) as opened:
        yield opened


def test_the_contents_stand_in_the_packs_order(small: Printed) -> None:
    words = " ".join(texts(small.path))
    themes = [f"{theme.title} What these measures count" for theme in small.page.themes]
    parts = [
        "Performance on a page",
        "Scorecard",
        *themes,
        "Figures that changed since last month",
        "Data quality Known faults",
        "Definitions Looked",
        "How to read this pack",
        "How this was made",
    ]
    places = [words.find(part) for part in parts[:-3]] + [words.rfind(part) for part in parts[-3:]]
    assert min(places) >= 0
    assert places == sorted(places)


def test_performance_is_on_one_page(small: Printed) -> None:
    first, second = texts(small.path)[:2]
    for sentence in small.page.headlines:
        said = f"{sentence.before}{sentence.figure}{sentence.after}"
        assert " ".join(said.split()) in first
    for pick in (*small.page.ask_first, *small.page.going_well):
        assert pick.title in first
    for text in (*small.page.notes, *small.page.gaps):
        assert text in first
    assert "How this was made" in first
    assert second.startswith("Scorecard")


def test_every_measure_has_its_line_its_chart_and_its_months(small: Printed) -> None:
    pages = texts(small.path)
    words = " ".join(pages)
    for theme in small.page.themes:
        for measure in theme.measures:
            assert words.count(measure.title) >= 3
            for cell in measure.months:
                assert cell.text in words
            for row in measure.month_rows:
                assert row.month in words
                if row.numerator != "–" and measure.has_people:
                    assert f"{row.numerator} of {row.denominator}" in words


def test_nothing_is_outside_the_margins(small: Printed, officers: Printed) -> None:
    for made in (small, officers):
        for page, (left, bottom, right, top) in boxes(made.path):
            assert left > LEFT - 1, page
            assert right < WIDTH - LEFT + 1, page
            assert bottom > 5 * MILLIMETRE, page
            assert top < HEIGHT - TOP + 1, page


def test_no_text_lies_on_another(small: Printed) -> None:
    found = [(page, box) for page, box in boxes(small.path) if box[0] < box[2] and box[1] < box[3]]
    for (page, one), (other_page, other) in combinations(found, 2):
        if page == other_page:
            width = min(one[2], other[2]) - max(one[0], other[0])
            height = min(one[3], other[3]) - max(one[1], other[1])
            assert width <= 1 or height <= 0.4 * min(one[3] - one[1], other[3] - other[1]), page


def test_no_page_holds_a_line_or_two(small: Printed) -> None:
    pages = texts(small.path)
    assert 10 <= len(pages) <= 30
    assert [
        number for number, text in enumerate(pages, start=1) if len(text.split()) < FEWEST_WORDS
    ] == []


def test_each_page_says_whose_it_is_and_which_one(small: Printed, officers: Printed) -> None:
    for made in (small, officers):
        pages = texts(made.path)
        for number, text in enumerate(pages, start=1):
            foot = f"Corporate parenting performance, {made.page.month} · {made.page.edition}"
            assert f"{made.page.council} · {foot}" in text
            assert f"Page {number} of {len(pages)}" in text


def test_the_officers_edition_says_where_it_must_stay(officers: Printed) -> None:
    assert all("keep within the team" in text for text in texts(officers.path))


def test_one_type_family_travels_with_the_file(document: pikepdf.Pdf) -> None:
    fonts = [font for page in document.pages for font in page.Resources.Font.values()]
    assert fonts
    for font in fonts:
        inside = (
            font.DescendantFonts[0].FontDescriptor
            if "/DescendantFonts" in font
            else font.FontDescriptor
        )
        assert "Source-Sans-3" in str(font.BaseFont)
        assert {"/FontFile2", "/FontFile3"} & set(inside.keys())
        assert "/ToUnicode" in font


def test_it_asks_for_nothing_and_runs_nothing(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        for link in page.get("/Annots", []):
            assert "/A" not in link or "/URI" not in link.A
    assert not {"/AA", "/OpenAction", "/AcroForm"} & set(document.Root.keys())


def test_the_labels_of_a_chart_print_at_eight_points_or_more() -> None:
    width = re.search(r"\.card img \{ width: (\d+)mm", _template("print.css"))
    label = re.search(
        r'viewBox="0 \d+ (\d+) \d+" [^>]*font-size="([\d.]+)"', _template("print.chart.j2")
    )
    assert width and label
    assert float(width[1]) * MILLIMETRE / float(label[1]) * float(label[2]) >= 8


def test_no_text_is_set_smaller_than_seven_points_and_a_half() -> None:
    sizes = re.findall(r"(?:font-size: |/|400 )([\d.]+)pt", _template("print.css"))
    type_sizes = [
        float(size)
        for size in re.findall(r"font(?:-size)?: (?:400 )?([\d.]+)pt", _template("print.css"))
    ]
    assert sizes
    assert min(type_sizes) >= 7.4


def test_a_hidden_figure_is_nowhere_in_the_file(tmp_path: Path) -> None:
    rows = tables()
    row = row_of(rows, "rpt_public_scorecard", "ceased_permanence_pct")
    assert row["month_status"] == "suppressed"
    made = printed(tmp_path, rows, PUBLIC)
    with pikepdf.open(made.path) as opened:
        alts = [
            str(each.Alt)
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]
    assert str(ORIGINAL) not in " ".join([*texts(made.path), *alts])


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")
