"""What the person who runs ``make pack`` sees: progress, the result, or why there is none.

Everything that Airflow and dbt print goes to a log file under ``private/logs`` instead.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Display:
    """Shows one run: a bar on a terminal, plain lines elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream, highlight=False, markup=False, soft_wrap=True)
        self._progress: Progress | None = None
        self._task = TaskID(0)
        self._said = ""

    @contextmanager
    def running(self, steps: int) -> Iterator[None]:
        """Show a bar of that many steps while the block runs."""
        if not self._console.is_terminal:
            yield
            return
        columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=self._console, transient=True) as self._progress:
            self._task = self._progress.add_task("starting", total=steps)
            yield
        self._progress = None

    def tell(self, text: str, is_step: bool) -> None:
        """Say that a step begins, or what the present one is at."""
        if self._progress is not None:
            self._progress.update(self._task, description=text, advance=int(is_step))
            return
        if not is_step:
            return
        # Without a bar one line a month says enough about the landing of its families.
        short = text.partition(":")[0]
        if short != self._said:
            self._said = short
            self.say(f"landing {short}" if short != text else text)

    def say(self, text: str) -> None:
        """Print one line."""
        self._console.print(text)


@contextmanager
def output_to_log(log: Path) -> Iterator[TextIO]:
    """Send everything this process and its children print to ``log``; yield the real output."""
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(1), os.dup(2)]
    target = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    real = os.fdopen(os.dup(kept[0]), "w", encoding="utf-8", buffering=1)
    try:
        os.dup2(target, 1)
        os.dup2(target, 2)
        yield real
    finally:
        _flush_or_drop()
        real.close()
        for number, handle in enumerate(kept, start=1):
            os.dup2(handle, number)
            os.close(handle)
        os.close(target)


def _flush_or_drop() -> None:
    """Where the disk is full the rest of the log goes nowhere, rather than to the terminal."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        sys.stdout.flush()
        sys.stderr.flush()
