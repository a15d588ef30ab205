"""A landing while a month is built, or before it is published; two landings of a family at once."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import landing_step, publishing
from pipeline.contract import tables_of
from pipeline.lake import LedgerRow, partition, read_rows, superseded, write
from pipeline.landing import is_landed
from pipeline.progress import told_to
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

from .conftest import Published
from .councils import edit
from .killing import FORKS, Kept, built_once
from .running import archive_of, bytes_of, land, publish, without_pages
from .test_two_at_once import LAST, figures_in

pytestmark = pytest.mark.slow
LA = "forty"


@pytest.fixture(scope="module")
def kept(month_by_month: Published) -> Kept:
    return month_by_month.before_the_last


@pytest.fixture
def corrected(kept, tmp_path) -> Settings:
    """The output before the last month, and an inbox that will have that month corrected."""
    settings = replace(kept.laid_out(tmp_path / "out"), inbox=tmp_path / "inbox")
    shutil.copytree(kept.inbox, settings.inbox)
    return settings


def correct(settings: Settings) -> None:
    visits = edit(settings.inbox, LAST, "ssd_cla_visits")
    visits.rows = visits.rows[::2]
    visits.write()


def test_a_delivery_between_build_and_publication_is_the_next_runs(
    kept, corrected, month_by_month, tmp_path
):
    """What is published names what it was computed from; the next run computes the rest."""
    undisturbed = figures_in(month_by_month.settings)
    with without_pages(), built_once(kept):
        land(corrected, LAST)
        landing_step.land_reference_data(corrected, LAST)
        publishing.build_warehouse(corrected, LAST)
        correct(corrected)
        land(corrected, LAST)
        publishing.render_month(corrected, LAST)
        publishing.check_month(corrected, LAST)
        publishing.publish_month(corrected, LAST)
        assert figures_in(corrected) == undisturbed
        publish(corrected, LAST)
        found = figures_in(corrected)
        one_by_one = replace(corrected, out=tmp_path / "one_by_one")
        kept.laid_out(one_by_one.out)
        run_both(replace(one_by_one, inbox=kept.inbox), one_by_one)
    assert found == figures_in(one_by_one)
    assert found != undisturbed
    assert len(archive_of(corrected)) > len([name for name in undisturbed if "/archive_" in name])


def run_both(first: Settings, then: Settings) -> None:
    """Publish the month as it came first, and then as it was corrected."""
    for settings in (first, then):
        land(settings, LAST)
        publish(settings, LAST)


def land_corrected(settings: Settings, told: Connection) -> None:
    """Land a family in a process of its own; tell when it has to wait, and when it is done."""
    with without_pages(), told_to(lambda text, is_step: told.send(text)):
        landing_step.land_month(settings, LAST, "social_care")
    told.send("landed")


def test_a_landing_waits_for_the_build_that_reads_the_lake(kept, corrected):
    here, there = FORKS.Pipe()
    other = FORKS.Process(target=land_corrected, args=(corrected, there))

    def build(settings: Settings, database: Path, project: Path) -> None:
        before = bytes_of(settings.lake)
        correct(corrected)
        other.start()
        told = [here.recv(), here.recv()]
        assert told[0] == f"{LAST}: social care"
        assert told[1].startswith(
            f"waiting for another run on {corrected.out}: build of {LAST}, since 20"
        )
        assert not here.poll(1)
        assert bytes_of(settings.lake) == before
        raise PublicationRefused("enough was read")

    with without_pages():
        land(corrected, LAST)
        landing_step.land_reference_data(corrected, LAST)
        with (
            patch("pipeline.publishing.build_models", build),
            pytest.raises(PublicationRefused, match="enough"),
        ):
            publishing.build_warehouse(corrected, LAST)
        while here.recv() != "landed":
            pass
        other.join()
        assert is_landed(corrected, LAST, "social_care")


def land_family(settings: Settings, begun: Event, pause: float) -> None:
    """Land a family, with a pause after the table that the deliveries differ in."""

    def write_and_wait(root: Path, path: Path, rows: pa.Table) -> None:
        write(root, path, rows)
        if "ssd_cla_visits" in path.parts:
            begun.set()
            time.sleep(pause)

    with without_pages(), patch("pipeline.lake.write", write_and_wait):
        landing_step.land_month(settings, LAST, "social_care")


def test_two_landings_of_one_family_at_once_are_landed_one_after_the_other(kept, corrected):
    """Table, ledger and fingerprint are of one delivery, and the other is kept as superseded."""
    correct(corrected)
    original = replace(corrected, inbox=kept.inbox)
    begun = FORKS.Event()
    first = FORKS.Process(target=land_family, args=(corrected, begun, 3.0))
    second = FORKS.Process(target=land_family, args=(original, begun, 0.0))
    first.start()
    begun.wait()
    second.start()
    for one in (first, second):
        one.join()
        assert one.exitcode == 0
    assert [is_landed(one, LAST, "social_care") for one in (corrected, original)] == [False, True]
    books = partition(corrected.lake, "ledger", LA, LAST, "social_care.parquet")
    landed = {row.table_name: row.rows for row in read_rows(books, LedgerRow)}
    for table in tables_of("social_care"):
        found = pq.ParquetFile(partition(corrected.lake, table.name, LA, LAST)).read()
        assert found.num_rows == landed[table.name], table.name
    earlier = pq.ParquetFile(superseded(corrected.lake, "ssd_cla_visits", LA, LAST)).read()
    assert earlier.num_rows < landed["ssd_cla_visits"]
    left = [path.name for path in corrected.lake.rglob("*") if path.suffix in (".tmp", ".part")]
    assert left == []
