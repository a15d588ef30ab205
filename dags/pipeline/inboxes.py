"""Which inbox and month ``make pack`` is asked for; the invented council's where none is given."""

from __future__ import annotations

import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from pipeline.inbox import month_folders
from pipeline.month import Month
from pipeline.progress import step
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
_VERSION = ".version"


def invented_inbox(private: Path, root: Path = ROOT) -> Path:
    """Return the extracts of the invented council, written where missing or out of date.

    The random seed is fixed, so they are the same everywhere.
    """
    inbox = private / "invented_inbox"
    version = _version_of(root / "synthetic")
    marker = inbox / _VERSION
    if not marker.exists() or marker.read_text(encoding="utf-8") != version:
        step("inventing a council")
        shutil.rmtree(inbox, ignore_errors=True)
        command = [sys.executable, "-m", "synthetic", "--out", str(inbox.resolve())]
        subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
        marker.write_text(version, encoding="utf-8")
    return inbox


def months_to_land(settings: Settings, asked: str) -> tuple[Month, ...]:
    """Return the months up to the one asked for, oldest first; the newest one where none is asked.

    Refuses an inbox that is not there, a month that cannot be read, and an empty month folder.
    """
    if not settings.inbox.is_dir():
        raise PublicationRefused(
            f"{settings.inbox}: there is no such folder. Give the folder that holds the month "
            "folders, e.g. INBOX=extracts with extracts/2026-10 in it."
        )
    try:
        wanted = Month.parse(asked) if asked else None
        folders = month_folders(settings.inbox)
    except ValueError as problem:
        raise PublicationRefused(f"{problem}.") from problem
    if not folders:
        raise PublicationRefused(
            f"{settings.inbox}: no month folder. Put each month's extracts into a folder named "
            "for it, e.g. 2026-10."
        )
    month = wanted or folders[-1]
    _require_files(settings.inbox / str(month), folders)
    return tuple(each for each in folders if each <= month)


def _require_files(folder: Path, folders: tuple[Month, ...]) -> None:
    if not folder.is_dir():
        raise PublicationRefused(
            f"{folder}: there is no such month folder. The inbox has {folders[0]} to {folders[-1]}."
        )
    if not any(path.is_file() and not path.name.startswith(".") for path in folder.rglob("*")):
        raise PublicationRefused(
            f"{folder}: this month folder is empty. Put its extracts into it and start again."
        )


def _version_of(package: Path) -> str:
    content = sha256()
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            content.update(path.relative_to(package).as_posix().encode())
            content.update(path.read_bytes())
    return content.hexdigest()
