"""Figures of many snapshots: each is what its extract gives, the first and the newest are told."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.month import Month
from pipeline.settings import Settings
from tests.end_to_end.building import Build, Key
from tests.end_to_end.comparing import differences
from tests.recount.catalogue import MEASURES

from .brute_force import rounded
from .conftest import PUBLISHED, Recounts

pytestmark = pytest.mark.slow
FIGURE = "indicator_id, period_end, basis, breakdown"
KEPT_AS_OF_NOW = {one.indicator_id for one in MEASURES if one.kept_as_of_now and not one.unless}


@pytest.fixture(scope="module")
def build(all_at_once: Settings) -> Build:
    return Build(all_at_once.warehouse, all_at_once)


def test_every_snapshot_counts_as_in_plain_python(build, recounts: Recounts):
    wrong = [
        f"{month}: {line}"
        for month, recount in recounts.items()
        for line in differences(build.computed("forty", str(month)), recount)
    ]
    assert wrong == []


def test_first_published_value_is_what_the_months_own_extract_gave(build, recounts: Recounts):
    """A part of a breakdown that no longer occurs has no figure now."""
    found, figures = first_published(build), build.figures("forty")
    compared = 0
    for month, recount in recounts.items():
        for key, figure in recount.items():
            is_own = key[1] == month.last_day and figure.status == "ok"
            if is_own and figure.value is not None and (key in figures or key[3] == ""):
                value, snapshot = found[key]
                assert (rounded(value), snapshot) == (rounded(figure.value), str(month)), key
                compared += 1
    assert compared > 1000


def first_published(build: Build) -> dict[Key, tuple[float, str]]:
    found = build.rows(
        f"select {FIGURE}, first_published_value, first_published_snapshot "
        "from fct_indicator_value where first_published_snapshot is not null"
    )
    return {row[:4]: row[4:] for row in found}


def test_current_value_is_that_of_the_newest_extract(build, recounts: Recounts):
    """The month before comes from the newest extract, save what is kept only as of now (A3)."""
    before, newest = PUBLISHED[-2:]
    figures = build.figures("forty")
    for key, figure in recounts[newest].items():
        assert rounded(figures[key].value) == rounded(figure.value), key
    snapshots = dict(
        build.rows(
            "select indicator_id, max(snapshot_month) from fct_indicator_value "
            "where period_end = ? and status = 'ok' group by indicator_id",
            before.last_day,
        )
    )
    assert {snapshots.pop(one) for one in KEPT_AS_OF_NOW} == {str(before)}
    assert set(snapshots.values()) == {str(newest)}


def test_backfilled_figures_say_so_and_were_never_published(build):
    """The first extract gives the two years before it; nobody ever published those."""
    first = Month.parse("2025-08").first_day
    found = build.rows(
        "select status, note, first_published_value, first_published_snapshot, snapshot_month "
        "from fct_indicator_value where period_end < ?",
        date(2025, 6, 1),
    )
    has_value = [row for row in found if row[0] == "ok"]
    assert len(has_value) > 300
    assert {"backfilled" in row[1] for row in has_value} == {True}
    assert {row[2:] for row in found} == {(None, None, f"{first:%Y-%m}")}
