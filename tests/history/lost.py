"""Lose what can be made again: everything in ``private/`` but the lake and the keys."""

from __future__ import annotations

import shutil

from pipeline.settings import Settings

KEPT = ("lake", "pseudonym.key", "erasure.key")


def lose_all_but_the_lake(settings: Settings) -> None:
    """Delete archive, warehouse, marts, Airflow's home with its database, run log and records.

    What was published stays, with its markers and the extracts, as does each delivery before them.
    """
    for path in settings.private.iterdir():
        if path.name not in KEPT:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for folder in settings.lake.glob("archive_*"):
        shutil.rmtree(folder)
    shutil.rmtree(settings.out / "restricted")
