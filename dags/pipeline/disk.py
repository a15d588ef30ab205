"""A disk that is full or can only be read: a refusal in plain words, whoever met it."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

_STAYS = "What was published before stays as it is."
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_READ_ONLY = (errno.EROFS,)
# What SQLite (Airflow's database) and DuckDB (which sorts beside its file) say of a full disk.
_IN_THEIR_WORDS = ("database or disk is full", "max_temp_directory_size")
_ROOM_FOR_A_REFUSAL = 1 << 20


def refusal_of(error: BaseException) -> PublicationRefused | None:
    """Return the refusal for an error that comes from the disk; None for any other.

    Libraries pass the words of the operating system on, and not always its number.
    """
    seen: BaseException | None = error
    while seen is not None:
        if _is(seen, _FULL) or any(words in str(seen) for words in _IN_THEIR_WORDS):
            return PublicationRefused(
                "The disk is full. Free some space where OUT is, and start again.", _STAYS
            )
        if _is(seen, _READ_ONLY):
            return PublicationRefused(
                "The disk can only be read. Make it writable, or give another folder with OUT=.",
                _STAYS,
            )
        seen = seen.__cause__ or seen.__context__
    return None


def require_room(settings: Settings) -> None:
    """Refuse where not even a small file can be written, so that no alert could be either."""
    probe = settings.private / f"room-{os.getpid()}.tmp"
    try:
        probe.write_bytes(bytes(_ROOM_FOR_A_REFUSAL))
    except OSError as problem:
        raise refusal_of(problem) or problem from problem
    finally:
        probe.unlink(missing_ok=True)


@contextmanager
def room_given_back(folder: Path) -> Iterator[None]:
    """Remove what the block was making where the disk is full: telling so needs room already."""
    try:
        yield
    except Exception as error:
        if refusal_of(error) is not None:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _is(error: BaseException, numbers: tuple[int, ...]) -> bool:
    if isinstance(error, OSError) and error.errno in numbers:
        return True
    return any(os.strerror(number) in str(error) for number in numbers)
