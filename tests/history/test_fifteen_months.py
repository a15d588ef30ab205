"""Fifteen months leave the same past, however they were published; a past month comes out again."""

from __future__ import annotations

import pytest

from .conftest import PUBLISHED, Published
from .running import archive_of, bytes_of, rows, run, tables_of

pytestmark = pytest.mark.slow


def test_the_archive_is_the_same_month_by_month_and_all_at_once(month_by_month, all_at_once):
    found, expected = archive_of(month_by_month.settings), archive_of(all_at_once)
    assert found == expected
    snapshots = {name.split("/")[2] for name in found}
    assert len(snapshots) == 15


def test_the_warehouse_tells_the_same_past_month_by_month_and_all_at_once(
    month_by_month, all_at_once
):
    found, expected = tables_of(month_by_month.settings), tables_of(all_at_once)
    for table in expected:
        assert found[table] == expected[table], table
        assert expected[table], table


def test_the_newest_month_is_the_same_month_by_month_and_all_at_once(month_by_month, all_at_once):
    month = PUBLISHED[-1]
    assert bytes_of(month_by_month.folders[month]) == bytes_of(all_at_once.out / str(month))


def test_nearly_every_month_tells_the_past_otherwise(all_at_once):
    """Else the tests above would say little."""
    restated = rows(
        all_at_once.warehouse,
        "select count(*) from fct_restatement group by snapshot_month having count(*) >= 5",
    )
    assert len(restated) >= 12
    [(states,)] = rows(
        all_at_once.warehouse, "select count(distinct change) from fct_cohort_change"
    )
    assert states == 4


def test_an_early_month_made_again_has_the_bytes_that_were_published(month_by_month: Published):
    """Also where ten later extracts lie in the inbox and in the lake: they are not looked at.

    The newest month stays published, with its warehouse, archive and list of months.
    """
    settings, early = month_by_month.settings, PUBLISHED[0]
    before = bytes_of(settings.out)
    run(settings, early)
    assert bytes_of(settings.out / str(early)) == bytes_of(month_by_month.folders[early])
    kept = bytes_of(settings.out)
    lasting = (*map(str, PUBLISHED), "index.html", "private/lake", "private/warehouse")
    changed = [name for name in before if name.startswith(lasting) and kept[name] != before[name]]
    assert changed == []
