"""The run log: which step ran when, for which month, started by whom, and how it ended.

``private/runs.jsonl`` has one line of JSON when a step starts and one when it ends. It holds no
row and no id of a child: of an unforeseen error only the kind.
"""

from __future__ import annotations

import getpass
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pipeline.month import Month
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings
from pipeline.whole_file import append_line

STARTED, ENDED, REFUSED, FAILED = "started", "ended", "refused", "failed"
APPROVED = "approve"


@dataclass(frozen=True)
class Entry:
    """One line of the log. ``what`` is a family or another month; ``seconds`` are of the end."""

    at: str
    month: str
    step: str
    what: str
    outcome: str
    by: str
    process: int
    seconds: float | None = None
    why: str = ""

    @property
    def words(self) -> str:
        """The step in words: ``build of 2026-10``, ``landing of 2026-10 (fostering)``."""
        return step_in_words(self.step, self.month, self.what)


@contextmanager
def recorded(settings: Settings, month: Month, step: str, what: str = "") -> Iterator[None]:
    """Log the block as one step: its start, and how it ended. Errors go on as they came."""
    begun = time.monotonic()
    entry = Entry(now(), str(month), step, what, STARTED, who(), os.getpid())
    _append(settings, entry)
    outcome, why = ENDED, ""
    try:
        yield
    except PublicationRefused as refusal:
        outcome, why = REFUSED, refusal.lines[0]
        raise
    except BaseException as error:
        outcome, why = FAILED, type(error).__name__
        raise
    finally:
        seconds = round(time.monotonic() - begun, 1)
        end = replace(entry, at=now(), outcome=outcome, why=why, seconds=seconds)
        _append(settings, end)


def note_approval(settings: Settings, month: Month, by: str) -> None:
    """Log who has approved the pack that this program publishes."""
    _append(settings, Entry(now(), str(month), APPROVED, "", ENDED, by, os.getpid()))


def entries(settings: Settings) -> list[Entry]:
    """Return the whole log, oldest first; a line that was cut off is passed over."""
    path = log_file(settings)
    if not path.exists():
        return []
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            found.append(Entry(**json.loads(line)))
        except (json.JSONDecodeError, TypeError):
            continue
    return found


def unfinished(log: list[Entry]) -> list[Entry]:
    """Return the steps that started and never told their end: running still, or killed."""
    open_ones: dict[tuple[int, str, str, str], Entry] = {}
    for entry in log:
        key = (entry.process, entry.month, entry.step, entry.what)
        if entry.outcome == STARTED:
            open_ones[key] = entry
        else:
            open_ones.pop(key, None)
    return list(open_ones.values())


def log_file(settings: Settings) -> Path:
    """Return the file that every step of an output folder is logged in."""
    return settings.private / "runs.jsonl"


def step_in_words(step: str, month: str, what: str = "") -> str:
    """Return how a step is told to people."""
    about = f" ({what.replace('_', ' ')})" if what else ""
    return f"{'landing' if step == 'land' else step} of {month}{about}"


def approved_by(log: list[Entry], publication: Entry) -> str:
    """Return who approved a publication, given its end; empty where nobody was asked."""
    approver, found = "", ""
    for one in log:
        if (one.month, one.process) != (publication.month, publication.process):
            continue
        if one.step == APPROVED:
            approver = one.by
        elif one.step == publication.step and one.outcome == STARTED:
            approver = ""
        elif one == publication:
            found = approver
    return found


def in_words(at: str) -> str:
    """Return a time of the log as people read it."""
    return f"{at[:19].replace('T', ' ')} UTC"


def now() -> str:
    """Return the time as the log has it: UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def who() -> str:
    """Return who runs this program."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


def _append(settings: Settings, entry: Entry) -> None:
    append_line(log_file(settings), json.dumps(asdict(entry), ensure_ascii=False))
