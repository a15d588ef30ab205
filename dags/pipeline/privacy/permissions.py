"""What is made is for its owner alone, whatever the umask; only what is public is opened.

A step that holds the lock makes closed files. Those of a pack, and the result files beside it, get
the permissions that whoever runs the job asks for with the umask, just before they are published.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RESTRICTED = "restricted"
_CLOSED = 0o077
_callers: list[int] = []


@contextmanager
def closed_to_others() -> Iterator[None]:
    """Close all that this process makes while the block runs to everyone but its owner."""
    before = os.umask(_CLOSED)
    _callers.append(before)
    try:
        yield
    finally:
        _callers.pop()
        os.umask(before)


def open_month(folder: Path) -> None:
    """Open a month folder to its readers; ``restricted/`` in it stays closed."""
    for path in (folder, *folder.rglob("*")):
        if path.relative_to(folder).parts[:1] != (RESTRICTED,):
            open_to_readers(path)


def open_to_readers(path: Path) -> None:
    """Give a public file or folder the permissions that the caller's umask leaves."""
    path.chmod((0o777 if path.is_dir() else 0o666) & ~_umask())


def close_to_others(folder: Path) -> None:
    """Close a folder and all in it; for what brings permissions of its own, such as a copy."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


def _umask() -> int:
    if _callers:
        return _callers[0]
    now = os.umask(_CLOSED)
    os.umask(now)
    return now
