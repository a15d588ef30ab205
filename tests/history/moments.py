"""Moments of a run, drawn at random, told apart by what the run log says runs then."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from pipeline.settings import Settings

# What runs before the first step and after the last, and what runs between two of them.
FROM_THE_BEGIN, BETWEEN, AFTER = "before the first step", "between two steps", "after the last"
_POLL_SECONDS = 0.004
_INSTANT = 0.01

Running = Callable[[], bool]


@dataclass(frozen=True)
class Span:
    """A stretch of a run: what runs after so many lines of its log, and for how many seconds."""

    step: str
    lines: int
    seconds: float


@dataclass(frozen=True)
class Moment:
    """So many seconds after the line of this number."""

    lines: int
    seconds: float


class Log:
    """What a run that is about to begin will write to the run log."""

    def __init__(self, settings: Settings) -> None:
        self._file = settings.private / "runs.jsonl"
        self._begin = self._file.stat().st_size if self._file.exists() else 0

    def lines(self) -> list[dict[str, str]]:
        """What it has written so far."""
        if not self._file.exists():
            return []
        with self._file.open("rb") as file:
            file.seek(self._begin)
            *whole, _ = file.read().split(b"\n")
            return [json.loads(line) for line in whole if line]

    def step(self) -> str:
        """The step that runs now, or ran last before the process was ended."""
        return _step_after(self.lines())


def _step_after(lines: Sequence[dict[str, str]]) -> str:
    if not lines:
        return FROM_THE_BEGIN
    last = lines[-1]
    if last["outcome"] == "started":
        return last["step"]
    return AFTER if last["step"] == "publish" else BETWEEN


def timetable(log: Log, is_running: Running) -> list[Span]:
    """Look on while a run goes to its end; say which steps it had and how long each took."""
    spans: list[Span] = []
    begun = time.monotonic()
    while True:
        goes_on, lines = is_running(), log.lines()
        now = time.monotonic()
        while len(spans) < len(lines):
            step = _step_after(lines[: len(spans)])
            spans.append(Span(step, len(spans), now - begun))
            begun = now
        if not goes_on:
            return [*spans, Span(_step_after(lines), len(spans), now - begun)]
        time.sleep(_POLL_SECONDS)


def drawn(chance: Random, spans: Sequence[Span]) -> Moment:
    """Draw a step, one of its stretches, and a moment in it: short steps come as often as long.

    What is over in an instant, as the end of the process, is not aimed at.
    """
    aims = [span for span in spans if span.seconds > _INSTANT and span.step != AFTER]
    step = chance.choice(sorted({span.step for span in aims}))
    span = chance.choice([span for span in aims if span.step == step])
    return Moment(span.lines, chance.random() * span.seconds)


def wait_for(moment: Moment, log: Log, is_running: Running) -> None:
    """Wait until a run that goes on has come to a moment, or has ended."""
    while is_running() and len(log.lines()) < moment.lines:
        time.sleep(_POLL_SECONDS)
    until = time.monotonic() + moment.seconds
    while is_running() and time.monotonic() < until:
        time.sleep(_POLL_SECONDS)
