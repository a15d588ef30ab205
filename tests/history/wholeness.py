"""Whether an output folder is whole, as whoever reads it finds it."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import pyarrow.parquet as pq

from pipeline import run_log, status
from pipeline.manifest import NAME as MANIFEST
from pipeline.settings import Settings

from .killing import definition_versions
from .running import bytes_of, rows

MONTHS = "[0-9][0-9][0-9][0-9]-[0-9][0-9]"


def faults_of(out: Path) -> list[str]:
    """What of an output folder is not whole; whatever happens, nothing may be."""
    settings = Settings(out, out)
    wrong = [*_strangers(out), *_half_a_page(out / "index.html")]
    for folder in sorted(out.glob(MONTHS)):
        wrong += [f"{folder.name}/{name}" for name in _not_as_listed(folder)]
    for database in (settings.warehouse, out / "restricted" / "marts.duckdb"):
        if (
            database.exists()
            and not rows(database, "select count(*) from fct_indicator_value")[0][0]
        ):
            wrong.append(database.name)
    for path in settings.lake.glob("archive_*/*/*/*.parquet"):
        pq.ParquetFile(path).read()
    return wrong


def _strangers(out: Path) -> list[str]:
    """Files that readers see and that nobody has published: half-written ones, above all."""
    known = {"index.html", "restricted", "restricted/marts.duckdb", "private"}
    known |= {folder.name for folder in out.glob(f"{MONTHS}*")}
    found = (*out.iterdir(), *(out / "restricted").glob("**/*"))
    names = (path.relative_to(out).as_posix() for path in found)
    return [name for name in names if name not in known]


def _half_a_page(page: Path) -> list[str]:
    is_whole = not page.exists() or page.read_text("utf-8").rstrip().endswith("</html>")
    return [] if is_whole else [page.name]


def _not_as_listed(folder: Path) -> list[str]:
    listed: Mapping[str, str] = {
        one["file"]: one["sha256"] for one in json.loads((folder / MANIFEST).read_text())["outputs"]
    }
    found = {name: digest for name, digest in bytes_of(folder).items() if name != MANIFEST}
    return sorted(name for name in {*listed, *found} if listed.get(name) != found.get(name))


def months_in(out: Path) -> dict[str, dict[str, str]]:
    """Every published month, file for file."""
    return {folder.name: bytes_of(folder) for folder in out.glob(MONTHS)}


def published_in(settings: Settings) -> dict[str, str]:
    """All that a run leaves for good: month folders, list of months, and the whole lake."""
    folders = (*settings.out.glob("20*"), settings.lake)
    pages = {"index.html": sha256((settings.out / "index.html").read_bytes()).hexdigest()}
    return pages | {
        f"{folder.relative_to(settings.out).as_posix()}/{name}": digest
        for folder in folders
        for name, digest in bytes_of(folder).items()
    }


def not_told_by_status(settings: Settings) -> list[str]:
    """What `make status` does not say: a step that the run log leaves open was cut off."""
    told = io.StringIO()
    with patch("pipeline.snapshots.definition_versions", definition_versions):
        status.main(["--inbox", str(settings.inbox), "--out", str(settings.out)], told)
    log = run_log.entries(settings)
    is_told = "was cut off" in told.getvalue()
    nothing_landed = "Nothing has been landed" in told.getvalue()
    if log and log[-1].outcome == run_log.STARTED and not is_told and not nothing_landed:
        return [f"{log[-1].words} was cut off, and the status does not say so"]
    return []
