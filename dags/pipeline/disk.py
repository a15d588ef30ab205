"""A disk that is full or can only be read: a refusal in plain words, whoever met it."""

from __future__ import annotations

import errno
import os

from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

_STAYS = "What was published before stays as it is."
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_READ_ONLY = (errno.EROFS,)
_ROOM_FOR_A_REFUSAL = 1 << 20


def refusal_of(error: BaseException) -> PublicationRefused | None:
    """Return the refusal for an error that comes from the disk; None for any other.

    Libraries pass the words of the operating system on, and not always its number.
    """
    seen: BaseException | None = error
    while seen is not None:
        if _is(seen, _FULL):
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


def _is(error: BaseException, numbers: tuple[int, ...]) -> bool:
    if isinstance(error, OSError) and error.errno in numbers:
        return True
    return any(os.strerror(number) in str(error) for number in numbers)
