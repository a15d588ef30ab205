"""What restatements.csv lists is what differs between the extracts, counted in plain Python."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.month import Month
from tests.end_to_end.building import Key

from .brute_force import changes, cohorts, counted, rows_of_part
from .conftest import PUBLISHED
from .running import rows

pytestmark = pytest.mark.slow

Figure = tuple[str, date, str, str]


def read(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def figure_of(row: dict[str, str]) -> Key:
    day = date.fromisoformat(row["period_end"])
    return row["indicator_id"], day, row["basis"], row["breakdown"]


@pytest.fixture(scope="module")
def listed(month_by_month) -> list[dict[str, str]]:
    return list(read(month_by_month.folders[PUBLISHED[-1]] / "restatements.csv"))


def test_every_figure_that_differs_is_listed_and_no_other(council, recounts, listed):
    """All fourteen pairs of extracts, each extract recounted alone, one child at a time."""
    expected = {
        (*key, str(later)): change
        for earlier, later in pairwise(council.months)
        for key, change in changes(recounts[earlier], recounts[later]).items()
    }
    found = {
        (*figure_of(row), row["snapshot_month"]): (
            Decimal(row["previous_value"]) if row["previous_value"] else None,
            Decimal(row["current_value"]) if row["current_value"] else None,
        )
        for row in listed
    }
    assert found == expected
    assert len(found) == len(listed) > 200


def test_rows_that_came_changed_and_went_are_those_of_the_two_snapshots(
    all_at_once, council, listed
):
    """Of whole figures and of parts, from the cohort of each snapshot alone."""
    columns = breakdowns(all_at_once)
    behind = {
        month: cohorts((all_at_once.lake / "archive_cohort").glob(f"*/snapshot_month={month}/*"))
        for month in council.months
    }
    before = {str(later): earlier for earlier, later in pairwise(council.months)}
    for row in listed:
        indicator_id, day, basis, breakdown = figure_of(row)
        name, _, category = breakdown.partition("=")
        column = columns[indicator_id].index(name) + 1 if breakdown else None
        both = (before[row["snapshot_month"]], Month.parse(row["snapshot_month"]))
        was, now = (
            rows_of_part(behind[month].get((indicator_id, day, basis), {}), column, category)
            for month in both
        )
        told = tuple(int(row[f"rows_{what}"]) for what in ("added", "changed", "removed"))
        assert told == counted(was, now), row


def breakdowns(settings) -> dict[str, tuple[str, str]]:
    found = rows(
        settings.warehouse, "select indicator_id, breakdown, further_breakdown from dim_indicator"
    )
    return {indicator_id: names for indicator_id, *names in found}


def test_whole_figures_have_the_rows_of_the_published_lists_of_children(month_by_month, listed):
    """The newest month, from children.csv as it and the month before published them."""
    checked = 0
    for earlier, later in pairwise(PUBLISHED[1:]):
        was, now = (children(month_by_month.folders[month]) for month in (earlier, later))
        for row in listed:
            figure = figure_of(row)
            if row["snapshot_month"] == str(later) and figure[3] == "":
                told = tuple(int(row[f"rows_{what}"]) for what in ("added", "changed", "removed"))
                sides = (was.get(figure[:3], {}), now.get(figure[:3], {}))
                assert told == counted(*sides), row
                checked += 1
    assert checked >= 5


def children(folder: Path) -> dict[tuple, dict[tuple, bool]]:
    found: dict[tuple, dict[tuple, bool]] = {}
    for row in read(folder / "restricted" / "children.csv"):
        figure = row["indicator_id"], date.fromisoformat(row["period_end"]), row["basis"]
        who = row["person_id"], row["event_id"]
        found.setdefault(figure, {})[who] = row["in_numerator"] == "true"
    return found
