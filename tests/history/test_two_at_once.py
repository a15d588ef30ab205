"""Two at once on one output: one waits or is refused and told why, and nothing is ever torn.

What may run beside what. Whatever writes to an output folder holds its lock for as long as it
writes, and the lock goes with the process. What a person starts is refused at once where it is
held; a step of a DAG (`make up`, compose) waits for it, at most 15 minutes. A refusal says which
folder, who works there on what since when, and what to do.

| what comes                      | a writer | a pack that waits, as for sign-off       | a reader |
|---------------------------------|----------|------------------------------------------|----------|
| make pack, also with AS_OF      | refused  | goes on; the steps that wait are refused | free     |
| make rebuild, make forget       | refused  | goes on; the steps that wait are refused | free     |
| make retention, second-opinion  | refused  | goes on, and so does the pack            | free     |
| DAG: a landing, reference data  | waits    | goes on; the pack names what it read     | free     |
| DAG: a build                    | waits    | goes on; the steps that wait are refused | free     |
| DAG: render, check, publish     | waits    | refused where that is another's build    | free     |
| DAG: retention                  | waits    | goes on, and so does the pack            | free     |
| make indicator, status, readers | free     | free                                     | free     |

A writer is each of the first seven lines; a reader has marts, warehouse or a month folder open, and
keeps what it has. Another output folder with the same inbox is free of all this; a second `make up`
on one output is refused. The steps of two packs in every order are in
tests/unit/pipeline/test_two_runs.py, what each command is told in test_publication_lock.py there;
landings in test_landing_meanwhile.py beside this file.
"""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import sys
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from unittest.mock import patch

import duckdb
import pytest

from pipeline import indicator, landing_step, pack, publishing, status
from pipeline.folders import move_in
from pipeline.month import Month
from pipeline.privacy import forget
from pipeline.publication_lock import output_lock
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

from .conftest import PUBLISHED, Published
from .killing import FORKS, Kept, built_once
from .running import bytes_of, land, publish, rows, without_pages
from .wholeness import faults_of

pytestmark = pytest.mark.slow
BEFORE, LAST = PUBLISHED[-2:]
LA = "forty"


@dataclass(frozen=True)
class Asked:
    """One `make pack`: its exit status, what it printed and when it ended."""

    status: int
    told: str


@pytest.fixture(scope="module")
def kept(month_by_month: Published) -> Kept:
    return month_by_month.before_the_last


@pytest.fixture(scope="module")
def serial(month_by_month: Published) -> dict[str, str]:
    """What is published where nothing else runs."""
    return figures_in(month_by_month.settings)


def figures_in(settings: Settings) -> dict[str, str]:
    """Month folders, list of months, archive and the markers of publications."""
    landed = f"{settings.lake.relative_to(settings.out).as_posix()}/"
    kept = ("20", "index.html", f"{landed}archive_", f"{landed}publication")
    return {name: one for name, one in bytes_of(settings.out).items() if name.startswith(kept)}


def make_pack(kept: Kept, settings: Settings, month: Month, wait: float, told: Path) -> None:
    """`make pack` in a process of its own: all of it but Airflow and the pages."""

    def run_dags(settings: Settings, months: tuple[Month, ...], month: Month) -> None:
        land(settings, month)
        publish(settings, month)

    with told.open("wb") as file:
        os.dup2(file.fileno(), 1)
    time.sleep(wait)
    asked = [
        f"--{name}={value}" for name, value in {"inbox": settings.inbox, "month": month}.items()
    ]
    with without_pages(), built_once(kept), patch("pipeline.pack._run_dags", run_dags):
        code = pack.main([*asked, f"--out={settings.out}"])
    sys.stdout.flush()
    os._exit(code)


def at_once(kept: Kept, *packs: tuple[Settings, Month, float]) -> list[Asked]:
    """Start several packs, each after so many seconds; return what came of each."""
    started = []
    for number, one in enumerate(packs):
        told = one[0].out.with_name(f"told-{number}.txt")
        process = FORKS.Process(target=make_pack, args=(kept, *one, told))
        process.start()
        started.append((process, told))
    for process, _ in started:
        process.join()
    return [Asked(process.exitcode, told.read_text()) for process, told in started]


def require_one_refused(packs: list[Asked], out: Path) -> None:
    """One was made, and the other was told who was there and what to do."""
    made, refused = sorted(packs, key=lambda one: one.status)
    assert (made.status, refused.status) == (0, 1), packs
    first, second = refused.told.splitlines()
    assert first == "Not published:"
    pattern = (
        rf"  {re.escape(str(out))}: another run is writing to this folder: make pack(, now at the "
        r"[a-z]+ of 2026-\d\d( \([a-z ]+\))?)?, since [-\d]+ [:\d]+ UTC, by \w+ \(process \d+ on "
        r".+\)\. Wait until it has ended and start again, or give another folder with OUT=\."
    )
    assert re.fullmatch(pattern, second), second


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_two_packs_of_one_month_at_once(kept, serial, tmp_path, seed):
    settings = kept.laid_out(tmp_path / "out")
    waits = random.Random(seed).sample([0.0, 0.2, 0.4, 0.6, 0.8], 2)
    packs = at_once(kept, *((settings, LAST, wait) for wait in waits))
    require_one_refused(packs, settings.out)
    assert figures_in(settings) == serial
    assert faults_of(settings.out) == []


def test_two_packs_of_different_months_at_once(kept, serial, tmp_path):
    settings = kept.laid_out(tmp_path / "out")
    months = (BEFORE, LAST)
    packs = at_once(kept, (settings, BEFORE, 0.0), (settings, LAST, 0.3))
    require_one_refused(packs, settings.out)
    assert faults_of(settings.out) == []
    refused = next(month for month, one in zip(months, packs, strict=True) if one.status)
    (again,) = at_once(kept, (settings, refused, 0.0))
    assert again.status == 0, again.told
    assert figures_in(settings) == serial
    assert faults_of(settings.out) == []


def test_two_packs_from_one_inbox_into_two_folders_at_once(kept, serial, tmp_path):
    several = [kept.laid_out(tmp_path / name) for name in ("one", "other")]
    packs = at_once(kept, *((settings, LAST, 0.0) for settings in several))
    assert [one.status for one in packs] == [0, 0], packs
    for settings in several:
        assert figures_in(settings) == serial


QUERY = "select indicator_id, period_end, value from fct_indicator_value order by all"
DATABASES = ("private/warehouse.duckdb", "restricted/marts.duckdb")


def read(out: Path, told: Connection) -> None:
    """Read both databases and a file of a month, with a publication in the middle."""
    connections = [duckdb.connect(str(out / name), read_only=True) for name in DATABASES]
    cursors = [one.execute(QUERY) for one in connections]
    folder = out / str(BEFORE)
    with (folder / "indicators.csv").open() as file:
        first = [*(len(one.fetchmany(10)) for one in cursors), len(file.read(1000))]
        told.send(first)
        told.recv()
        rest = [*(len(one.fetchall()) for one in cursors), len(file.read())]
    again = [len(one.execute(QUERY).fetchall()) for one in connections]
    months = connections[0].execute("select month from dim_publication").fetchall()
    told.send((rest, again, sorted(path.name for path in folder.iterdir()), months))


def test_a_reader_keeps_what_it_has_open_and_the_next_one_sees_the_new(
    kept, month_by_month, tmp_path
):
    settings = kept.laid_out(tmp_path / "out")
    before = [len(rows(settings.out / name, QUERY)) for name in DATABASES]
    size = (settings.out / str(BEFORE) / "indicators.csv").stat().st_size
    listed = sorted(path.name for path in (settings.out / str(BEFORE)).iterdir())
    here, there = FORKS.Pipe()
    reader = FORKS.Process(target=read, args=(settings.out, there))
    reader.start()
    assert here.recv() == [10, 10, 1000]
    (made,) = at_once(kept, (settings, LAST, 0.0))
    assert made.status == 0, made.told
    again = shutil.copytree(settings.out / str(BEFORE), settings.build / "folder")
    move_in(again, settings.out / str(BEFORE), settings)
    here.send("go on")
    rest, whole, names, months = here.recv()
    reader.join()
    assert [number + 10 for number in rest[:2]] == before
    assert rest[2] + 1000 == size
    assert (whole, names, months) == (before, listed, [(str(BEFORE),)])
    now = [len(rows(settings.out / name, QUERY)) for name in DATABASES]
    assert now == [len(rows(month_by_month.settings.out / name, QUERY)) for name in DATABASES]
    assert now != before


def test_who_asks_during_a_run_is_told_what_is_published_and_what_runs(kept, tmp_path):
    settings = kept.laid_out(tmp_path / "out")
    told: dict[str, str] = {}

    def build(settings: Settings, database: Path, project: Path) -> None:
        for name, ask in {"indicator": indicator.main, "status": status.main}.items():
            stream = io.StringIO()
            asked = ["lac_count"] if name == "indicator" else []
            ask([*asked, "--out", str(settings.out)], stream)
            told[name] = stream.getvalue()
        raise PublicationRefused("enough was asked")

    with without_pages(), patch("pipeline.publishing.build_models", build):
        land(settings, LAST)
        with pytest.raises(PublicationRefused, match="enough"), output_lock(settings, "make pack"):
            publish(settings, LAST)
    assert f"Figures of {BEFORE}" in told["indicator"]
    assert f"Running now: make pack, now at the build of {LAST}, since 20" in told["status"]
    assert f"{LAST}: landed, and not published yet." in told["status"]


def test_after_an_erasure_the_pack_that_waited_for_its_sign_off_is_refused(kept, tmp_path):
    settings = kept.laid_out(tmp_path / "out")
    [(child,)] = rows(settings.warehouse, "select min(person_id) from fct_indicator_cohort")
    before = public_files(settings)
    with without_pages(), built_once(kept):
        land(settings, LAST)
        landing_step.land_reference_data(settings, LAST)
        publishing.build_warehouse(settings, LAST)
        publishing.render_month(settings, LAST)
        publishing.check_month(settings, LAST)
    assert forget.main([child, "--out", str(settings.out)], io.StringIO()) == 0
    with pytest.raises(PublicationRefused, match="make forget or make rebuild has taken it away"):
        publishing.publish_month(settings, LAST)
    assert not (settings.out / str(LAST)).exists()
    assert public_files(settings) == before


def public_files(settings: Settings) -> dict[str, str]:
    """What is public of the months that are out; an erasure writes their manifests anew."""
    return {
        f"{month}/{name}": one
        for month in PUBLISHED[:-1]
        for name, one in bytes_of(settings.out / str(month)).items()
        if not name.startswith("restricted") and name != "manifest.json"
    }
