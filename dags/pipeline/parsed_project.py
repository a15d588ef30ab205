"""The dbt project as dbt has read it, kept beside it and read again only where a file has changed.

Reading some seven hundred files takes dbt eight seconds of a build. What it reads depends on no
month, council or database, so all of them share it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.settings import Settings

# All that decides what is read: these programs, the options, and every file of the project.
_PROGRAMS = ("dbt-core", "dbt-adapters", "dbt-common", "dbt-duckdb")
_READ_BY_DBT = {".sql", ".yml", ".yaml", ".md", ".csv"}
_WRITTEN_BY_DBT = {"target", "logs", ".user.yml"}
_MOST_KEPT = 4


def parsed_project(settings: Settings, project: Path, options: Sequence[str] = ()) -> Any:
    """Return dbt's manifest of ``project``, for `dbtRunner(manifest=...)`; None where it has none.

    ``options`` are those that change what is read, such as `--vars`. A project that dbt cannot
    read is left to the build, which says why. Each call returns a manifest of its own, for a
    build writes into it.
    """
    from dbt.contracts.graph.manifest import Manifest

    shelf = _shelf(settings, project)
    kept = shelf / f"{_fingerprint(project, options)}.msgpack"
    if not kept.exists() and not _read(project, options, kept):
        return None
    manifest = Manifest.from_msgpack(kept.read_bytes())
    # What the macros see as `graph`; dbt makes it after reading, and does not keep it.
    manifest.build_flat_graph()  # type: ignore[no-untyped-call]
    return manifest


def _shelf(settings: Settings, project: Path) -> Path:
    """Beside the project, where dbt itself keeps what it makes; else with the council's own."""
    beside = project if os.access(project, os.W_OK) else settings.private / "dbt"
    return beside.resolve() / "target" / "parsed"


def _fingerprint(project: Path, options: Sequence[str]) -> str:
    files = {
        path.relative_to(project).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in _files(project)
    }
    known = [{name: version(name) for name in _PROGRAMS}, list(options), files]
    return sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()


def _files(project: Path) -> Iterator[Path]:
    for path in project.rglob("*"):
        is_written = path.relative_to(project).parts[0] in _WRITTEN_BY_DBT
        if path.suffix in _READ_BY_DBT and not is_written:
            yield path


def _read(project: Path, options: Sequence[str], kept: Path) -> bool:
    """Let dbt read the project, and keep what it read; return whether it could."""
    from dbt.cli.main import dbtRunner

    kept.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=kept.parent) as name, _same_folder():
        folders = ("--project-dir", "--profiles-dir", "--target-path", "--log-path")
        places = zip(folders, (project, project, name, name), strict=True)
        done = dbtRunner().invoke(
            [
                *("--log-level", "none", "--log-level-file", "none", "parse", *options),
                *(str(word) for place in places for word in place),
            ]
        )
        if not done.success:
            return False
        (Path(name) / "partial_parse.msgpack").replace(kept)
    _forget_oldest(kept.parent)
    return True


def _forget_oldest(shelf: Path) -> None:
    ages = {}
    for path in shelf.glob("*.msgpack"):
        # A run on another output may be forgetting the same.
        with suppress(FileNotFoundError):
            ages[path] = path.stat().st_mtime
    for path in sorted(ages, key=lambda one: ages[one])[:-_MOST_KEPT]:
        path.unlink(missing_ok=True)


@contextmanager
def _same_folder() -> Iterator[None]:
    """Return to the working folder, which dbt leaves for the project's."""
    here = Path.cwd()
    try:
        yield
    finally:
        os.chdir(here)
