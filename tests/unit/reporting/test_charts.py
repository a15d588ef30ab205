"""The geometry of the charts."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest

from reporting.page.charts import LABEL_GAP, LEFT, RIGHT, Level, chart
from reporting.page.scales import BOTTOM, TOP, scale, target
from reporting.rows import TrendPoint

MONTHS = [date(2025 + (9 + n) // 12, (9 + n) % 12 + 1, 28) for n in range(13)]


def _points(values: list[float | None], basis: str = "month_end") -> list[TrendPoint]:
    return [
        TrendPoint("x", day, basis, value, None, None, "suppressed" if value is None else "ok", "")
        for day, value in zip(MONTHS, values, strict=True)
    ]


def test_a_line_runs_from_the_left_edge_to_the_right() -> None:
    drawn = chart(_points([float(n) for n in range(80, 93)]), "percent")
    assert drawn and (drawn.marks[0].x, drawn.marks[-1].x) == (LEFT, RIGHT)
    assert drawn.path.count("M") == 1 and drawn.path.count("L") == 12
    assert [mark.is_last for mark in drawn.marks] == [False] * 12 + [True]


def test_the_line_is_lifted_over_a_hidden_month_and_the_month_is_shaded() -> None:
    values: list[float | None] = [20.0] * 13
    values[5] = values[6] = None
    drawn = chart(_points(values), "count")
    assert drawn and drawn.path.count("M") == 2 and len(drawn.marks) == 11
    assert [gap.kind for gap in drawn.gaps] == ["hidden"]
    assert drawn.gaps[0].size == pytest.approx(2 * (RIGHT - LEFT) / 12, abs=0.2)


def test_a_hidden_last_month_has_no_label_and_no_point_on_it() -> None:
    drawn = chart(_points([50.0] * 12 + [None]), "percent")
    assert drawn and not drawn.labels and drawn.spark_end is None
    assert max(mark.x for mark in drawn.marks) < RIGHT


def test_months_that_are_all_hidden_make_no_chart() -> None:
    assert chart(_points([None] * 13), "count") is None


def test_a_year_to_date_is_not_joined_across_april() -> None:
    drawn = chart(_points([20.0] * 13, basis="fytd"), "days")
    assert drawn and drawn.path.count("M") == 2


def test_a_single_month_is_a_point_without_a_line() -> None:
    drawn = chart(_points([None] * 6 + [7.0] + [None] * 6), "count")
    assert drawn and len(drawn.marks) == 1 and "L" not in drawn.path


@pytest.mark.parametrize("far", [60.0, 88.0, 88.4, 100.0])
def test_labels_at_the_line_ends_never_touch_and_stay_inside(far: float) -> None:
    levels = [Level("similar", "Similar", 88.2), Level("england", "England", far)]
    drawn = chart(_points([88.1] * 13), "percent", (88.0,), levels)
    assert drawn and len(drawn.labels) == 4
    heights = [label.y for label in drawn.labels]
    assert all(b - a >= LABEL_GAP - 0.1 for a, b in pairwise(heights))
    assert heights[0] >= TOP - 4 and heights[-1] <= BOTTOM + 4.1


def test_a_target_range_is_a_band() -> None:
    drawn = chart(_points([15.0] * 13), "children_per_fte", (14.0, 20.0))
    assert drawn and drawn.target_band and drawn.target_band.size > 0
    assert "Target 14 to 20" in [label.text for label in drawn.labels]


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        ([0.0], "count"), ([6.0, 9.0], "count"), ([544.0, 574.0], "count"), ([0.0], "percent"),
        ([99.9, 100.0], "percent"), ([12.0, 150.0], "percent"), ([412.3, 640.0], "days"),
        ([7.4], "years"), ([-12.0, 9.0], "count"),
    ],
)  # fmt: skip
def test_a_scale_holds_its_figures_in_a_few_round_steps(values: list[float], unit: str) -> None:
    axis = scale(values, unit)
    assert axis.low <= min(values) and max(values) <= axis.high
    steps = (axis.high - axis.low) / axis.step
    assert steps == pytest.approx(round(steps)) and 1 <= steps <= 8
    assert unit != "count" or float(axis.step).is_integer()


def test_a_percentage_scale_ends_at_100() -> None:
    assert scale([97.0, 99.5], "percent").high == 100.0


@pytest.mark.parametrize(
    ("printed", "level"),
    [
        ("95+", (95.0,)), ("<9.5", (9.5,)), ("<=10%", (10.0,)), (">=85%", (85.0,)),
        ("14-20", (14.0, 20.0)), ("14 to 20", (14.0, 20.0)), ("", ()), ("range to be set", ()),
    ],
)  # fmt: skip
def test_a_target_is_read_from_the_printed_threshold(printed: str, level: object) -> None:
    assert target(printed) == level


def test_coordinates_are_rounded_to_a_tenth() -> None:
    drawn = chart(_points([80.0 + n / 7 for n in range(13)]), "percent")
    assert drawn and not re.search(r"\d\.\d\d", drawn.path)
