"""The workbook: every figure in it is the pack's, and nothing of the data runs."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from reporting import wording
from reporting.history.rows import History
from reporting.page.changes import listed
from reporting.rows import (
    FIGURES,
    SUPPRESSED,
    Figure,
    Indicator,
    PackRows,
    Part,
    TrendPoint,
)
from reporting.workbook.book import SHEETS
from reporting.workbook.cells import CUT, LONGEST_TEXT, RATING_COLOURS, clean
from reporting.workbook.scorecard import FORMULAS
from tests.unit.reporting.public_rows import ORIGINAL
from tests.unit.reporting.workbook_reader import (
    HEADER,
    Written,
    cached_numbers,
    rows_of,
    written,
)

REPOSITORY = Path(__file__).resolve().parents[3]
NAMES = ["Cover", *(name for name, _ in SHEETS)]
LISTS = [name for name in NAMES if name not in ("Cover", "Trends")]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The workbook of the invented council's public pack."""
    folder = tmp_path_factory.mktemp("workbook")
    return written(rows_of(folder), folder)


def expected(shown: Figure | TrendPoint, unit: str) -> float | str | None:
    """What a cell holds of a figure: the number itself, or the words in its place."""
    return shown.value if shown.is_shown else wording.figure(shown, unit) or None


def _with(rows: PackRows, indicator_id: str, **changes: Any) -> PackRows:
    """The rows with another content of one measure."""
    return replace(
        rows,
        indicators=tuple(
            replace(row, **changes) if row.indicator_id == indicator_id else row
            for row in rows.indicators
        ),
    )


# ---- the figures


def test_the_scorecard_holds_every_figure_of_the_rows(book: Written) -> None:
    headers = (
        "Aug 2026", "Sep 2026", "Oct 2026", "Year to date", "Year end, Mar 2026",
        "A year ago, Oct 2025",
    )  # fmt: skip
    for row in book.rows.indicators:
        line = book.row("Scorecard", row.title)
        figures = [expected(getattr(row, name), row.unit) for name in FIGURES]
        assert [line[header] for header in headers] == figures, row.indicator_id
        assert (line["Green is"] or "", line["Red is"] or "") == (row.green, row.red)
        assert line["National average"] == row.national_average
        assert line["Rating"] in (wording.RATINGS[row.rag], wording.NO_TARGET)


def test_the_scorecard_stands_in_the_order_of_the_themes(book: Written) -> None:
    themes = [line["Theme"] for line in book.table("Scorecard")]
    order = list(dict.fromkeys(themes))
    by_order = sorted({(row.theme_order, row.theme_title) for row in book.rows.indicators})
    assert order == [title for _, title in by_order]
    assert len(themes) == len(book.rows.indicators)


def test_a_movement_has_its_amount_its_direction_and_its_judgement_apart(book: Written) -> None:
    line = book.row("Scorecard", "Looked after children cases reviewed within timescales")
    moved = (line["Change on last month"], line["Direction"], line["Better or worse"])
    assert moved == (-2.1, "Down", "Worse")
    assert (line["Number counted"], line["Out of"], line["Rating"]) == (102, 109, "Amber")


def test_every_month_of_every_measure_is_a_line(book: Written) -> None:
    lines = iter(book.table("Months"))
    themes = {row.indicator_id: row.theme_order for row in book.rows.indicators}
    for row in sorted(book.rows.indicators, key=lambda row: themes[row.indicator_id]):
        for point in book.rows.trend[row.indicator_id]:
            line = next(lines)
            assert (line["Measure"], line["Month"]) == (row.title, point.period_end)
            assert line["Figure"] == expected(point, row.unit)
            behind = (point.numerator, point.denominator) if point.is_shown else (None, None)
            assert (line["Number counted"], line["Out of"]) == behind
    assert next(lines, None) is None


def test_the_limits_stand_beside_the_months_they_are_of(book: Written) -> None:
    lines = [line for line in book.table("Months") if line["Ref"] == "4.1"]
    assert {(line["Lower limit"], line["Upper limit"]) for line in lines} == {(551.4, 580.6)}
    assert lines[-1]["Signal in the month"] == "A run on one side of the average"
    assert lines[0]["Signal in the month"] is None


def test_parts_changes_and_repairs_are_the_rows_own(book: Written) -> None:
    parts: list[Part] = [part for found in book.rows.parts.values() for part in found]
    in_parts = [(line["Number"], line["Share"]) for line in book.table("Parts")]
    both = [(expected(p.numerator, "count"), expected(p.figure, "percent")) for p in parts]
    assert in_parts == both
    themes = {row.indicator_id: row.theme_order for row in book.rows.indicators}
    changed = [
        (line["Month"], line["In last month’s pack"], line["Now"], line["Rows that came"])
        for line in book.table("Changed figures")
    ]
    assert changed == [
        (row.period_end, expected(row.before, row.unit), expected(row.now, row.unit),
         expected(row.rows_added, "count"))
        for row in sorted(listed(book.rows.changed), key=lambda row: themes[row.indicator_id])
    ]  # fmt: skip
    repaired = [(line["As recorded"], line["After repair"], line["Children behind the move"])
                for line in book.table("Repaired figures")]  # fmt: skip
    assert repaired == [
        (expected(row.recorded, row.unit), expected(row.repaired, row.unit),
         expected(row.children, "count"))
        for row in book.rows.impacts
    ]  # fmt: skip


def test_faults_definitions_commentary_and_files_are_all_there(book: Written) -> None:
    faults = [(line["Id"], line["Found"]) for line in book.table("Recording faults")]
    assert faults == [(row.issue_id, expected(row.faults, "count")) for row in book.rows.issues]
    defined = [line["What it counts"] for line in book.table("Definitions")]
    assert defined == [row.definition for row in book.rows.definitions]
    said = {line["Theme"]: line["Written by"] for line in book.table("Commentary")}
    assert said["Placements"] == "Head of service (placements.md)"
    assert said["Care leavers"] == "Made from the figures"
    files = [(line["File"] or "", line["Rows read"]) for line in book.table("How this was made")]
    landed = [
        (row.file_name, row.landed_rows if row.status == "landed" else None)
        for row in book.rows.extracts
    ]
    assert files == landed


def test_the_cover_says_whose_it_is_what_to_ask_and_where_things_are(book: Written) -> None:
    cover = book.values["Cover"]
    lines = [tuple(line) for line in cover.iter_rows(values_only=True)]
    assert ("Council", "Eastmoor & Vale Council") in lines
    assert ("Edition", book.rows.edition.label) in lines
    assert any(first == "Red" and "stable for at least 2 years" in second for first, second in lines
               if second)  # fmt: skip
    assert any(second and "Number of foster carers" in second for _, second in lines)
    links = {cell.value: cell.hyperlink.location for line in cover for cell in line
             if cell.hyperlink}  # fmt: skip
    assert links == {name: f"'{name}'!A1" for name, _ in SHEETS}


# ---- what is hidden


def _unhidden(rows: PackRows) -> PackRows:
    """The rows with a figure behind everything that is marked as hidden."""

    def figure(shown: Figure) -> Figure:
        return replace(shown, value=ORIGINAL) if shown.status == SUPPRESSED else shown

    def point(one: TrendPoint) -> TrendPoint:
        if one.status != SUPPRESSED:
            return one
        return replace(one, value=ORIGINAL, numerator=ORIGINAL, denominator=ORIGINAL)

    def indicator(row: Indicator) -> Indicator:
        shown: dict[str, Any] = {name: figure(getattr(row, name)) for name in FIGURES}
        if row.month.status == SUPPRESSED:
            for name in ("numerator", "denominator", "change_amount", "year_change_amount"):
                shown[name] = ORIGINAL
        return replace(row, **shown)

    def all_of(row: Any, *names: str) -> Any:
        return replace(row, **{name: figure(getattr(row, name)) for name in names})

    return replace(
        rows,
        indicators=tuple(map(indicator, rows.indicators)),
        trend={key: tuple(map(point, points)) for key, points in rows.trend.items()},
        parts={key: tuple(all_of(one, "figure", "numerator", "denominator") for one in parts)
               for key, parts in rows.parts.items()},
        changed=tuple(all_of(row, "before", "now", "rows_added", "rows_changed", "rows_removed")
                      for row in rows.changed),
        impacts=tuple(all_of(row, "recorded", "repaired", "children") for row in rows.impacts),
        issues=tuple(all_of(row, "faults", "new_faults", "fixed_faults", "repaired_faults")
                     for row in rows.issues),
    )  # fmt: skip


def test_a_hidden_figure_is_nowhere_in_the_file(book: Written, tmp_path: Path) -> None:
    leaky = _unhidden(book.rows)
    assert any(point.value == ORIGINAL for months in leaky.trend.values() for point in months)
    made = written(leaky, tmp_path)
    found = [name for name, text in made.xml().items() if "37.1" in text]
    assert not found
    assert made.path.read_bytes() == book.path.read_bytes()


def test_a_hidden_figure_is_said_in_words(book: Written) -> None:
    line = book.row("Scorecard", "Children who ceased to be looked after")
    assert line["Year to date"] == wording.HIDDEN
    hidden = [
        line for line in book.table("Months") if line["Status"] == wording.start(wording.HIDDEN)
    ]
    points = [point for months in book.rows.trend.values() for point in months]
    assert len(hidden) == sum(point.status == SUPPRESSED for point in points)
    assert all(line["Figure"] == wording.HIDDEN for line in hidden)


def test_a_chart_keeps_nothing_of_a_month_without_a_figure(book: Written) -> None:
    row = next(row for row in book.rows.indicators if row.indicator_id == "ceased_permanence_pct")
    charts = [text for text in book.xml("xl/charts/chart").values() if row.title in text]
    (own, *_) = cached_numbers(charts[0])
    points = book.rows.trend[row.indicator_id]
    assert own == [(at, point.value) for at, point in enumerate(points) if point.is_shown]
    assert '<c:dispBlanksAs val="gap"/>' in charts[0]


# ---- charts


def test_every_measure_with_a_figure_has_a_chart_that_says_what_it_shows(book: Written) -> None:
    drawn = [key for key, points in book.rows.trend.items() if any(p.is_shown for p in points)]
    drawings = "".join(book.xml("xl/drawings/drawing").values())
    alts = re.findall(r'<xdr:cNvPr id="\d+" name="[^"]*" descr="([^"]*)"', unescape(drawings))
    assert len(alts) == drawings.count("<xdr:graphicFrame ") == len(drawn) == len(set(alts))
    captions = [text for text in book.texts() if text in alts]
    assert len(captions) == len(drawn)


def test_every_chart_is_drawn_from_the_lines_of_its_own_measure(book: Written) -> None:
    figures = list(book.values["Chart figures"].iter_rows(values_only=True))
    for text in book.xml("xl/charts/chart").values():
        title = re.search(r"<c:title>.*?<c:f>.*?\$B\$(\d+)</c:f>.*?<c:v>(.*?)</c:v>", text, re.S)
        assert title
        lines = re.findall(r"<c:val>.*?\$E\$(\d+):\$Q\$(\d+)</c:f>", text, re.S)
        assert lines
        named = {figures[int(line) - 1][1] for pair in lines for line in pair}
        assert named == {figures[int(title[1]) - 1][1]} == {title[2].replace("&amp;", "&")}


def test_target_and_comparators_are_lines_of_the_chart(book: Written) -> None:
    lines = {
        line["Line"]: line["Oct 2026"] for line in book.table("Chart figures")
        if line["Ref"] == "4.19"
    }  # fmt: skip
    assert lines == {
        "This council": 9.8, "Target <9.5": 9.5, "Statistical neighbours": 10.2, "England": 10.0,
    }  # fmt: skip


def test_a_year_to_date_is_a_line_for_each_financial_year(book: Written, tmp_path: Path) -> None:
    months = tuple(replace(point, basis="fytd") for point in book.rows.trend["admissions"])
    made = written(replace(book.rows, trend=book.rows.trend | {"admissions": months}), tmp_path)
    lines = [
        (line["Line"], line["Mar 2026"], line["Apr 2026"])
        for line in made.table("Chart figures")
        if line["Ref"] == "4.3"
    ]
    assert lines == [("This council, 2025/26", 13, None), ("This council, 2026/27", None, 17)]


# ---- nothing of the data runs


def test_only_the_rating_and_its_workings_are_formulas(book: Written) -> None:
    sheet = book.formulas["Scorecard"]
    allowed = {cell.column for cell in sheet[HEADER] if cell.value in FORMULAS}
    assert len(allowed) == len(FORMULAS)
    for each in book.formulas:
        for cell in (cell for line in each.iter_rows() for cell in line):
            if cell.data_type == "f":
                assert each.title == "Scorecard" and cell.column in allowed and cell.row > HEADER


HOSTILE = (
    '=HYPERLINK("http://x.example","y")', "=Cover!A1", "+44 20 7946 0000", "@SUM(1)", "-1+1",
    "http://x.example", "00123", "{=1+1}", "_x0041_", "  led by a blank", "<b>&amp;</b>",
)  # fmt: skip


def test_a_text_of_the_data_stays_the_text_it_is(book: Written, tmp_path: Path) -> None:
    rows = book.rows
    named = [replace(row, title=text) for row, text in zip(rows.indicators, HOSTILE, strict=False)]
    defined = [
        replace(row, owner=text) for row, text in zip(rows.definitions, HOSTILE, strict=False)
    ]
    front = replace(rows.front, council_name=HOSTILE[0])
    made = written(
        replace(rows, indicators=tuple(named), definitions=tuple(defined), front=front,
                notes=HOSTILE),
        tmp_path,
    )  # fmt: skip
    titles = [line["Measure"] for line in made.table("Scorecard")]
    assert sorted(titles) == sorted(HOSTILE)
    assert [line["Answered for by"] for line in made.table("Definitions")] == list(HOSTILE)
    assert made.values["Cover"]["B2"].value == HOSTILE[0]
    assert set(HOSTILE) <= {line[1].value for line in made.values["Cover"]}
    assert {cell.data_type for cell in made.formulas["Scorecard"]["B"][HEADER:]} == {"s"}
    others = (sheet for sheet in made.formulas if sheet.title != "Scorecard")
    kinds = {cell.data_type for sheet in others for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    for chart in made.xml("xl/charts/chart").values():
        references = re.findall(r"<c:f>(.*?)</c:f>", chart)
        assert references and all(each.startswith("'Chart figures'!") for each in references)


def test_no_formula_holds_a_text_of_the_data(book: Written, tmp_path: Path) -> None:
    threshold = '95+",HYPERLINK("x'
    made = written(_with(book.rows, "admissions", green=threshold), tmp_path)
    line = made.row("Scorecard", "Admissions of looked after children")
    assert (line["Green is"], line["Rating"]) == (threshold, "Check thresholds")
    cells = [cell for row in made.formulas["Scorecard"].iter_rows() for cell in row]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert formulas and not any("HYPERLINK" in formula for formula in formulas)


def test_what_a_file_cannot_hold_is_shown_as_missing(book: Written, tmp_path: Path) -> None:
    rows = _with(book.rows, "lac_count", title="A\x00B\x0bC\x1fD\ufffeE\r\nF\ud800")
    front = replace(rows.front, council_name="Vale\x07 & <Moor>")
    made = written(replace(rows, front=front), tmp_path)
    assert made.table("Scorecard")[0]["Measure"] == "A�B�C�D�E\nF�"
    assert made.values.properties.title.endswith(": Vale� & <Moor>")
    assert "Vale� && <Moor>, October 2026" in made.values["Months"].oddFooter.left.text


def test_a_text_longer_than_a_cell_is_cut_and_says_so(book: Written, tmp_path: Path) -> None:
    assert clean("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT
    for long in ("x" * (LONGEST_TEXT + 1), "\U0001f600" * 20_000):
        cut = clean(long)
        assert cut.endswith(CUT) and len(cut.encode("utf-16-le")) <= 2 * LONGEST_TEXT
    first, *others = book.rows.definitions
    long_one = replace(first, definition="word " * 10_000)
    made = written(replace(book.rows, definitions=(long_one, *others)), tmp_path)
    assert made.table("Definitions")[0]["What it counts"].endswith(CUT)


# ---- sheets that read and print well


def test_the_sheets_are_named_and_say_in_their_first_cell_what_they_are(book: Written) -> None:
    assert book.values.sheetnames == NAMES
    assert book.values.active.title == "Cover"
    assert all(sheet["A1"].value and sheet["A1"].font.bold for sheet in book.values)
    assert all(sheet.sheet_state == "visible" for sheet in book.values)
    assert set(book.values.defined_names) == set()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_one_table_with_a_header_in_sight(book: Written, name: str) -> None:
    sheet = book.values[name]
    (table,) = sheet.tables.values()
    assert table.ref.startswith(f"A{HEADER}:") and table.headerRowCount == 1
    assert (table.autoFilter is None) == (name == "Chart figures")
    assert sheet.freeze_panes and sheet.freeze_panes.endswith(str(HEADER + 1))
    assert sheet.print_title_rows == f"${HEADER}:${HEADER}"


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_is_set_up_to_print(book: Written, name: str) -> None:
    sheet = book.values[name]
    assert not sheet.merged_cells.ranges
    assert sheet.freeze_panes
    assert sheet.page_setup.orientation == ("portrait" if name == "Cover" else "landscape")
    assert sheet.page_setup.paperSize in (8, 9)
    if name == "Trends":
        assert int(sheet.page_setup.scale or 100) == 100 and sheet.row_breaks.brk
    else:
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    footer = sheet.oddFooter
    assert "October 2026" in footer.left.text and footer.center.text == book.rows.edition.label
    assert footer.right.text == "Page &P of &N"


def test_no_number_is_wider_than_its_column(book: Written) -> None:
    for name in LISTS:
        sheet = book.values[name]
        for column in sheet.iter_cols(min_row=HEADER + 1):
            width = sheet.column_dimensions[column[0].column_letter].width
            for cell in (cell for cell in column if isinstance(cell.value, (int, float))):
                assert len(f"{cell.value:,.1f}%") + 1 <= width, (name, cell.coordinate)
            dates = [cell for cell in column if isinstance(cell.value, datetime)]
            assert all(cell.number_format == "mmm yyyy" and width >= 10 for cell in dates)


def test_a_number_is_written_as_the_page_writes_it(book: Written) -> None:
    sheet = book.values["Scorecard"]
    formats = {sheet.cell(cell.row, 8).value: sheet.cell(cell.row, 8).number_format
               for cell in sheet["B"][HEADER:]}  # fmt: skip
    assert formats[551] == "#,##0_0"
    assert formats[93.5] == '#,##0.0"%"_0'
    assert formats[96.1] == "#,##0.0_0"


def test_rating_and_judgement_have_a_shape_and_a_word_beside_their_colour(book: Written) -> None:
    rules = [rule for found in book.values["Scorecard"].conditional_formatting
             for rule in found.rules]  # fmt: skip
    words = {rule.formula[0].strip('"'): rule.dxf.numFmt.formatCode for rule in rules}
    assert {"Green", "Amber", "Red", "Up", "Down", "Better", "Worse"} <= set(words)
    shapes = [
        code.strip('"@ ') for word, code in words.items() if word in ("Green", "Amber", "Red")
    ]
    assert len(set(shapes)) == 3 and all(shapes)


def test_the_colours_are_those_of_the_pages() -> None:
    style = (REPOSITORY / "reporting" / "templates" / "style.css").read_text(encoding="utf-8")
    named = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", style))
    for kind, colours in RATING_COLOURS.items():
        assert colours == (named[f"on-{kind}"], named[kind])


def test_the_file_names_its_title_its_language_and_its_month(book: Written) -> None:
    facts = book.values.properties
    assert facts.title == "Corporate parenting performance, October 2026: Eastmoor & Vale Council"
    assert facts.language == "en-GB" and facts.subject == book.rows.edition.label
    assert facts.created == facts.modified == datetime(2026, 10, 31)
    assert not any("en-US" in text for text in book.xml("xl/charts/").values())


def test_a_long_council_name_leaves_the_footer_whole(book: Written, tmp_path: Path) -> None:
    front = replace(book.rows.front, council_name="Moor & Vale " * 40)
    footer = written(replace(book.rows, front=front), tmp_path).values["Months"].oddFooter
    assert "…, October 2026" in footer.left.text and footer.right.text == "Page &P of &N"


def test_a_month_with_nothing_to_list_says_so(book: Written, tmp_path: Path) -> None:
    bare = replace(
        book.rows, notes=(), gaps=(), extracts=(), impacts=(), issues=(), signals={},
        signal_points={}, changed=(), parts={}, trend={}, definitions=(), indicators=(),
        history=History(),
    )  # fmt: skip
    made = written(bare, tmp_path)
    for name in LISTS:
        assert made.values[name][f"A{HEADER}"].value and not made.values[name].tables


# ---- same rows, same bytes

_SCRIPT = """
import sys
from pathlib import Path
from tests.unit.reporting.public_rows import LA
from tests.unit.reporting.workbook_reader import commentary
from reporting.queries import read_rows
from reporting.workbook.book import write_workbook
rows = read_rows(Path(sys.argv[1]), LA)
write_workbook(rows, commentary(rows), Path("out.xlsx"))
"""


@pytest.mark.parametrize(("seed", "zone"), [("1", "Pacific/Auckland"), ("77", "America/New_York")])
def test_the_same_rows_give_the_same_bytes_anywhere(
    book: Written, tmp_path: Path, seed: str, zone: str
) -> None:
    places = f"{REPOSITORY}{os.pathsep}{REPOSITORY / 'dags'}"
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": places}
    warehouse = book.path.with_name("rows.duckdb")
    command = [sys.executable, "-c", _SCRIPT, str(warehouse)]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, timeout=60)
    made = (tmp_path / "out.xlsx").read_bytes()
    assert hashlib.sha256(made).digest() == hashlib.sha256(book.path.read_bytes()).digest()


def test_no_day_but_those_of_the_data_is_in_the_file(book: Written) -> None:
    days = re.findall(r"20\d\d-\d\d-\d\d", book.xml()["docProps/core.xml"])
    assert set(days) == {date(2026, 10, 31).isoformat()}
