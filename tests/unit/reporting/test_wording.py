"""Figures, dates and files in words."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.checking.leftovers import leftovers
from reporting import wording
from reporting.rows import Figure, Gap


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        (1204.0, "count", "1,204"),
        (0.0, "count", "0"),
        (83.5, "percent", "83.5%"),
        (100.0, "percent", "100.0%"),
        (96.1, "rate_per_10000", "96.1"),
        (1012.3, "days", "1,012.3"),
    ],
)
def test_a_figure_is_printed_by_its_unit(value: float, unit: str, printed: str) -> None:
    assert wording.number(value, unit) == printed


@pytest.mark.parametrize(
    ("value", "status", "words"),
    [
        (None, "suppressed", "hidden"),
        (None, "not_available", "not available"),
        (None, "ok", "nobody to count"),
        (None, "none", "–"),
        (0.0, "ok", "0"),
    ],
)
def test_what_is_not_a_number_has_words(value: float | None, status: str, words: str) -> None:
    assert wording.figure(Figure(value, status), "count", none="–") == words


def test_numerator_and_denominator_stand_beside_what_is_made_from_them() -> None:
    assert wording.out_of(458, 520, "percent") == "458 of 520"
    assert wording.out_of(551, 57355, "rate_per_10000") == "551 of 57,355"
    assert wording.out_of(157.5, 21, "years") == "average of 21"
    assert wording.out_of(267, 14.6, "children_per_fte") == "267 for 14.6 FTE"
    assert wording.out_of(551, None, "count") == ""
    assert wording.out_of(None, 520, "percent") == ""


def test_the_year_to_date_runs_from_april() -> None:
    assert wording.year_to_date(date(2026, 10, 31)) == "April to October 2026"
    assert wording.year_to_date(date(2027, 2, 28)) == "April 2026 to February 2027"
    assert wording.year_to_date(date(2026, 4, 30)) == "April 2026"


def test_the_year_before_ended_on_the_last_31_march_before_the_day() -> None:
    assert wording.previous_year_end(date(2026, 10, 31)) == date(2026, 3, 31)
    assert wording.previous_year_end(date(2026, 3, 31)) == date(2025, 3, 31)
    assert wording.previous_year_end(date(2026, 2, 28)) == date(2025, 3, 31)


def test_months_back_end_on_their_last_day() -> None:
    assert wording.last_of_month(date(2026, 10, 31), 0) == date(2026, 10, 31)
    assert wording.last_of_month(date(2026, 4, 30), 2) == date(2026, 2, 28)
    assert wording.last_of_month(date(2026, 12, 31), 12) == date(2025, 12, 31)


def test_a_missing_file_is_named_with_the_reason_and_what_it_takes_away() -> None:
    gap = Gap("fostering", "ext_foster_household", "refused", "no readable row.", ("A", "B"))
    assert wording.gap(gap) == (
        "Fostering: the file ext_foster_household was refused (no readable row)."
        " Not available because of this: A; B."
    )


def test_a_gap_without_a_file_of_its_own_is_said_without_one() -> None:
    missing = Gap(
        family="ssda903",
        table_name="",
        status="absent",
        reason="these files do not hold what some figures need",
        indicators=("Up to date health assessments",),
    )
    assert wording.gap(missing) == (
        "SSDA903 return: these files do not hold what some figures need. "
        "Not available because of this: Up to date health assessments."
    )


@pytest.mark.parametrize(
    ("recorded", "written"),
    [
        ("lac team 3", "LAC team 3"),
        ("{{ 7 * 191 }}{% raw %}{#", "{|{ 7 * 191 }|}{|% raw %|}{|#"),
        ("team {a} #1 50%", "team {a} #1 50%"),
    ],
)
def test_a_team_keeps_its_name_and_no_mark_of_a_template(recorded: str, written: str) -> None:
    assert wording.team(recorded) == written.replace("|", wording.NARROW_SPACE)
    assert list(leftovers(wording.team(recorded))) == []
