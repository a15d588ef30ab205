"""Figures that changed since last month's pack: which are listed, and in what words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reporting.page.changes import listed, moved, sentence
from reporting.rows import ChangedFigure, Figure

HIDDEN = Figure(None, "suppressed")
SEPTEMBER, AUGUST = date(2026, 9, 30), date(2026, 8, 31)


def _ok(value: float) -> Figure:
    return Figure(value, "ok")


def _changed(day: date = SEPTEMBER, **figures: Figure) -> ChangedFigure:
    row = ChangedFigure(
        "x", "X", "count", day, "month_end", "later extract", 1, _ok(5), _ok(6), *[_ok(0)] * 3
    )
    return replace(row, **figures)


def test_a_figure_that_is_printed_as_before_is_not_listed() -> None:
    same, moved, both_hidden = _changed(now=_ok(5)), _changed(), _changed(before=HIDDEN, now=HIDDEN)
    assert listed([same, moved, both_hidden]) == (moved,)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"rows_added": _ok(1)}, "1 more counted"),
        ({"rows_added": _ok(14), "rows_changed": _ok(7)}, "14 more counted, 7 judged otherwise"),
        ({"rows_removed": HIDDEN}, "Small numbers of records, which are hidden"),
        ({}, "The same are counted; what is recorded of them, or the number it is measured by,"
             " changed"),
        ({"before": HIDDEN, "now": HIDDEN}, "–"),
    ],
)  # fmt: skip
def test_what_moved_in_what_is_counted_is_said_in_words(rows: dict[str, Figure], said: str) -> None:
    assert moved(_changed(**rows)).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("days", "start"),
    [
        ([SEPTEMBER], "One figure of September reads otherwise"),
        ([SEPTEMBER, AUGUST], "Two figures of August and September read otherwise"),
        ([SEPTEMBER] * 17, "17 figures of September read otherwise"),
        ([date(2025, 12, 31), date(2026, 1, 31)],
         "Two figures of December 2025 and January 2026 read otherwise"),
    ],
)  # fmt: skip
def test_the_sentence_on_top_counts_figures_and_names_months(days: list[date], start: str) -> None:
    assert sentence([_changed(day=day) for day in days]).startswith(start)


def test_hidden_figures_that_changed_are_counted_and_no_more() -> None:
    assert sentence([_changed()], hidden=2).endswith("pack. Two more changed and are hidden.")
    assert sentence([], hidden=1) == (
        "The figures that read otherwise than in last month’s pack are hidden."
    )


def test_without_a_changed_figure_the_sentence_says_so() -> None:
    assert sentence([]) == (
        "No figure of an earlier month reads otherwise than in last month’s pack, or there was none"
        " to compare with."
    )
