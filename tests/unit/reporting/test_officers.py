"""The officers' page: nothing hidden, no child named, and the way to the worklists."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from reporting.page.html import render_officers_page
from tests.unit.reporting.officer_tables import OFFICER_SCHEMAS, STABILITY, officer_tables
from tests.unit.reporting.page_reader import Reader, text_of
from tests.unit.reporting.public_rows import LA, Tables, write_warehouse

Made = Callable[[Tables], Path]


@pytest.fixture()
def made(tmp_path: Path) -> Made:
    def render(rows: Tables) -> Path:
        warehouse = tmp_path / "warehouse.duckdb"
        warehouse.unlink(missing_ok=True)
        write_warehouse(warehouse, rows, OFFICER_SCHEMAS)
        return render_officers_page(warehouse, LA, tmp_path / "folder")

    return render


@pytest.fixture()
def page(made: Made) -> str:
    return made(officer_tables()).read_text("utf-8")


def _section(page: str, name: str) -> str:
    found = re.search(rf'(?s)<section id="{name}".*?</section>', page)
    assert found, name
    return text_of(found[0])


def test_each_moved_figure_shows_its_readings_and_every_step(page: str) -> None:
    figures = _section(page, "figures")
    assert (
        f"{STABILITY} 10.5% 9.8% 58 of 551, then 54 of 551 4 DQ01: 10.5% to 10.2%, two children"
        " DQ01, DQ08: 10.2% to 9.8%, one child Other repairs: 9.8% as before, one child" in figures
    )
    assert "year to date 6 5 – 1 DQ01: 6 to 5, one child" in figures
    assert "The one other figure of the scorecard is the same" in figures


def test_each_issue_shows_its_counts_its_age_and_its_owner(page: str) -> None:
    issues = _section(page, "issues")
    assert (
        "DQ01 The same end date copied into earlier episodes high 5 1 3 5 Oct 2025 3 LCS"
        " system team & supplier" in issues
    )
    assert "DQ26 Distance unknown low 230 1 3 0 Oct 2025 1.5 placement team" in issues
    assert "Looked for and not found: Return after adoption (DQ42)." in issues


def test_what_was_all_put_right_this_month_is_still_told(made: Made) -> None:
    rows = officer_tables()
    for row in rows["rpt_dq_trend"]:
        if row["issue_id"] == "DQ26" and row["snapshot_month"] == "2026-10":
            row |= {"faults": 0, "fixed_faults": 232, "oldest_since": None}
    rows["rpt_dq_issue"] = [row for row in rows["rpt_dq_issue"] if row["issue_id"] == "DQ01"]
    issues = _section(made(rows).read_text("utf-8"), "issues")
    assert "DQ26 Distance unknown low 0 1 232 0 – –" in issues
    assert "not found: Return after adoption (DQ42)." in issues


def test_owners_lead_to_their_worklists(page: str) -> None:
    assert (
        '<a href="worklists/lcs-system-team-supplier.xlsx">LCS system team &amp; supplier</a>'
        in page
    )
    assert "placement team : 2 to look at" in _section(page, "worklists")


def test_thirteen_months_stand_in_a_line_and_in_numbers(page: str) -> None:
    trend = _section(page, "trend")
    assert "Oct 2025 Nov 2025" in trend and "Sep 2026 Oct 2026" in trend
    assert "from 29 in October 2025 to 5 in October 2026" in trend
    assert re.search(r"29 27 25 23 21 19 17 15 13 11 9 7 5 ", trend)
    assert "Return after adoption" not in trend
    assert page.count('<svg class="spark"') == 2


def test_sources_and_stock_and_flow_are_held_together(page: str) -> None:
    sources = _section(page, "sources")
    assert "Adoptions this year adoption tracker 6 case system 5 4 2 1 On the tracker" in sources
    assert "Oct 2026 544 1 545 21 0 15 551" in _section(page, "stock-flow")


def test_data_docs_are_linked_and_said_to_be_private(page: str) -> None:
    assert 'href="../../private/data_docs/index.html"' in page
    assert "They are private" in _section(page, "door")


def test_a_month_without_anything_is_still_a_page(made: Made) -> None:
    rows = officer_tables()
    rows = {table: [] if table != "rpt_public_front" else found for table, found in rows.items()}
    page = text_of(made(rows).read_text("utf-8"))
    for said in (
        "The figures as recorded are not there to compare with.",
        "None of the known faults was found.",
        "There is nothing to put right.",
        "Nothing was found in any of the last thirteen extracts.",
        "No two sources of this month could be compared.",
        "There is no earlier extract to start from.",
    ):
        assert said in page


def test_the_first_extract_has_no_number_of_new_and_fixed(made: Made) -> None:
    rows = officer_tables()
    rows["rpt_dq_trend"] = [r for r in rows["rpt_dq_trend"] if r["snapshot_month"] == "2026-10"]
    for row in rows["rpt_dq_trend"]:
        row |= {"new_faults": None, "fixed_faults": None}
    assert "earlier episodes high 5 – – 5 Oct 2025" in _section(
        made(rows).read_text("utf-8"), "issues"
    )


def test_the_page_is_for_its_owner_alone(made: Made) -> None:
    path = made(officer_tables())
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_tags_are_closed_ids_single_headings_in_order_and_regions_named(page: str) -> None:
    read = Reader(page)
    assert not read.open and not read.unclosed
    assert len(read.ids) == len(set(read.ids))
    assert {a[1:] for a in read.addresses if a.startswith("#")} <= set(read.ids)
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    regions = [n["aria-label"] for _, n in read.tags if n.get("class") == "scroll"]
    assert all(regions) and len(regions) == len(set(regions))
    assert page.count("<table") == page.count("<caption>")
    assert all(named.get("scope") for tag, named in read.tags if tag == "th")


def test_text_of_the_models_is_escaped_and_the_same_rows_give_the_same_bytes(made: Made) -> None:
    rows = officer_tables()
    rows["rpt_dq_trend"][0]["title"] = rows["rpt_dq_issue"][0]["owner"] = "<script>x</script>"
    rows["rpt_reconciliation"][0]["explanation"] = "<script>"
    first = made(rows).read_bytes()
    assert b"<script" not in first and b"&lt;script&gt;" in first
    assert made({table: found[::-1] for table, found in rows.items()}).read_bytes() == first
