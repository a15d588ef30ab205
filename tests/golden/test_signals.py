"""Signals: the published example, a second reading of the rules, and what must never matter."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from tests.golden.signals import Chart, Month, Series, signals

# From the documentation of NHSRplotthedots ("Deviations from Excel defaults"): without screening,
# as NHS England's own tool does it, the upper limit is 6.95; with screening it would be 4.60.
PUBLISHED = [1, 2, 1, 2, 10, *[1, 2] * 6, 1]
OPPOSITE = {"improving": "getting_worse", "getting_worse": "improving"}


def drawn(draw: random.Random, number: int) -> Series:
    """Draw a series: noise of some size, now and then a step, a drift, a gap or a break."""
    length = draw.randrange(8, 60)
    level, noise = draw.choice([8, 60, 500]), draw.choice([0.01, 0.05, 0.3])
    slope, step = draw.choice([0, 0, 0.01]), draw.choice([1, 1, 1.1])
    at = draw.randrange(length)
    breaks = sorted(draw.sample(range(1, length), draw.choice([0, 0, 1, 2])))
    kind = draw.choice(["count", "count", "percentage"])
    months: list[Month] = []
    for n in range(length):
        middle = level * (1 + slope * n) * (step if n >= at else 1)
        value = max(0.0, round(draw.gauss(middle, middle * noise), draw.choice([0, 1])))
        if kind == "percentage":
            of = draw.randrange(10, 200)
            share = min(0.95, max(0.05, draw.gauss(0.7 + slope * n, noise)))
            months.append((float(round(of * share)), float(of)))
        else:
            months.append(value)
        if draw.random() < 0.03:
            months[-1] = None
    good_is = draw.choice(["high", "low", "info", "range"])
    return Series(f"drawn_{number}", months, good_is, kind, tuple(breaks))


SERIES = [drawn(random.Random(seed), seed) for seed in range(300)]


@pytest.fixture(scope="module")
def judged() -> tuple[dict[str, Any], dict[tuple[str, int], Any]]:
    return signals(SERIES)


def test_the_published_example_has_its_limits() -> None:
    found = signals([Series("published", [m + 10.0 for m in PUBLISHED])])[0]["published"]
    assert round(found["centre"] - 10, 2) == 1.94
    assert round(found["upper_limit"] - 10, 2) == 6.95
    assert (round(found["lower_limit"] - 10, 2), found["rule"]) == (-3.06, None)


def test_every_signal_is_that_of_a_second_reading(
    judged: tuple[dict[str, Any], dict[tuple[str, int], Any]],
) -> None:
    ours = {name: row["signal"] for name, row in judged[0].items()}
    assert ours == {one.name: Chart(one).signal for one in SERIES}
    assert {"improving", "getting_worse", "unusual", "no_change", "too_few"} == set(ours.values())


def test_every_limit_and_rule_is_that_of_a_second_reading(
    judged: tuple[dict[str, Any], dict[tuple[str, int], Any]],
) -> None:
    last = max(len(one.months) for one in SERIES)
    rules = set()
    for one in SERIES:
        chart, shift = Chart(one), last - len(one.months)
        for number, month in enumerate(one.months):
            row = judged[1].get((one.name, number + shift))
            assert (row is None) == (month is None)
            if row is None:
                continue
            limits = (row["centre"], row["lower_limit"], row["upper_limit"])
            expected = chart.limits.get(number, (None, None, None))
            assert limits == pytest.approx(expected, abs=1e-6), (one.name, number)
            assert row["rule"] == chart.rules.get(number), (one.name, number)
            assert row["direction"] == chart.ways.get(number), (one.name, number)
            rules.add(row["rule"])
    assert rules == {None, "outside_limits", "run", "trend", "two_of_three"}


def test_the_order_of_the_rows_changes_nothing(
    judged: tuple[dict[str, Any], dict[tuple[str, int], Any]],
) -> None:
    def shuffled(rows: list[Any]) -> list[Any]:
        return random.Random(1).sample(rows, len(rows))

    assert signals(SERIES, shuffled) == judged


def test_what_is_good_decides_only_between_better_and_worse(
    judged: tuple[dict[str, Any], dict[tuple[str, int], Any]],
) -> None:
    flips = {"high": "low", "low": "high"}
    flipped = signals([replace(s, good_is=flips.get(s.good_is, s.good_is)) for s in SERIES])[0]
    for name, row in judged[0].items():
        assert flipped[name] == row | {"signal": OPPOSITE.get(row["signal"], row["signal"])}


@pytest.mark.parametrize("value", [65.6, 0.1 + 0.2 + 9, 1234.5])
def test_a_series_that_stays_as_it_is_gives_no_signal(value: float) -> None:
    found = signals([Series("still", [value] * 40)])[0]["still"]
    assert (found["signal"], found["rule"]) == ("no_change", None)
    assert found["lower_limit"] == found["upper_limit"] == round(value, 9)


def test_after_24_months_a_new_month_moves_no_limit() -> None:
    months = [100.0 + n % 3 for n in range(24)]
    limits = {
        tuple(signals([Series("one", [*months, *more])])[0]["one"][part] for part in PARTS)
        for more in ([], [102.0], [150.0], [150.0] * 30)
    }
    assert len(limits) == 1


PARTS = ("centre", "lower_limit", "upper_limit")


def test_chance_alone_seldom_gives_a_signal() -> None:
    draw = random.Random(5)
    noise = [
        Series(f"noise_{n}", [round(draw.gauss(100, 5), 1) for _ in range(26)]) for n in range(2000)
    ]
    found = [row["signal"] for row in signals(noise)[0].values()]
    share = 1 - found.count("no_change") / len(found)
    assert 0.005 < share < 0.04
