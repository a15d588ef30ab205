"""What to ask about first: by rating and signal, in the order of the scorecard, at most six."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reporting.asks import ask_first, going_well
from reporting.queries import read_rows
from reporting.rows import Figure, Indicator, PackRows, Signal
from tests.unit.reporting.one_measure import measure
from tests.unit.reporting.public_rows import LA, tables, write_warehouse


@pytest.fixture(scope="module")
def anything(tmp_path_factory: pytest.TempPathFactory) -> PackRows:
    folder: Path = tmp_path_factory.mktemp("asks")
    return read_rows(write_warehouse(folder / "warehouse.duckdb", tables()), LA)


def signal(row: Indicator, word: str) -> Signal:
    since = date(2024, 8, 31)
    return Signal(row.indicator_id, "xmr", word, "", "", 27, since, None, None, None, "", "")


def pack(anything: PackRows, *told: tuple[str, str, str, str]) -> PackRows:
    """The rows of measures told by id, rating, signal and change."""
    rows = tuple(
        measure(name, rag=rag, change_is=change, unit="percent", month=Figure(81.2, "ok"))
        for name, rag, _, change in told
    )
    words = zip(rows, (word for _, _, word, _ in told), strict=True)
    signals = {row.indicator_id: signal(row, word) for row, word in words if word}
    return replace(anything, indicators=rows, signals=signals)


def names(picks: tuple[Any, ...]) -> list[str]:
    return [pick.id for pick in picks]


def test_red_and_getting_worse_then_red_then_the_others_getting_worse(anything: PackRows) -> None:
    rows = pack(
        anything,
        ("green_worse", "green", "getting_worse", "better"),
        ("amber_worse", "amber", "getting_worse", "better"),
        ("red_still", "red", "no_change", "worse"),
        ("red_better", "red", "improving", "better"),
        ("red_worse", "red", "getting_worse", "better"),
        ("amber_still", "amber", "no_change", "worse"),
        ("green_still", "green", "no_change", "worse"),
        ("amber_unusual", "amber", "unusual", "worse"),
        ("no_rating", "", "getting_worse", "worse"),
    )
    assert names(ask_first(rows)) == [
        *("red_worse", "red_still", "red_better"),
        *("green_worse", "amber_worse"),
    ]


def test_without_a_signal_the_rating_alone_decides(anything: PackRows) -> None:
    rows = pack(
        anything,
        ("amber_worse_than_last_month", "amber", "too_few", "worse"),
        ("red_better_than_last_month", "red", "too_few", "better"),
        ("red_worse_than_last_month", "red", "", "worse"),
    )
    asked = names(ask_first(rows))
    assert asked == ["red_better_than_last_month", "red_worse_than_last_month"]


def test_no_more_than_six_and_the_scorecards_order_in_each(anything: PackRows) -> None:
    rows = pack(anything, *((f"red_{n}", "red", "no_change", "") for n in range(8)))
    assert names(ask_first(rows)) == [f"red_{n}" for n in range(6)]


def test_going_well_is_green_and_improving_then_green_and_better(anything: PackRows) -> None:
    rows = pack(
        anything,
        ("green_better", "green", "no_change", "better"),
        ("green_too_few", "green", "too_few", "better"),
        ("green_improving", "green", "improving", "worse"),
        ("green_worse", "green", "getting_worse", "better"),
        ("green_same", "green", "no_change", "same"),
        ("amber_improving", "amber", "improving", "better"),
    )
    assert names(going_well(rows)) == ["green_improving", "green_better", "green_too_few"]


def test_a_pick_keeps_figure_change_and_signal_apart(anything: PackRows) -> None:
    rows = pack(anything, ("visits", "red", "getting_worse", "better"))
    row = replace(rows.indicators[0], title="Visits on time", green="95+")
    (pick,) = ask_first(replace(rows, indicators=(row,)))
    assert (pick.title, pick.rating) == ("Visits on time", "red")
    assert pick.words == "81.2%, green is 95+; better than in September; signal: getting worse"


def test_a_pick_without_target_and_change_has_its_figure_alone(anything: PackRows) -> None:
    rows = pack(anything, ("visits", "red", "no_change", "same"))
    assert ask_first(rows)[0].words == "81.2%"
