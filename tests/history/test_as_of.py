"""A month as a later extract knows it: an answer for officers, and no publication."""

from __future__ import annotations

import csv
import json
import stat
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import publications, publishing
from pipeline.dbt_build import DBT_PROJECT
from pipeline.month import Month
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings
from pipeline.snapshots import plan_run
from tests.end_to_end.building import month_ends
from tests.end_to_end.comparing import KEPT_AS_OF_NOW, recounted

from .brute_force import rounded
from .killing import copy
from .running import archive_of, run
from .wholeness import published_in

pytestmark = pytest.mark.slow

AUGUST, OCTOBER = Month.parse("2026-08"), Month.parse("2026-10")


@pytest.fixture(scope="module")
def asked(all_at_once: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """October is out; August is asked for as October knows it."""
    settings = replace(all_at_once, out=tmp_path_factory.mktemp("as_of") / "out")
    copy(all_at_once.out, settings.out)
    run(replace(settings, as_of=str(OCTOBER)), AUGUST)
    return settings


@pytest.fixture(scope="module")
def folder(asked: Settings) -> Path:
    return asked.out / "2026-08-as-of-2026-10"


def test_the_figures_are_those_that_the_later_extract_gives(asked, folder):
    """August and the two months before, recounted from October's extract alone."""
    ends = month_ends(str(AUGUST), (0, 1, 2))
    recount = recounted(asked.inbox, str(OCTOBER), ends)
    with (folder / "indicators.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found = {figure(row): row for row in rows if date.fromisoformat(row["period_end"]) in ends}
    compared = 0
    for key, counted in recount.items():
        if key[0] not in KEPT_AS_OF_NOW and counted.status == "ok":
            row = found[key]
            value = Decimal(row["value"]) if row["value"] else None
            assert value == rounded(counted.value), key
            assert row["snapshot_month"] == str(OCTOBER), key
            compared += 1
    assert compared > 150


def figure(row: dict[str, str]) -> tuple:
    day = date.fromisoformat(row["period_end"])
    return row["indicator_id"], day, row["basis"], row["breakdown"]


def test_nothing_that_is_published_changes(asked, all_at_once):
    before, after = published_in(all_at_once), published_in(asked)
    assert before.items() <= after.items()
    added = {name for name in after if name not in before}
    assert {name.split("/")[0] for name in added} == {"2026-08-as-of-2026-10", "private"}
    for database in ("private/warehouse.duckdb", "restricted/marts.duckdb"):
        assert (asked.out / database).read_bytes() == (all_at_once.out / database).read_bytes()


def test_the_archive_keeps_it_as_not_published(asked, all_at_once):
    added = archive_of(asked).keys() - archive_of(all_at_once).keys()
    assert {name.split("/")[2] for name in added} == {"snapshot_month=2026-10"}
    assert {name.rpartition("/")[2][:4] for name in added} == {"0002"}
    shown = {one.file_name for one in publications.published(asked, "forty")}
    assert not shown & {name.rpartition("/")[2] for name in added}


def test_the_next_publication_has_nothing_to_compute(asked):
    assert plan_run(asked, "forty", OCTOBER, DBT_PROJECT).pending == ()


def test_its_folder_is_for_its_owner_alone_and_says_what_it_is(folder):
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["month"], manifest["as_of"]) == ("2026-08", "2026-10")


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        ("2026-07", "give a month later than 2026-08"),
        ("2026-08", "give a month later than 2026-08"),
        ("2026-11", "2026-11: nothing has been landed for this month"),
    ],
)
def test_an_extract_that_knows_no_more_or_was_never_landed_is_refused(asked, as_of, told):
    before = published_in(asked)
    with pytest.raises(PublicationRefused, match=told):
        publishing.build_warehouse(replace(asked, as_of=as_of), AUGUST)
    assert published_in(asked) == before
