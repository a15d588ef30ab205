"""The sentences: both numbers, and a branch for every figure that is not shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reporting.headlines import chart_alt, headline
from reporting.queries import read_rows
from reporting.rows import Figure, Front, Indicator, PackRows, TrendPoint
from tests.unit.reporting.public_rows import LA, tables, write_warehouse

HIDDEN = Figure(None, "suppressed")
ABSENT = Figure(None, "not_available")


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> PackRows:
    folder: Path = tmp_path_factory.mktemp("headlines")
    return read_rows(write_warehouse(folder / "warehouse.duckdb", tables()), LA)


def _one(rows: PackRows, indicator_id: str) -> Indicator:
    return next(row for row in rows.indicators if row.indicator_id == indicator_id)


def test_a_count_is_said_with_last_month_and_a_year_ago(rows: PackRows) -> None:
    said = str(headline(_one(rows, "lac_count"), rows.front))
    assert said == (
        "551 children were looked after at 31 October 2026,"
        " 7 more than in September and 23 fewer than a year ago."
    )


def test_a_percentage_is_said_with_the_children_behind_it(rows: PackRows) -> None:
    said = str(headline(_one(rows, "health_assessment_up_to_date_pct"), rows.front))
    assert said == (
        "88.1% of children in care (458 of 520) had an up to date health assessment at"
        " 31 October 2026, 0.7 percentage points lower than in September and 4.0 higher than a"
        " year ago."
    )


def test_a_measure_without_a_sentence_of_its_own_is_said_by_its_title(rows: PackRows) -> None:
    row = replace(_one(rows, "lac_count"), indicator_id="new", title="New {measure}")
    assert str(headline(row, rows.front)).startswith("New {measure}: 551 at 31 October 2026, 7 ")


def test_a_hidden_figure_is_said_to_be_hidden_and_nothing_more(rows: PackRows) -> None:
    said = str(headline(_one(rows, "ceased_permanence_pct"), rows.front))
    assert said == (
        "Ceased through permanence (SGO, CAO/residence order, adoption): hidden in October 2026,"
        " because it would show or give away a small number."
    )


def test_a_hidden_month_before_is_said_instead_of_a_difference(rows: PackRows) -> None:
    row = replace(_one(rows, "ceased"), month_minus_1=HIDDEN, change_amount=None)
    assert str(headline(row, rows.front)) == (
        "14 children left care in October 2026, 1 fewer than a year ago;"
        " the figure in September is hidden."
    )


def test_an_absent_year_ago_is_said(rows: PackRows) -> None:
    row = replace(_one(rows, "lac_count"), year_ago=ABSENT, year_change_amount=None)
    assert str(headline(row, rows.front)).endswith(
        "7 more than in September; the figure a year ago is not available."
    )


def test_no_movement_is_the_same(rows: PackRows) -> None:
    row = replace(_one(rows, "lac_count"), change_amount=0.0, year_change_amount=0.0)
    assert "the same as in September and the same as a year ago" in str(headline(row, rows.front))


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (Figure(None, "ok"), "nobody to count at 31 October 2026."),
        (ABSENT, "not available at 31 October 2026."),
    ],
)
def test_a_month_without_a_figure_is_said(rows: PackRows, month: Figure, words: str) -> None:
    row = replace(_one(rows, "foster_households"), month=month)
    assert str(headline(row, rows.front)).endswith(words)


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("in_month", "in October 2026"),
        ("fytd", "in the year so far (April to October 2026)"),
        ("rolling_12m", "in the 12 months to 31 October 2026"),
        ("month_end", "at 31 October 2026"),
    ],
)
def test_the_period_follows_the_basis(rows: PackRows, basis: str, words: str) -> None:
    row = replace(_one(rows, "lac_count"), headline_basis=basis)
    assert words in str(headline(row, rows.front))


def test_a_termly_measure_is_compared_with_a_year_ago_only(rows: PackRows) -> None:
    row = replace(_one(rows, "lac_count"), timeline="termly")
    said = str(headline(row, rows.front))
    assert "September" not in said and "a year ago" in said


def _points(*values: float | None) -> list[TrendPoint]:
    return [
        TrendPoint("x", date(2026, month, 28), "in_month", value, None, None,
                   "suppressed" if value is None else "ok", "")
        for month, value in enumerate(values, start=1)
    ]  # fmt: skip


def test_a_chart_is_one_sentence() -> None:
    assert chart_alt("Reviews on time", "percent", _points(90.0, None, 85.0, 88.0), "95+") == (
        "Reviews on time: from 90.0% in January 2026 to 88.0% in April 2026, lowest 85.0% in"
        " March 2026 and highest 90.0% in January 2026; 1 month hidden; target 95+."
    )


def test_a_chart_of_hidden_months_says_that_they_are_hidden() -> None:
    assert chart_alt("Missing", "count", _points(None, None), "") == (
        "No figure can be shown for these months: 2 months hidden."
    )


def test_the_front_is_of_one_council(rows: PackRows) -> None:
    assert rows.front == Front(
        "Eastmoor & Vale Council",
        "2026-10",
        date(2026, 10, 31),
        date(2026, 9, 30),
        "2026-10",
        False,
        6,
        10,
        "Director of children’s services",
    )


def test_two_figures_that_are_not_shown_are_said_at_once(rows: PackRows) -> None:
    row = replace(_one(rows, "lac_count"), change_amount=None, year_change_amount=None)
    both = replace(row, month_minus_1=HIDDEN, year_ago=HIDDEN)
    assert str(headline(both, rows.front)).endswith(
        "31 October 2026; the figures in September and a year ago are hidden."
    )
    either = replace(row, month_minus_1=HIDDEN, year_ago=ABSENT)
    assert str(headline(either, rows.front)).endswith(
        "; the figure in September is hidden; the figure a year ago is not available."
    )
