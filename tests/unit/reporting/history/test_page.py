"""The part of the page that tells of history, and what an earlier month told later says of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reporting.page.history import HistoryPart, build_history
from reporting.queries import read_rows
from reporting.rows import OFFICERS, PUBLIC, Edition, PackDataError
from tests.pages_of_a_pack import render_pack
from tests.unit.reporting.page_reader import text_of
from tests.unit.reporting.public_rows import LA, Pack, Render, Tables, tables, write_warehouse

CASE_IDS = ("C0041", "C0107", "C0300")


def _history(folder: Path, edition: Edition, rows: Tables | None = None) -> HistoryPart:
    warehouse = write_warehouse(folder / f"{edition.name}.duckdb", rows or tables())
    return build_history(read_rows(warehouse, LA, edition))


@pytest.fixture(scope="module")
def officers(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("officers")
    warehouse = write_warehouse(folder / "warehouse.duckdb", tables())
    return render_pack(warehouse, LA, folder, edition=OFFICERS)[0].read_text(encoding="utf-8")


def test_lateness_is_told_for_the_newest_extract_with_a_line_of_thirteen(pack: Pack) -> None:
    words = text_of(pack.page)
    assert "Visits 516 84 17 32" in words
    assert "Visits, days within which half were recorded: from 5.0 in October 2025 to 17.0" in words
    assert "Reviews 95 hidden hidden hidden" in words


def test_teams_are_told_to_officers_alone(tmp_path: Path) -> None:
    assert _history(tmp_path, PUBLIC).teams == ()
    officers = _history(tmp_path, OFFICERS)
    assert officers.teams == ("LAC Team 3",)
    assert [(table.title, table.teams) for table in officers.team_tables] == [
        ("Visits", ("17 (516)",))
    ]


def test_one_extract_alone_has_no_line(tmp_path: Path) -> None:
    rows = tables()
    last = [row for row in rows["rpt_public_lateness"] if row["snapshot_month"] == "2026-10"]
    history = _history(tmp_path, PUBLIC, rows | {"rpt_public_lateness": last})
    assert [table.chart for table in history.late_tables] == [None, None]


def test_each_measure_is_in_the_table_or_said_not_to_be(tmp_path: Path) -> None:
    history = _history(tmp_path, PUBLIC)
    told = [(row.id, *row.moves, row.extent, row.months) for row in history.moving]
    assert history.ages == ("One month later", "Two months later")
    assert told == [
        ("lac_count", "Falls by 1", "Falls by 2", "From a fall of 5 to a rise of 1", "11"),
        ("visits_up_to_date_nms_pct", "Rises by 1.8 points", "Rises by 2.1 points",
         "From 0.4 to 3.9", "13"),
    ]  # fmt: skip
    assert [len(titles) for titles in (history.staying, history.too_little, history.hidden)] == [
        1,
        1,
        1,
    ]


def test_a_measure_says_what_is_usual_of_it_under_its_chart(pack: Pack) -> None:
    card = re.search(r'(?s)<article[^>]* id="visits_up_to_date_nms_pct".*?</article>', pack.page)
    assert card
    assert "usually rises by 2.1 points when re-run two months later" in text_of(card[0])


def test_the_public_edition_never_reads_a_child(tmp_path: Path) -> None:
    warehouse = write_warehouse(tmp_path / "w.duckdb", tables())
    assert read_rows(warehouse, LA, PUBLIC).history.restated_children == ()
    assert len(read_rows(warehouse, LA, OFFICERS).history.restated_children) == 5


def test_children_are_named_to_officers_alone(pack: Pack, officers: str) -> None:
    assert not any(name in pack.page for name in CASE_IDS)
    assert "restated_children.csv" not in pack.page
    words = text_of(officers)
    assert "Visits up to date, September 2026: 2" in words
    late = "C0041 judged otherwise: visits: recorded late (12 and 41 days, LAC Team 3)"
    assert late in words
    assert "C0300 went: episodes of care: record changed" in words
    assert "H7 came: no record of the child changed" in words
    assert 'href="../restated_children.csv"' in officers


@pytest.mark.parametrize(
    ("model", "column"),
    [
        ("change_cause", "records_added"),
        ("lateness", "records_late"),
        ("movement", "median"),
        ("definition_change", "old_value"),
    ],
)
def test_a_hidden_number_of_history_that_is_still_there_stops_the_pack(
    tmp_path: Path, model: str, column: str
) -> None:
    rows = tables()
    hidden = [
        row
        for row in rows[f"rpt_public_{model}"]
        if "suppressed" in (row.get("status"), row.get(f"{column}_status"))
    ]
    hidden[0][column] = 4
    with pytest.raises(PackDataError, match=f"rpt_public_{model}.*{column}"):
        read_rows(write_warehouse(tmp_path / "w.duckdb", rows), LA)


def test_without_any_history_the_page_says_so(render: Render) -> None:
    names = ("changed_figure", "change_cause", "lateness", "movement")
    words = text_of(render(tables() | {f"rpt_public_{name}": [] for name in names}).page)
    assert "There is no extract before this one to compare with." in words


def test_an_earlier_month_told_later_says_that_it_is_not_the_published_pack(render: Render) -> None:
    rows = tables()
    rows["rpt_public_front"][0] |= {"snapshot_month": "2026-12", "is_as_of": True}
    made = render(rows)
    known = "October 2026 as known in December 2026"
    assert f"<title>Corporate parenting performance, {known}" in made.page
    assert f"{known}. This is not the published pack." in text_of(made.page)
    assert "as they stood at the end of December 2026" in text_of(made.page)
    assert "read otherwise than when it was last published" in text_of(made.page)
    for page in (made.page, made.definitions, made.data_quality):
        assert "As known in December 2026, not the published pack. Public edition" in text_of(page)
