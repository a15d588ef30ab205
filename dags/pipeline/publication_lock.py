"""One run at a time: a lock file that the operating system frees even after a crash."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.privacy.permissions import closed_to_others
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

# A step under a scheduler waits this long for another one: a build ends within it.
STEP_WAIT_SECONDS = 900.0

_held: set[Path] = set()


@contextmanager
def output_lock(settings: Settings, *, shared: bool = False, wait: float = 0) -> Iterator[None]:
    """Hold the output folder for one run; refuse where another run holds it (ruling F12).

    Landings share the lock, a build and a publication have it alone. Waits up to ``wait``
    seconds. Taking it again inside the same process is harmless: ``make pack`` holds it from
    the first landing to the publication, and so does each step inside it. What is made meanwhile
    is closed to everyone but its owner, until a publication opens what is public.
    """
    path = (private_folder(settings) / "run.lock").resolve()
    if path in _held:
        yield
        return
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _acquire(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX, wait, settings)
        if not shared:
            _held.add(path)
        with closed_to_others():
            yield
    finally:
        if not shared:
            _held.discard(path)
        os.close(handle)


def is_held(settings: Settings) -> bool:
    """Return whether a run is working on the output folder at this moment."""
    path = settings.private / "run.lock"
    if not path.exists():
        return False
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def private_folder(settings: Settings) -> Path:
    """Return ``private/``, made where missing and closed to everyone but its owner."""
    try:
        settings.private.mkdir(parents=True, exist_ok=True, mode=0o700)
        settings.private.chmod(0o700)
        if not os.access(settings.private, os.W_OK | os.X_OK):
            raise PermissionError
    except OSError as problem:
        raise PublicationRefused(
            f"{settings.out}: this folder cannot be written to. Give another with OUT=, or ask "
            "for the right to write there."
        ) from problem
    return settings.private


def _acquire(handle: int, kind: int, wait: float, settings: Settings) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
            return
        except OSError:
            if time.monotonic() >= until:
                raise PublicationRefused(
                    f"{settings.out}: another run is writing to this folder. Wait until it has "
                    "ended and start again, or give another folder with OUT=."
                ) from None
        time.sleep(0.2)
