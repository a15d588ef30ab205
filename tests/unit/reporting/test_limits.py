"""The usual range on a chart."""

from __future__ import annotations

from datetime import date

import pytest

from reporting.page.charts import LEFT, RIGHT, chart
from reporting.page.limits import levels_of
from reporting.rows import SignalPoint, TrendPoint

MONTHS = [date(2025 + (9 + n) // 12, (9 + n) % 12 + 1, 28) for n in range(13)]


def _points(values: list[float | None]) -> list[TrendPoint]:
    return [
        TrendPoint(
            "x", day, "month_end", value, None, None, "suppressed" if value is None else "ok", ""
        )
        for day, value in zip(MONTHS, values, strict=True)
    ]


def _limit(day: date, low: float, high: float, rule: str = "", anew: bool = False) -> SignalPoint:
    return SignalPoint("x", day, (low + high) / 2, low, high, rule, anew)


def test_level_limits_are_one_band_from_edge_to_edge() -> None:
    drawn = chart(_points([50.0] * 13), "count", limits=[_limit(day, 40, 60) for day in MONTHS])
    assert drawn and len(drawn.ranges) == 1 and not drawn.breaks
    assert drawn.ranges[0].centre.startswith(f"M{LEFT:g} ")
    assert drawn.ranges[0].centre.count("L") == 1 and f"L{RIGHT:g} " in drawn.ranges[0].centre


def test_limits_of_their_own_each_month_are_steps() -> None:
    limits = [_limit(day, 40 - n, 60 + n) for n, day in enumerate(MONTHS)]
    drawn = chart(_points([50.0] * 13), "percent", limits=limits)
    assert drawn and len(drawn.ranges) == 1
    assert drawn.ranges[0].area.count("L") == 4 * 13 - 1


def test_limits_that_start_anew_are_two_bands_with_an_upright_line_between() -> None:
    limits = [_limit(day, 40 + n, 60 + n, anew=n == 6) for n, day in enumerate(MONTHS)]
    drawn = chart(_points([50.0] * 13), "count", limits=limits)
    assert drawn and len(drawn.ranges) == 2
    half = (RIGHT - LEFT) / 12 / 2
    assert drawn.breaks == (pytest.approx(LEFT + 11 * half, abs=0.1),)


def test_a_month_without_limits_parts_the_band() -> None:
    limits = [_limit(day, 40, 60) for n, day in enumerate(MONTHS) if n != 4]
    drawn = chart(_points([50.0] * 13), "count", limits=limits)
    assert drawn and len(drawn.ranges) == 2


def test_months_before_the_chart_are_not_drawn() -> None:
    early = [_limit(date(2024, 12, 31), 0, 900, "run"), *(_limit(day, 40, 60) for day in MONTHS)]
    drawn = chart(_points([50.0] * 13), "count", limits=early)
    assert drawn and len(drawn.ranges) == 1 and float(drawn.y_ticks[-1].label) <= 65


def test_limits_are_drawn_at_nothing_and_at_100_per_cent_at_most() -> None:
    assert levels_of([_limit(MONTHS[0], -4, 108)], "percent") == [0, 100]
    assert levels_of([_limit(MONTHS[0], -4, 108)], "count") == [0, 108]


def test_a_month_that_met_a_rule_is_marked_and_a_hidden_one_is_not() -> None:
    limits = [_limit(day, 40, 60, "run" if n in (3, 7) else "") for n, day in enumerate(MONTHS)]
    values: list[float | None] = [50.0] * 13
    values[7] = None
    drawn = chart(_points(values), "count", limits=limits)
    assert drawn and [mark.is_flagged for mark in drawn.marks].count(True) == 1


def test_a_break_in_the_series_is_an_upright_line() -> None:
    drawn = chart(_points([50.0] * 13), "count", breaks=[MONTHS[5], date(2018, 12, 31)])
    assert drawn and len(drawn.breaks) == 1
