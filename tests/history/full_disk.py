"""Run a month on a small file system of its own that is full at one point of the run after another.

    unshare --map-root-user --mount python -m tests.history.full_disk KEPT FOLDER TOLD

What came of it is written to TOLD; ``test_full_disk.py`` looks at it.
"""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline import landing_step, pack, publishing
from pipeline.disk import refusal_of
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings
from tests.history.killing import Kept, built_once
from tests.history.running import land, publish, without_pages
from tests.history.wholeness import faults_of, months_in, not_told_by_status, published_in

SIZE = "400m"
KB = 1024
Step = Callable[[Settings], object]


@dataclass(frozen=True)
class Point:
    """Where the disk is full: right before a step, but for so many bytes."""

    step: str
    room: int
    is_built_once: bool = True


POINTS = (
    Point("land", 0),
    Point("land", 60 * KB),
    Point("reference", 0),
    Point("build", 600 * KB),
    Point("build", 20_000 * KB, is_built_once=False),
    Point("render", 40 * KB),
    Point("check", 40 * KB),
    Point("check", 400 * KB),
    Point("publish", 600 * KB),
    Point("publish", 3_200 * KB),
)


@dataclass(frozen=True)
class Told:
    """What came of one point; ``published`` is what a run leaves that follows with room again."""

    point: str
    said: tuple[str, ...]
    faults: list[str]
    is_month_as_before: bool
    published: dict[str, str]


def steps(kept: Kept) -> dict[str, Step]:
    """The steps of a run, as the DAGs call them."""
    month = kept.month
    return {
        "land": lambda settings: land(settings, month),
        "reference": lambda settings: landing_step.land_reference_data(settings, month),
        "build": lambda settings: publishing.build_warehouse(settings, month),
        "render": lambda settings: publishing.render_month(settings, month),
        "check": lambda settings: publishing.check_month(settings, month),
        "publish": lambda settings: publishing.publish_month(settings, month),
    }


def full_at(point: Point, kept: Kept, folder: Path) -> Told:
    """Fill the disk at a point of a run, then make room and run again."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    shutil.copytree(kept.folder, folder / "out")
    settings, before = Settings(kept.inbox, folder / "out"), months_in(kept.folder)
    with without_pages(), ExitStack() as builds:
        if point.is_built_once:
            builds.enter_context(built_once(kept))
        said = _run(settings, kept, point, folder / "ballast")
    faults = [*faults_of(settings.out), *not_told_by_status(settings)]
    is_as_before = months_in(settings.out) == before
    (folder / "ballast").unlink()
    with without_pages(), built_once(kept):
        land(settings, kept.month)
        publish(settings, kept.month)
    return Told(str(point), said, faults, is_as_before, published_in(settings))


def _run(settings: Settings, kept: Kept, point: Point, ballast: Path) -> tuple[str, ...]:
    for name, step in steps(kept).items():
        if name == point.step:
            _fill(ballast, point.room)
        try:
            step(settings)
        except Exception as error:
            refused = error if isinstance(error, PublicationRefused) else refusal_of(error)
            return refused.lines if refused else (f"{name}: {error!r}",)
    return ("it came to its end",)


def _fill(ballast: Path, room: int) -> None:
    with ballast.open("wb") as file:
        left = shutil.disk_usage(ballast.parent).free - room
        file.write(bytes(left))


def _pack_without_any_room(kept: Kept, folder: Path) -> None:
    """`make pack` itself, with Airflow and its database, on a disk that is full from the begin."""
    shutil.copytree(kept.folder, folder / "out", dirs_exist_ok=True)
    _fill(folder / "ballast", 0)
    pack.main(["--inbox", str(kept.inbox), "--out", str(folder / "out")])
    (folder / "ballast").unlink()


def main(kept_in: str, folder: str, told_in: str) -> None:
    """Mount the file system, go through all the points, and tell."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", folder], check=True)
    kept: Kept = pickle.loads(Path(kept_in).read_bytes())
    told = [asdict(full_at(point, kept, Path(folder))) for point in POINTS]
    Path(told_in).write_text(json.dumps(told))
    _pack_without_any_room(kept, Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
