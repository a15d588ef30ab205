"""Kill a run right before any of its steps: nothing in it can tidy up.

What the system has taken to write is written: a power cut may take more than that away.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, wraps
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch

from pipeline import dbt_build, publishing, snapshots
from pipeline.manifest import NAME as MANIFEST
from pipeline.month import Month
from pipeline.settings import Settings
from pipeline.warehouse import plan_file

from .running import bytes_of, land, publish, without_pages

# What a run is made of. A run is killed right before one of them begins, that is: right after the
# one before has ended. Files of the archive are written one by one, and then put in their place.
STEPS = (
    *("pipeline.landing_step.land_month", "pipeline.lake.write_rows"),
    *("pipeline.landing_step.land_reference_data", "pipeline.publishing.build_warehouse"),
    *("pipeline.publishing.prepare_warehouse", "pipeline.publishing.build_models"),
    *("pipeline.publishing.render_month", "pipeline.publishing.write_results"),
    *("pipeline.publishing.check_month", "pipeline.archive._write_file"),
    *("pipeline.publishing.publish_month", "pipeline.publishing.write_manifest"),
    *("pipeline.publishing.publish_marts", "pipeline.publishing.move_in"),
    *("pipeline.folders.exchange", "shutil.rmtree", "pipeline.publications.confirm"),
    *("pipeline.publishing.list_months", "pathlib.Path.replace"),
)
# Read once for all runs that are forked; it is the same for all of them.
definition_versions = cache(snapshots.definition_versions)
definition_versions(dbt_build.DBT_PROJECT)
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(
    [
        *(__name__, "tests.history.cases", "expectations.door", "pipeline.landing"),
        *("pipeline.results", "pipeline.worklists", "reporting.forms", "reporting.months_index"),
    ]
)


@dataclass(frozen=True)
class Kept:
    """An output folder as it stood before a run, and what makes the run cheap to repeat.

    ``builds`` keeps the database of every build that a run has made, by what it was made from:
    the same plan on the same lake is computed once.
    """

    folder: Path
    inbox: Path
    month: Month
    builds: Path

    def laid_out(self, folder: Path) -> Settings:
        """A fresh copy of the output folder to run in."""
        shutil.rmtree(folder, ignore_errors=True)
        copy(self.folder, folder)
        return Settings(self.inbox, folder)


def copy(folder: Path, target: Path) -> None:
    """Copy an output folder; databases and Parquet files are never written in place."""
    left_out = shutil.ignore_patterns("dbt", "logs", "build", "*.lock")
    shutil.copytree(folder, target, ignore=left_out, copy_function=_copy_or_link)


def _copy_or_link(source: str, target: str) -> None:
    is_large = source.endswith((".duckdb", ".parquet"))
    (os.link if is_large else shutil.copy2)(source, target)


def steps_of(kept: Kept, settings: Settings) -> list[str]:
    """Run to the end, and say which steps were begun."""
    told = settings.out.with_name(f"{settings.out.name}-steps.json")
    assert _in_a_child(_run, kept, settings, -1, told) == 0
    found: list[str] = json.loads(told.read_text())
    return found


def first_and_last(steps: Sequence[str]) -> list[int]:
    """The numbers of the steps of each name: the first and the last; all with WHOLE_HISTORY=1."""
    last = {step: number for number, step in enumerate(steps)}
    if os.environ.get("WHOLE_HISTORY"):
        return list(range(len(steps)))
    return sorted({*map(steps.index, last), *last.values()})


def killed_before(kept: Kept, settings: Settings, number: int) -> None:
    """Run until the step of this number, counted from 0, is about to begin."""
    assert _in_a_child(_run, kept, settings, number) == -signal.SIGKILL


def killed_in_the_build(kept: Kept, settings: Settings, size: int) -> None:
    """Run the real build, and kill it when its database and log have so many bytes."""
    child = FORKS.Process(target=_run_unaided, args=(kept, settings))
    child.start()
    while child.is_alive() and _bytes_written(settings) < size:
        time.sleep(0.05)
    child.kill()
    child.join()
    assert child.exitcode == -signal.SIGKILL


def _bytes_written(settings: Settings) -> int:
    try:
        return sum(path.stat().st_size for path in settings.build.glob("warehouse.duckdb*"))
    except FileNotFoundError:
        return 0


def run_again(kept: Kept, settings: Settings) -> None:
    assert _in_a_child(_run, kept, settings) == 0


def publish_again(kept: Kept, settings: Settings) -> None:
    """Begin the last step alone again, as Airflow does with a step that was cut off."""
    assert _in_a_child(_publish_alone, kept, settings) == 0


def earlier_edition(folder: Path, target: Path, published: Month, month: Month) -> None:
    """Copy an output folder; in the copy the month that is to come has been published already.

    Its figures are those of a month before.
    """
    copy(folder, target)
    shutil.copytree(target / str(published), target / str(month))
    manifest = target / str(month) / MANIFEST
    was, named = f'"month": "{published}"', f'"month": "{month}"'
    manifest.write_text(manifest.read_text().replace(was, named))


def _in_a_child(run: Callable[..., None], *arguments: object) -> int | None:
    child = FORKS.Process(target=run, args=arguments)
    child.start()
    child.join()
    return child.exitcode


def _run(kept: Kept, settings: Settings, number: int = -1, told: Path | None = None) -> None:
    """The four landings and the pack of one month, as the DAGs run them."""
    begun: list[str] = []
    with without_pages(), built_once(kept), _counted(begun, number):
        land(settings, kept.month)
        publish(settings, kept.month)
    if told:
        told.write_text(json.dumps(begun))


def _publish_alone(kept: Kept, settings: Settings) -> None:
    with without_pages():
        publishing.publish_month(settings, kept.month)


def _run_unaided(kept: Kept, settings: Settings) -> None:
    with without_pages():
        land(settings, kept.month)
        publish(settings, kept.month)


@contextmanager
def _counted(begun: list[str], number: int) -> Iterator[None]:
    """Note every step that begins, and end the process before the one of this number."""

    def noted(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(step)
        def begin(*arguments: Any, **more: Any) -> Any:
            if name != "replace" or _is_watched(arguments[0]):
                if len(begun) == number:
                    os.kill(os.getpid(), signal.SIGKILL)
                begun.append(name)
            return step(*arguments, **more)

        return begin

    with ExitStack() as watched:
        for name in STEPS:
            watched.enter_context(patch(name, noted(name.rpartition(".")[2], resolve_name(name))))
        yield


def _is_watched(moved: Path) -> bool:
    """Whether a file that is put in its place is the warehouse, or one of the archive."""
    return moved.name == "warehouse.duckdb" or "archive_" in str(moved)


@contextmanager
def built_once(kept: Kept) -> Iterator[None]:
    """Take the database of a build from an earlier one with the same plan on the same lake."""

    def build(each: Settings, database: Path, project: Path) -> None:
        known = kept.builds / f"{made_from(each)}.duckdb"
        if known.exists():
            shutil.copyfile(known, database)
            return
        dbt_build.build_models(each, database, project)
        shutil.copyfile(database, known)

    with (
        patch("pipeline.publishing.build_models", build),
        patch("pipeline.snapshots.definition_versions", definition_versions),
    ):
        yield


def made_from(settings: Settings) -> str:
    """Stands for all that a build reads: its plan, what is landed, what is in the archive.

    It does not read the files of what it computes itself, which a run that was cut off has left.
    """
    plan = plan_file(settings).read_text()
    own = tuple(
        f"/snapshot_month={one['month']}/{one['computation']:04d}-"
        for one in json.loads(plan)["snapshots"]
        if one["is_pending"]
    )
    lake = {
        name: digest
        for name, digest in bytes_of(settings.lake).items()
        if not name.startswith("publication/") and not any(part in name for part in own)
    }
    return sha256((plan + json.dumps(lake)).encode()).hexdigest()[:16]
