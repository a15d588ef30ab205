"""Put a finished folder in its place at one stroke, so that nobody sees half a month."""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path

from pipeline.manifest import NAME as MANIFEST
from pipeline.settings import Settings
from pipeline.whole_file import to_disk, write_whole

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def move_in(staged: Path, target: Path, settings: Settings) -> None:
    """Make ``staged`` the folder ``target`` of the output; the one before it is removed.

    Where the file system can, old and new change places in one step. Elsewhere the old folder is
    moved aside first; ``put_back`` restores it if the run is cut off in between.
    """
    to_disk(staged)
    write_whole(_moving(settings), (staged / MANIFEST).read_bytes())
    if not target.exists():
        staged.rename(target)
    elif exchange(staged, target):
        shutil.rmtree(staged)
    else:
        aside = _aside(settings) / target.name
        aside.parent.mkdir(parents=True, exist_ok=True)
        target.rename(aside)
        staged.rename(target)
        shutil.rmtree(aside)


def is_in_place(target: Path, settings: Settings) -> bool:
    """Whether the folder of the present build was moved in already, by a run that was cut off then.

    What lies where it was made may be the folder before it, half removed.
    """
    moving, manifest = _moving(settings), target / MANIFEST
    return moving.exists() and manifest.exists() and manifest.read_bytes() == moving.read_bytes()


def put_back(settings: Settings) -> None:
    """Finish what a run that was cut off while moving folders left undone."""
    for aside in sorted(_aside(settings).glob("????-??*")):
        target = settings.out / aside.name
        if target.exists():
            shutil.rmtree(aside)
        else:
            aside.rename(target)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; return False where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    names = (os.fsencode(one), os.fsencode(other))
    return bool(renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)


def _moving(settings: Settings) -> Path:
    """The manifest of the folder that is being moved in; it goes with the build."""
    return settings.build / "moving.json"


def _aside(settings: Settings) -> Path:
    return settings.private / "moved_aside"
