"""Files that others meet whole or not at all, whatever ends the process or fills the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def written_whole(path: Path, *, aside: Path | None = None) -> Iterator[Path]:
    """Yield the name to write to; afterwards all of it is ``path``, in one step.

    It is on the disk before it has its name. What was not finished is removed, for a full disk
    needs the room. ``aside`` is another folder to write in, where readers see that of ``path``.
    """
    new = (aside or path.parent) / f"{path.name}.part"
    new.unlink(missing_ok=True)
    try:
        yield new
        to_disk(new)
        new.replace(path)
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def write_whole(path: Path, content: str | bytes, *, aside: Path | None = None) -> None:
    """Write a text, or bytes, in one step; for the owner alone."""
    with (
        written_whole(path, aside=aside) as new,
        os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file,
    ):
        file.write(content.encode() if isinstance(content, str) else content)


def append_line(path: Path, line: str) -> None:
    """Add one line at one stroke, so that those who write at once do not tear each other's lines.

    Where a full disk has cut the last line off, this one begins anew.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size
        is_torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        os.write(handle, (b"\n" if is_torn else b"") + line.encode() + b"\n")
    finally:
        os.close(handle)


def to_disk(path: Path) -> None:
    """Have a file, or every file of a folder, written to the disk before anything else happens."""
    for each in path.rglob("*") if path.is_dir() else (path,):
        if each.is_file():
            handle = os.open(each, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
