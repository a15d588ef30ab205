"""History in the workbook, the cover report and the data files."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from reporting.cover.words import build_cover
from reporting.data_files import write_data_files
from reporting.page.changes import LAST_PACK
from reporting.rows import PackRows
from tests.unit.reporting.workbook_reader import Written, rows_of, written

VISITS = "Visits up to date and completed within timescale of national minimum standard"


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> PackRows:
    return rows_of(tmp_path_factory.mktemp("rows"))


@pytest.fixture(scope="module")
def book(rows: PackRows, tmp_path_factory: pytest.TempPathFactory) -> Written:
    return written(rows, tmp_path_factory.mktemp("book"))


def _as_of(rows: PackRows) -> PackRows:
    return replace(rows, front=replace(rows.front, snapshot_month="2026-12", is_as_of=True))


def test_the_workbook_says_why_and_lists_the_records_behind(book: Written) -> None:
    whys = [line["Why"] for line in book.table("Changed figures")]
    assert any(why.startswith("14 visits were recorded after the month end") for why in whys)
    behind = [
        (line["Records"], line["Team"], line["Added"], line["Late"], line["Latest after, days"])
        for line in book.table("Records behind changes")
    ]
    assert ("Visits", "All", 16, 14, 41) in behind
    assert ("Episodes of care", "All", 0, 0, None) in behind
    assert ("Episodes of care", "All", "hidden", "hidden", "hidden") in behind


def test_records_behind_a_figure_that_is_hidden_are_not_in_the_workbook(book: Written) -> None:
    measures = {line["Measure"] for line in book.table("Records behind changes")}
    assert "Children who ceased to be looked after" not in measures


def test_the_workbook_has_every_extract_and_every_movement(book: Written) -> None:
    late = book.table("Lateness")
    assert len(late) == len(book.rows.history.lateness) == 26
    assert late[-1] | {"Records": "Visits", "New": 516, "Late": 84} == late[-1]
    usual = {(line["Measure"], line["Months later"]): line for line in book.table("Usual movement")}
    visits = usual[VISITS, 2]
    assert visits["Usually"] == "Rises by 2.1 points"
    assert (visits["Middle movement"], visits["Smallest"], visits["Months"]) == (2.1, 0.4, 13)
    ceased = usual["Children who ceased to be looked after", 1]
    assert (ceased["Usually"], ceased["Months"]) == ("hidden", None)


def test_the_cover_report_tells_one_change_with_its_reason(rows: PackRows) -> None:
    told = build_cover(rows, {}).changed
    assert told.startswith("Two figures of September read otherwise than in last month’s pack.")
    assert "Number of looked after children for September 2026: 547 in last month’s pack" in told
    without = replace(rows, changed=())
    assert build_cover(without, {}).changed.startswith("No figure of an earlier month")


def test_every_form_says_where_it_is_not_the_published_pack(rows: PackRows, tmp_path: Path) -> None:
    known = "October 2026 as known in December 2026"
    cover = build_cover(_as_of(rows), {})
    assert cover.as_of == f"{known}. This is not the published pack."
    assert cover.month == known and LAST_PACK not in cover.changed
    assert build_cover(rows, {}).as_of == ""
    made = written(_as_of(rows), tmp_path)
    texts = list(made.texts())
    assert known in texts and f"{known}. This is not the published pack." in texts


def test_the_data_files_hold_the_rows_and_no_hidden_number(rows: PackRows, tmp_path: Path) -> None:
    paths = {path.name: path for path in write_data_files(rows, tmp_path)}
    lines = {
        name: list(csv.DictReader(paths[name].open(encoding="utf-8-sig")))
        for name in ("changed_figures.csv", "change_causes.csv", "lateness.csv", "movement.csv")
    }
    assert [len(found) for found in lines.values()] == [3, 4, 26, 7]
    visits = lines["changed_figures.csv"][2]
    assert (visits["before"], visits["now"], visits["reason"]) == ("94.1", "95.4", "later extract")
    for found in lines.values():
        for line in found:
            for name in line:
                status = line.get(f"{name}_status")
                assert status != "suppressed" or line[name] == ""
    assert lines["movement.csv"][3]["median"] == "2.1"
