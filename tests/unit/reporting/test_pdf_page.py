"""What only paper needs: columns of equal length, months side by side, colours by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reporting.page.definitions import build_definitions
from reporting.page.pack import Page, build_page
from reporting.pdf import document as pdf
from reporting.pdf import layout as pdf_page
from reporting.queries import read_rows
from reporting.rows import PUBLIC, PackRows
from reporting.signals import Said
from tests.unit.reporting.public_rows import LA, tables, write_warehouse


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> PackRows:
    folder: Path = tmp_path_factory.mktemp("rows")
    return read_rows(write_warehouse(folder / "db", tables()), LA, PUBLIC)


@pytest.fixture(scope="module")
def page(rows: PackRows) -> Page:
    return build_page(rows, {})


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([], [[], [], []]),
        ([9], [[9], [], []]),
        ([1, 50], [[1], [50], []]),
        ([5, 5, 5, 5, 5, 5], [[5, 5], [5, 5], [5, 5]]),
        ([30, 5, 5, 5, 15], [[30], [5, 5], [5, 15]]),
    ],
)
def test_columns_are_of_about_the_same_length(
    lengths: list[int], expected: list[list[int]]
) -> None:
    assert [list(column) for column in pdf_page.columns(lengths, 3, int)] == expected


def test_columns_keep_everything_in_its_order() -> None:
    items = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9]
    for many in (1, 2, 3, 4):
        cut = pdf_page.columns(items, many, int)
        assert len(cut) == many
        assert [item for column in cut for item in column] == items


def test_months_stand_side_by_side_oldest_first(page: Page) -> None:
    for sheet in pdf_page.sheets(page.themes):
        assert len(sheet.months) == 13
        assert (sheet.months[0], sheet.months[-1]) == ("Oct 2025", "Oct 2026")
        for line in sheet.lines:
            months = [cell.month for cell in line.cells if cell]
            assert months == [month for month in sheet.months if month in months]
            assert len(line.cells) == 13


def test_a_measure_with_fewer_months_leaves_the_others_open(page: Page) -> None:
    theme = page.themes[0]
    short = replace(theme.measures[0], month_rows=theme.measures[0].month_rows[:2])
    sheet = pdf_page.sheets([replace(theme, measures=(short, theme.measures[1]))])[0]
    assert sheet.lines[0].cells[:11] == (None,) * 11
    assert all(sheet.lines[0].cells[11:])


def test_what_is_said_of_several_measures_is_said_once(page: Page) -> None:
    said = Said("Not tested", "none", "Not tested: numbers are too small.")
    one, two, *_ = (replace(measure, signal=said) for measure in page.themes[0].measures)
    other = replace(one, title="Third", signal=Said("Unusual", "unusual", "Unusual: above."))
    sheet = pdf_page.sheets([replace(page.themes[0], measures=(one, other, two))])[0]
    told = [each for column in sheet.signals for each in column]
    assert [(each.titles, each.sentence) for each in told] == [
        (f"{one.title}; {two.title}", said.sentence),
        ("Third", "Unusual: above."),
    ]


def test_the_colours_are_those_of_the_screen() -> None:
    ink = pdf_page.ink()
    style = pdf_page.STYLE.read_text(encoding="utf-8")
    for name, colour in ink.items():
        assert name in pdf_page.GROUNDS or f"--{name}: {colour}" in style


def test_facts_left_out_are_facts_there_are(rows: PackRows) -> None:
    themes = build_definitions(rows).themes
    labels = {label for theme in themes for entry in theme.entries for label, _ in entry.source}
    assert set(pdf_page.SCREEN_ONLY) <= labels


@pytest.mark.parametrize(
    "name", ['A "b"', "back\\slash", "</style>", "naïve ŵ", "a; } b {", "x\ny"]
)
def test_a_name_in_the_stylesheet_stays_a_name(name: str) -> None:
    tinycss2 = pytest.importorskip("tinycss2")
    made = pdf._css_text(name)
    assert not set('"<>;{}\n') & set(made)
    (token,) = tinycss2.parse_component_value_list(f'"{made}"')
    assert token.value == name


def test_the_printed_page_links_to_nothing_outside(rows: PackRows, page: Page) -> None:
    html = pdf.print_html(page, build_definitions(rows), rows.front.period_end).html
    assert 'href="' in html
    assert not [part for part in html.split('href="')[1:] if not part.startswith("#")]
    assert "{{" not in html
