"""What the words around a number say of it."""

from __future__ import annotations

from datetime import date

import pytest

from reporting.commentary.cues import binding, cues, movement

END = date(2026, 10, 31)


def _cues(sentence: str) -> set[tuple[str, str]]:
    return {(cue.kind, cue.month) for cue in cues(sentence, END)}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("in September", {("month", "2026-09")}),
        ("in October", {("month", "2026-10")}),
        ("in November", {("month", "2025-11")}),
        ("in Oct-25", {("month", "2025-10")}),
        ("on 2026-04", {("month", "2026-04")}),
        ("last month", {("month", "2026-09")}),
        ("a year ago", {("month", "2025-10")}),
        ("last year", {("last_year", ""), ("month", "2025-10")}),
        ("so far this year", {("ytd", "")}),
        ("since April", {("ytd", ""), ("month", "2026-04")}),
        ("statistical neighbours and England", {("neighbours", ""), ("england", "")}),
        ("rated amber", {("target", "")}),
        ("we may march on", set()),
    ],
)
def test_periods_and_comparators_are_found(sentence: str, found: set[tuple[str, str]]) -> None:
    assert _cues(sentence) == found


@pytest.mark.parametrize(
    ("sentence", "number", "bound"),
    [
        ("There were 551 in October", "551", ["2026-10"]),
        ("rose from 544 in September to 551", "544", ["2026-09"]),
        ("rose from 544 in September to 551", "551", []),
        ("551, more than in September", "551", []),
        ("88.1% against 89.0% in England", "89.0", ["england"]),
        ("88.1% against 89.0% in England", "88.1", []),
        ("England’s rate of children is 70.0", "70.0", ["england"]),
        ("a target of 95%, at 88.1%", "95", ["target"]),
        ("a target of 95%, at 88.1%", "88.1", []),
    ],
)
def test_a_number_is_bound_to_what_stands_beside_it(
    sentence: str, number: str, bound: list[str]
) -> None:
    start = sentence.index(number)
    end = start + len(number) + sentence[start:].startswith(f"{number}%")
    found = binding(sentence, start, end, cues(sentence, END))
    assert [cue.month or cue.kind for cue in found] == bound


@pytest.mark.parametrize(
    ("sentence", "rise"),
    [
        ("7 more than", 1), ("7 fewer than", -1), ("up 7 on", 1), ("fell by 7", -1),
        ("an increase of 7", 1), ("a reduction of 7", -1), ("7 children fewer", -1),
        ("changed by 7", 0), ("7 children", None), ("up to 7 children", None),
        ("7, more than", None),
    ],
)  # fmt: skip
def test_a_movement_is_told_from_a_figure(sentence: str, rise: int | None) -> None:
    start = sentence.index("7")
    assert movement(sentence, start, start + 1, is_points=False) == rise
