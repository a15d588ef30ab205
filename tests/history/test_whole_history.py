"""Fifteen months of the whole invented council, one by one and all at once (`make history`).

It takes minutes, so it runs where it is asked for: WHOLE_HISTORY=1. What a month costs and how
large the archive is stands in docs/benchmarks.md.
"""

from __future__ import annotations

import os
import resource
import shutil
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import mean

import pytest

from pipeline import rebuild
from pipeline.inboxes import invented_inbox
from pipeline.month import Month
from pipeline.settings import Settings
from tests.end_to_end.building import Council

from .councils import copied
from .running import archive_of, bytes_of, land, publish, run, tables_of, without_pages

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("WHOLE_HISTORY"), reason="run by make history"),
]
# A month's cost is the mean of three: one run more or less warm than another is no growth.
EARLY, LATE = slice(2, 5), slice(12, 15)
MONTHS_IN_TEN_YEARS = 120
LARGEST_ARCHIVE = 50_000_000


@dataclass(frozen=True)
class Fifteen:
    """What one by one left, with each month's folder as it was published, and what it cost."""

    council: Council
    settings: Settings
    folders: dict[Month, dict[str, str]]
    seconds: list[float]


@pytest.fixture(scope="module")
def one_by_one(tmp_path_factory: pytest.TempPathFactory, pack_environment: None) -> Fifteen:
    base = tmp_path_factory.mktemp("one_by_one")
    council = Council("X99000001", invented_inbox(base))
    settings = Settings(base / "inbox", base / "out")
    folders, seconds = {}, []
    for month in council.months:
        copied(council, settings.inbox, [month])
        seconds.append(processor_seconds(settings, month))
        folders[month] = bytes_of(settings.out / str(month))
    return Fifteen(council, settings, folders, seconds)


def processor_seconds(settings: Settings, month: Month) -> float:
    """Land and publish one month in a process of its own, as a scheduler does; what that cost."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = get_context("spawn").Process(target=_publish, args=(settings, month))
    child.start()
    child.join()
    assert child.exitcode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _publish(settings: Settings, month: Month) -> None:
    with without_pages():
        land(settings, month)
        publish(settings, month)


def test_one_by_one_and_all_at_once_leave_the_same_past(one_by_one, tmp_path):
    settings = Settings(one_by_one.council.inbox, tmp_path / "out")
    last = one_by_one.council.months[-1]
    run(settings, last)
    assert archive_of(settings) == archive_of(one_by_one.settings)
    assert tables_of(settings) == tables_of(one_by_one.settings)
    assert bytes_of(settings.out / str(last)) == one_by_one.folders[last]


def test_a_month_costs_the_same_in_month_fifteen_as_in_month_three(one_by_one, capsys):
    seconds = one_by_one.seconds
    early, late = mean(seconds[EARLY]), mean(seconds[LATE])
    with capsys.disabled():
        print("\nprocessor seconds a month:", *(f"{one:.1f}" for one in seconds))
        print(f"months 3 to 5: {early:.1f}, months 13 to 15: {late:.1f}, {late / early - 1:+.1%}")
    assert late <= 1.10 * early


def test_ten_years_of_the_archive_stay_under_fifty_megabytes(one_by_one, capsys):
    lake = one_by_one.settings.lake
    found = sum(path.stat().st_size for path in lake.glob("archive_*/*/*/*.parquet"))
    in_ten_years = found / len(one_by_one.folders) * MONTHS_IN_TEN_YEARS
    with capsys.disabled():
        print(f"\nthe archive: {found / 1e6:.1f} MB, of ten years {in_ten_years / 1e6:.1f} MB")
    assert in_ten_years < LARGEST_ARCHIVE


@pytest.mark.parametrize("number", [2, 7])
def test_a_past_month_is_made_again_byte_for_byte(one_by_one, number):
    month = one_by_one.council.months[number]
    run(one_by_one.settings, month)
    assert bytes_of(one_by_one.settings.out / str(month)) == one_by_one.folders[month]


def test_the_archive_is_made_again_from_the_lake_alone(one_by_one):
    settings = one_by_one.settings
    archive, tables = archive_of(settings), tables_of(settings)
    for folder in settings.lake.glob("archive_*"):
        shutil.rmtree(folder)
    settings.warehouse.unlink()
    rebuild.rebuild(settings)
    assert archive_of(settings) == archive
    assert tables_of(settings) == tables
