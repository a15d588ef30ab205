"""What a re-run changed, found again in plain Python from what each extract gives alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pyarrow.parquet as pq

from tests.end_to_end.building import Key
from tests.recount.values import Figure

Published = tuple[Decimal | None, Decimal | None, Decimal | None]
# Who is behind a figure: (person, event) with whether it is in the numerator, and its categories.
Row = tuple[bool, str | None, str | None]
Cohort = dict[tuple[str | None, str | None], Row]

NOTHING = Figure(Fraction(0), 0, None)


def rounded(value: Fraction | float | None) -> Decimal | None:
    """One decimal, half up, from the exact value (C18)."""
    if value is None:
        return None
    exact = Fraction(value).limit_denominator(10**9)
    tenths = (Decimal(exact.numerator * 10) / Decimal(exact.denominator)).quantize(
        Decimal(1), rounding=ROUND_HALF_UP
    )
    return tenths / 10


def changes(
    earlier: Mapping[Key, Figure], later: Mapping[Key, Figure]
) -> dict[Key, tuple[Decimal | None, Decimal | None]]:
    """What each figure was and is, where value as published, numerator or denominator differ.

    Only figures that both extracts give; a part of a breakdown that no longer occurs, or did not
    yet, is 0.
    """
    given = _given(earlier) & _given(later)
    found = {}
    for key in {*earlier, *later}:
        was, now = earlier.get(key, NOTHING), later.get(key, NOTHING)
        if key[:3] in given and _told(was) != _told(now):
            found[key] = rounded(was.value), rounded(now.value)
    return found


def _given(figures: Mapping[Key, Figure]) -> set[tuple]:
    return {key[:3] for key, one in figures.items() if key[3] == "" and one.status == "ok"}


def _told(figure: Figure) -> tuple[object, ...]:
    return rounded(figure.value), figure.numerator, figure.denominator


def cohorts(files: Iterable[Path]) -> dict[tuple, Cohort]:
    """Who is behind each figure of one snapshot, from the file of its computation."""
    found: dict[tuple, Cohort] = {}
    for path in files:
        for row in pq.ParquetFile(path).read().to_pylist():
            figure = found.setdefault((row["indicator_id"], row["period_end"], row["basis"]), {})
            about = (row["in_numerator"], row["category"], row["further_category"])
            assert figure.setdefault((row["person_id"], row["event_id"]), about) == about
    return found


def rows_of_part(cohort: Cohort, column: int | None, category: str) -> dict[tuple, bool]:
    """The rows of a part of a breakdown (``column`` 1 or 2), or of the whole figure."""
    return {
        who: about[0]
        for who, about in cohort.items()
        if column is None or about[column] == category
    }


def counted(was: Mapping[tuple, bool], now: Mapping[tuple, bool]) -> tuple[int, int, int]:
    """How many rows came, changed and went."""
    return (
        len(now.keys() - was.keys()),
        sum(was[who] != now[who] for who in now.keys() & was.keys()),
        len(was.keys() - now.keys()),
    )
