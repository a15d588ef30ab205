"""How much a figure usually moves, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reporting.history.movement import extent, line, moves
from reporting.history.rows import Movement

RISES = Movement(
    indicator_id="visits",
    basis="month_end",
    unit="percent",
    months_later=2,
    status="ok",
    months=13,
    median=2.1,
    smallest=0.4,
    largest=3.9,
    first_decile=0.8,
    ninth_decile=3.5,
    rose_pct=100.0,
    fell_pct=0.0,
    stayed_pct=0.0,
)
TOO_LITTLE = "Too little history to say how much this figure usually moves"
LITTLE = replace(RISES, status="too_little_history", months=4, median=None)
HIDDEN = replace(RISES, status="suppressed", months=None, median=None)


def test_the_line_of_a_measure_says_how_far_after_how_long_and_from_how_many_months() -> None:
    assert line([RISES]) == (
        "This figure usually rises by 2.1 points when re-run two months later"
        " (from 0.4 to 3.9 in 13 months)."
    )


def test_of_several_ages_the_last_that_is_told_speaks() -> None:
    one = replace(RISES, months_later=1, median=1.8)
    assert "2.1 points when re-run two months later" in line([one, RISES])
    assert "1.8 points when re-run one month later" in line([one, replace(LITTLE, months_later=2)])


@pytest.mark.parametrize(
    ("unit", "median", "said"),
    [
        ("percent", 2.1, "rises by 2.1 points"),
        ("percent", 0.0, "does not move"),
        ("count", -3.0, "falls by 3"),
        ("count", 1.5, "rises by 1.5"),
        ("rate_per_10000", -0.5, "falls by 0.5 per 10,000"),
        ("days", 12.0, "rises by 12.0 days"),
        ("years", 0.1, "rises by 0.1 years"),
        ("children_per_fte", 0.2, "rises by 0.2 children"),
    ],
)
def test_a_movement_has_its_way_its_size_and_its_unit(unit: str, median: float, said: str) -> None:
    assert moves(replace(RISES, unit=unit, median=median)) == said


@pytest.mark.parametrize(
    ("median", "smallest", "largest", "said"),
    [
        (2.1, 0.4, 3.9, "from 0.4 to 3.9"),
        (2.1, 0.0, 3.9, "from 0.0 to 3.9"),
        (-2.1, -3.9, -0.4, "from 0.4 to 3.9"),
        (1.0, -0.4, 3.9, "from a fall of 0.4 to a rise of 3.9"),
        (0.0, 0.0, 3.9, "from no change to a rise of 3.9"),
        (0.0, -3.9, 0.0, "from a fall of 3.9 to no change"),
        (2.1, 2.1, 2.1, "always as much"),
    ],
)
def test_how_far_it_ever_moved_names_the_way_where_there_were_two(
    median: float, smallest: float, largest: float, said: str
) -> None:
    assert extent(replace(RISES, median=median, smallest=smallest, largest=largest)) == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([LITTLE], f"{TOO_LITTLE}: four months of it have been run again."),
        ([replace(LITTLE, months=1)], f"{TOO_LITTLE}: one month of it has been run again."),
        ([replace(LITTLE, months=0)], f"{TOO_LITTLE}: no month of it has been run again yet."),
        ([LITTLE, HIDDEN], "How much this figure usually moves is hidden: small numbers are behind"
                           " it."),
        ([], ""),
    ],
)  # fmt: skip
def test_what_cannot_be_told_says_why(rows: list[Movement], said: str) -> None:
    assert line(rows) == said
