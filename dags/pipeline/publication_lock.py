"""One run at a time: a lock file that the operating system frees even after a crash.

Whoever holds it writes into it who they are, so that others can be told.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline import run_log
from pipeline.privacy.permissions import closed_to_others
from pipeline.progress import detail
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

# A step under a scheduler waits this long for another one: a build ends within it.
STEP_WAIT_SECONDS = 900.0
# Whoever only looks at the lock (`make status`) has it for a moment: nobody is refused for that.
_A_GLANCE = 0.5

_held: set[Path] = set()


@contextmanager
def output_lock(settings: Settings, what: str, *, wait: float = 0) -> Iterator[None]:
    """Hold the output folder for ``what``; nobody else writes there meanwhile (ruling F12).

    Where another run holds it, waits up to ``wait`` seconds and then refuses in a sentence that
    says who that is. Taking it again inside the same process is harmless: ``make pack`` holds it
    from the first landing to the publication, and so does each step inside it. What is made
    meanwhile is closed to everyone but its owner, until a publication opens what is public.
    """
    path = (private_folder(settings) / "run.lock").resolve()
    if path in _held:
        yield
        return
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _acquire(handle, wait, settings)
        with _signed(handle, what), closed_to_others():
            _held.add(path)
            yield
    finally:
        _held.discard(path)
        os.close(handle)


def holder(settings: Settings) -> str:
    """Return in words who works on the output folder at this moment; empty where nobody does."""
    path = settings.private / "run.lock"
    if not path.exists():
        return ""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _words(settings, file.read())
    return ""


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


def _acquire(handle: int, wait: float, settings: Settings) -> None:
    begun, told = time.monotonic(), ""
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            waited = time.monotonic() - begun
        except OSError as problem:
            raise PublicationRefused(
                f"{settings.out}: this disk cannot lock a file ({problem.strerror}), so nothing "
                "would keep two runs apart. Give a folder on another disk with OUT=."
            ) from problem
        if waited >= max(wait, _A_GLANCE):
            raise PublicationRefused(_refusal(settings, wait))
        if wait and waited >= _A_GLANCE and not told:
            told = holder(settings)
            detail(f"waiting for another run on {settings.out}: {told}")
        time.sleep(0.1)


def _refusal(settings: Settings, wait: float) -> str:
    waited = f" This step has waited {wait / 60:.0f} minutes for it." if wait >= 60 else ""
    return (
        f"{settings.out}: another run is writing to this folder: "
        f"{holder(settings) or 'it has just ended'}.{waited} Wait until it has ended and start "
        "again, or give another folder with OUT=."
    )


@contextmanager
def _signed(handle: int, what: str) -> Iterator[None]:
    """Let it stand in the lock file who holds it, while it is held."""
    who = {
        "what": what,
        "since": run_log.now(),
        "by": run_log.who(),
        "process": os.getpid(),
        "machine": socket.gethostname(),
    }
    # A full disk is told by the first step that needs the room.
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(who).encode(), 0)
    try:
        yield
    finally:
        os.ftruncate(handle, 0)


def _words(settings: Settings, signed: bytes) -> str:
    try:
        who = json.loads(signed)
    except ValueError:
        return "a program that does not say what it is"
    steps = (
        one.words
        for one in run_log.unfinished(run_log.entries(settings))
        if one.process == who["process"] and one.at >= who["since"]
    )
    now = next((f", now at the {words}" for words in steps if words != who["what"]), "")
    return (
        f"{who['what']}{now}, since {run_log.in_words(who['since'])}, "
        f"by {who['by']} (process {who['process']} on {who['machine']})"
    )
