"""Say which step is running, to whoever wants to know.

``make pack`` shows it as a progress bar; under a scheduler it goes to the task's log.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Listener = Callable[[str, bool], None]

_log = logging.getLogger(__name__)
_listeners: list[Listener] = []


def step(text: str) -> None:
    """Tell that a step begins, in words for the person waiting."""
    _tell(text, True)


def detail(text: str) -> None:
    """Tell what the present step is at, e.g. which file it reads."""
    _tell(text, False)


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Pass everything told to ``listener`` while the block runs, and whether a step begins."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def _tell(text: str, is_step: bool) -> None:
    _log.info(text)
    for listener in _listeners:
        listener(text, is_step)
