"""The page of recording faults: its sentences, and what it does not give away."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from reporting.page.data_quality import because, not_moved
from reporting.rows import Figure
from tests.unit.reporting.page_reader import Reader, text_of
from tests.unit.reporting.public_rows import Pack, Render, Tables, row_of, tables

COPIED = ("DQ01", "The same end date copied into earlier episodes of care")


@pytest.fixture(scope="module")
def read(pack: Pack) -> Reader:
    return Reader(pack.data_quality)


def _section(page: str, name: str) -> str:
    found = re.search(rf'(?s)<section id="{name}".*?</section>', page)
    assert found, name
    return text_of(found[0])


def _entry(page: str, issue_id: str) -> str:
    found = re.search(rf'(?s)<article class="meaning" id="{issue_id}".*?</article>', page)
    assert found, issue_id
    return text_of(found[0])


def _issue(rows: Tables, issue_id: str) -> dict[str, object]:
    return next(row for row in rows["rpt_public_dq_issue"] if row["issue_id"] == issue_id)


def test_it_leads_with_both_readings_and_what_lies_between_them(pack: Pack) -> None:
    assert (
        "Looked after children with 3 or more placements, rolling 12 months : 10.5% as recorded,"
        " 9.8% after repair. Nine children: the same end date copied into earlier episodes of care"
        " (DQ01); missing episodes recorded as moves (DQ08)."
        in _section(pack.data_quality, "moved")
    )


@pytest.mark.parametrize(
    ("children", "said"),
    [
        (Figure(1, "ok"), "One child: the same"),
        (Figure(2, "ok"), "Two children: the same"),
        (Figure(10, "ok"), "Ten children: the same"),
        (Figure(1204, "ok"), "1,204 children: the same"),
        (Figure(0, "ok"), "The same"),
        (Figure(None, "suppressed"), "A small number of children: the same"),
    ],
)
def test_children_are_said_in_words_up_to_ten(children: Figure, said: str) -> None:
    assert because(children, [COPIED]).startswith(f"{said} end date copied")


def test_a_figure_that_follows_from_others_says_so() -> None:
    said = because(Figure(7, "ok"), [])
    assert said == "Seven children: their figures follow from the repair of other records."


def test_a_hidden_figure_tells_neither_reading_and_no_number(pack: Pack) -> None:
    moved = _section(pack.data_quality, "moved")
    assert (
        "Children who ceased to be looked after, year to date : hidden as recorded and after"
        " repair, because one of the two would show or give away a small number. A small number"
        " of children: the same end date copied into earlier episodes of care (DQ01)." in moved
    )


def test_a_heading_that_starts_with_a_code_keeps_its_capital() -> None:
    assert because(Figure(6, "ok"), [("DQ29", "P1 by agreement")]) == (
        "Six children: P1 by agreement (DQ29)."
    )


def test_it_says_plainly_where_nothing_was_moved(pack: Pack, render: Render) -> None:
    assert "The other two figures of the scorecard are the same" in pack.data_quality
    rows = tables()
    for row in rows["rpt_public_dq_impact"]:
        row["is_moved"] = False
    assert "No figure of the scorecard was moved by a repair." in render(rows).data_quality


@pytest.mark.parametrize(
    ("moved", "known", "said"),
    [
        (0, 0, "The figures as recorded are not there to compare with."),
        (3, 3, "No figure of the scorecard stayed as it was."),
        (3, 4, "The one other figure of the scorecard is the same"),
        (3, 80, "The other 77 figures of the scorecard are the same"),
    ],
)
def test_every_number_of_unmoved_figures_has_its_sentence(
    moved: int, known: int, said: str
) -> None:
    assert not_moved(moved, known).startswith(said)


def test_each_issue_found_stands_once_the_weightiest_first(pack: Pack) -> None:
    found = re.findall(r'<article class="meaning" id="(DQ\d\d)"', pack.data_quality)
    assert found == ["DQ01", "DQ08", "DQ03", "DQ26"]


def test_an_issue_says_its_weight_its_numbers_and_whose_it_is(pack: Pack) -> None:
    entry = _entry(pack.data_quality, "DQ01")
    assert "Figures moved: Looked after children with 3 or more placements" in entry
    for said in (
        "What DQ01 is.",
        "Found 41 ",
        "New this month 7 ",
        "Put right at the source 6 ",
        "Repaired in the figures 41 ",
        "The oldest has stood since November 2025 ",
        "How it moves figures How DQ01 moves figures. ",
        "What our figures do about it What the figures do about DQ01. ",
        "Who puts it right Owners of DQ01. ",
        "Measures it can move Number of looked after children ",
    ):
        assert said in entry
    assert "No figure moved." in _entry(pack.data_quality, "DQ26")


def test_numbers_of_one_to_five_are_hidden_with_the_month_of_the_oldest(pack: Pack) -> None:
    entry = _entry(pack.data_quality, "DQ03")
    assert "Found hidden New this month hidden" in entry
    assert "The oldest has stood since" not in entry


def test_without_an_extract_before_nothing_is_said_of_new_and_fixed(render: Render) -> None:
    rows = tables()
    _issue(rows, "DQ01").update(
        new_faults=None, new_faults_status="none", fixed_faults=None, fixed_faults_status="none"
    )
    entry = _entry(render(rows).data_quality, "DQ01")
    assert "New this month" not in entry and "Put right" not in entry


def test_what_was_looked_for_and_not_found_is_named_alone(pack: Pack) -> None:
    assert "P1 beside another thing (DQ42)" in _section(pack.data_quality, "not-found")
    assert 'id="DQ42"' not in pack.data_quality


def test_a_month_without_faults_says_so(render: Render) -> None:
    rows = tables()
    for row in rows["rpt_public_dq_issue"]:
        row["is_found"] = False
    page = render(rows).data_quality
    assert "None of the known faults was found" in page and "Distance unknown (DQ26)" in page


@pytest.mark.parametrize(
    ("pending", "said"),
    [
        ((7, "ok"), "For seven of them something else on record says that their care is ending or"
                    " over. They are counted until the end of their care is recorded."),
        ((0, "ok"), "For none of them something else"),
        ((None, "suppressed"), "For a small number of them something else"),
        ((None, "not_available"), "For how many of them something else on record says that their"
                                  " care is ending or over is not available."),
    ],
)  # fmt: skip
def test_discharges_in_the_workflow_stand_beside_the_headline(
    render: Render, pending: tuple[int | None, str], said: str
) -> None:
    rows = tables()
    row = row_of(rows, "rpt_public_scorecard", "lac_count_pending_discharge")
    row |= {"month": pending[0], "month_status": pending[1], "change_amount": None,
            "numerator": None, "year_change_amount": None}  # fmt: skip
    page = render(rows).data_quality
    assert f"551 children were looked after at 31 October 2026. {said}" in _section(page, "pending")


def test_without_the_measure_the_section_is_not_there(render: Render) -> None:
    rows = tables()
    rows["rpt_public_scorecard"] = rows["rpt_public_scorecard"][:1]
    assert 'id="pending"' not in render(rows).data_quality


def test_the_figures_and_definitions_link_to_the_page_and_it_to_them(
    pack: Pack, read: Reader
) -> None:
    for page in (pack.page, pack.definitions):
        assert 'href="data-quality.html"' in page
    figures = Reader(pack.page)
    linked = {a.removeprefix("index.html#") for a in read.addresses if a.startswith("index.html#")}
    assert linked and linked <= set(figures.ids)
    away = {a.partition("#")[0] for a in read.addresses if not a.startswith(("#", "data:"))}
    assert away == {"index.html", "definitions.html"}


def test_tags_are_closed_ids_single_headings_in_order(read: Reader) -> None:
    assert not read.open and not read.unclosed
    assert len(read.ids) == len(set(read.ids))
    assert {a[1:] for a in read.addresses if a.startswith("#")} <= set(read.ids)
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_text_of_the_models_is_escaped(render: Render) -> None:
    rows = tables()
    _issue(rows, "DQ01").update(title="<script>alert(1)</script>", owner="<script>")
    rows["rpt_public_dq_impact"][0]["title"] = "<script>"
    page = render(rows).data_quality
    assert "<script" not in page and "&lt;script&gt;" in page


def test_nothing_of_the_template_is_left_over(pack: Pack) -> None:
    visible = re.sub(r"(?s)<style>.*?</style>", "", pack.data_quality)
    assert not re.search(
        r"\{[{%#]|[}%#]\}|Undefined|None\b|\bnan\b", visible.replace("None of", "")
    )
