"""The live rating: its value now, its formula, and what a spreadsheet program makes of it (F15)."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reporting import wording
from reporting.rows import Figure, Indicator, PackDataError, PackRows
from reporting.workbook.book import write_workbook
from reporting.workbook.rating import CHECK, meets, rated
from reporting.workbook.scorecard import FORMULAS, RATING
from tests.unit.reporting.workbook_reader import HEADER, Written, rows_of, written

# A figure, whether it is best within a range, its thresholds (green, amber, red), and its rating.
Case = tuple[float | None, str, tuple[str, str, str], str]
CASES: list[Case] = [
    (77.0, "high", ("85+", "77+", "<77"), "amber"),
    (76.9, "high", ("85+", "77+", "<77"), "red"),
    (85.0, "high", ("85+", "77+", "<77"), "green"),
    (84.9, "high", ("85+", "77+", "<77"), "amber"),
    (74.2, "low", ("<74.3", "74.3-76.9", "77+"), "green"),
    (74.3, "low", ("<74.3", "74.3-76.9", "77+"), "amber"),
    (76.9, "low", ("<74.3", "74.3-76.9", "77+"), "amber"),
    (77.0, "low", ("<74.3", "74.3-76.9", "77+"), "red"),
    (95.1, "low", ("<95.2", "", "95.2+"), "green"),
    (95.2, "low", ("<95.2", "", "95.2+"), "red"),
    (7.9, "low", ("<8", "8-15.9", "16+"), "green"),
    (8.0, "low", ("<8", "8-15.9", "16+"), "amber"),
    (15.9, "low", ("<8", "8-15.9", "16+"), "amber"),
    (16.0, "low", ("<8", "8-15.9", "16+"), "red"),
    (99.1, "low", ("<=99.1", "", ">99.1"), "green"),
    (99.2, "low", ("<=99.1", "", ">99.1"), "red"),
    (510.0, "low", ("<487", "<511", "511+"), "amber"),
    (20.0, "low", ("<18", "<20", "21+"), ""),
    (80.7, "high", ("98+", "", ""), ""),
    (0.0, "low", ("<=0", "", ">0"), "green"),
    (14.0, "range", ("14-20", "", ""), "green"),
    (20.0, "range", ("14-20", "", ""), "green"),
    (13.9, "range", ("14-20", "", ""), "amber"),
    (13.8, "range", ("14-20", "", ""), "red"),
    (20.1, "range", ("14-20", "", ""), "amber"),
    (20.2, "range", ("14-20", "", ""), "amber"),
    (20.3, "range", ("14-20", "", ""), "red"),
    (9.9, "range", ("10-70", "", ""), "amber"),
    (70.7, "range", ("10-70", "", ""), "amber"),
    (70.8, "range", ("10-70", "", ""), "red"),
    (20.1, "range", ("14-20", "", "20.1+"), "red"),
    (25.0, "range", ("14-20", "21-30", ""), "amber"),
    (20.1, "high", ("14-20", "", ""), ""),
    (50.0, "info", ("", "", ""), ""),
    (None, "high", ("95+", "90+", "<90"), ""),
    (None, "range", ("14-20", "", ""), ""),
    (None, "high", ("", "", ""), ""),
]


def _meets(number: Decimal, cell: str) -> bool:
    """F15 read once more, in tenths, without a line of the code under test."""
    if not cell:
        return False
    if cell[0] in "<>":
        limit = Decimal(cell.lstrip("<>="))
        return (number < limit if cell[0] == "<" else number > limit) or (
            "=" in cell and number == limit
        )
    if cell[-1] == "+":
        return number >= Decimal(cell[:-1])
    low, high = cell.split("-")
    return Decimal(low) <= number <= Decimal(high)


def by_hand(number: float | None, good_is: str, cells: Sequence[str]) -> str:
    """The rating by the ruling's own words."""
    if number is None:
        return ""
    exact = Decimal(str(number))
    for kind, cell in zip(("green", "amber", "red"), cells, strict=True):
        if _meets(exact, cell):
            return kind
    if good_is != "range" or "-" not in cells[0]:
        return ""
    low, high = (Decimal(end) for end in cells[0].split("-"))
    return "amber" if low * 99 <= exact * 100 and exact * 100 <= high * 101 else "red"


def _word(rag: str, cells: Sequence[str]) -> str:
    return wording.RATINGS[rag] if any(cells) else wording.NO_TARGET


def _indicator(pattern: Indicator, case: Case, number: int) -> Indicator:
    value, good_is, (green, amber, red), rag = case
    return replace(
        pattern, indicator_id=f"case_{number}", title=f"Case {number}", good_is=good_is, rag=rag,
        month=Figure(value, "suppressed" if value is None else "ok"),
        green=green, amber=amber, red=red, change="", change_is="",
    )  # fmt: skip


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """A workbook whose measures are the cases."""
    folder = tmp_path_factory.mktemp("cases")
    return written(_cases(rows_of(folder)), folder)


def _cases(rows: PackRows) -> PackRows:
    pattern = rows.indicators[0]
    made = [_indicator(pattern, case, number) for number, case in enumerate(CASES)]
    return replace(rows, indicators=tuple(made))


@pytest.mark.parametrize("case", CASES)
def test_the_cases_are_rated_as_the_ruling_has_it(case: Case) -> None:
    value, good_is, cells, rag = case
    assert by_hand(value, good_is, cells) == rag


def test_every_formula_holds_the_rating_of_its_row(cases: Written) -> None:
    lines = cases.table("Scorecard")
    assert len(lines) == len(CASES)
    for line, (_, _, cells, rag) in zip(lines, CASES, strict=True):
        assert line[RATING] == _word(rag, cells), line["Measure"]


def test_a_rating_reads_the_cells_of_its_own_row_alone(cases: Written) -> None:
    sheet = cases.formulas["Scorecard"]
    columns = [cell.column for cell in sheet[HEADER] if cell.value in FORMULAS]
    for line in sheet.iter_rows(min_row=HEADER + 1):
        for cell in (line[column - 1] for column in columns):
            rows = set(re.findall(r"\$[A-Z]{1,2}(\d+)", cell.value))
            assert cell.value.startswith("=IF(") and rows == {str(cell.row)}


def test_a_rating_that_its_thresholds_do_not_give_stops_the_workbook(
    cases: Written, tmp_path: Path
) -> None:
    first, *others = cases.rows.indicators
    wrong = replace(cases.rows, indicators=(replace(first, rag="green"), *others))
    with pytest.raises(PackDataError, match=r"case_0 is published as 'Green'.*'Amber'"):
        write_workbook(wrong, {}, tmp_path / "pack.xlsx")
    assert not (tmp_path / "pack.xlsx").exists()


@pytest.mark.parametrize("cell", ["95", "about 95", "95%", "+95", "<", "+", "14 to 20", "=1", "-"])
def test_a_threshold_that_is_none_asks_to_be_checked(cell: str, cases: Written) -> None:
    assert meets(95.0, cell) == "unreadable"
    row = replace(cases.rows.indicators[0], green=cell, amber="", red="", rag="")
    assert rated(row).word == CHECK


# ---- a second program works the formulas out


def _make_stale(path: Path) -> None:
    """Write STALE where the formulas' values stand, so that a copied value cannot pass for one."""
    with zipfile.ZipFile(path) as parts:
        content = {name: parts.read(name) for name in parts.namelist()}
    held = re.compile(rb'(<c r="[A-Z]+\d+" s="\d+")(?: t="\w+")?>(<f>.*?</f>)<v>[^<]*</v>')
    name = "xl/worksheets/sheet2.xml"
    content[name], count = held.subn(rb'\1 t="str">\2<v>STALE</v>', content[name])
    assert count == len(CASES) * len(FORMULAS)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for each, text in content.items():
            parts.writestr(each, text)


_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@pytest.mark.slow
def test_a_spreadsheet_program_comes_to_the_same_ratings(cases: Written, tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no soffice here: the formulas are not worked out by a second program")
    profile = tmp_path / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_RECALCULATE, encoding="utf-8")
    stale = tmp_path / "stale.xlsx"
    shutil.copy(cases.path, stale)
    _make_stale(stale)
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless",
               "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "new"),
               str(stale)]  # fmt: skip
    subprocess.run(command, check=False, capture_output=True, timeout=180)
    made = tmp_path / "new" / "stale.xlsx"
    if not made.exists():
        pytest.skip("soffice is here without Calc: the formulas are not worked out again")
    sheet = load_workbook(made, data_only=True)["Scorecard"]
    headers = [cell.value for cell in sheet[HEADER]]
    worked_out = [
        {header: cell.value for header, cell in zip(headers, line, strict=False)}
        for line in sheet.iter_rows(min_row=HEADER + 1, max_row=HEADER + len(CASES))
    ]
    for before, now in zip(cases.table("Scorecard"), worked_out, strict=True):
        for header in FORMULAS:
            assert (now[header] or False) == (before[header] or False), before["Measure"]
