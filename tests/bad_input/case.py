"""One broken inbox and what must happen to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .inbox import PLANS, Inbox


@dataclass(frozen=True)
class Same:
    """It lands with the same facts; ``written`` are cells that land as they are written."""

    written: tuple[tuple[int, str, str], ...] = ()

    heading = "Read as it should be"


@dataclass(frozen=True)
class Quarantined:
    """The rows named are refused with file, row, column and value; all others land.

    Each is (row, column, value, words of the reason); column and value are empty where the whole
    row is broken. ``without_row``: only the value is not taken over, its row lands.
    """

    lines: tuple[tuple[int, str, str | None, str], ...]

    heading = "The rows are set aside, all others count"


@dataclass(frozen=True)
class Gap:
    """The table is absent or refused, with words of its reason; all others land."""

    says: str
    tables: tuple[str, ...] = ()

    heading = "The table is left out, and its figures are not available"


@dataclass(frozen=True)
class Refused:
    """The month is not published; the message holds these words."""

    says: tuple[str, ...]

    heading = "Nothing is published, and the last month stays"


Outcome = Same | Quarantined | Gap | Refused


@dataclass(frozen=True)
class Case:
    """``what`` is the fault in plain words, for the page in docs/; ``file`` is the one it is in.

    ``later`` says where a fault that no file shows by itself is told of.
    """

    what: str
    breaks: Callable[[Inbox], None]
    outcome: Outcome
    file: str = PLANS
    limits: dict[str, str] = field(default_factory=dict)
    later: str = ""

    @property
    def table(self) -> str:
        return self.file.rpartition("/")[2].partition(".")[0]

    @property
    def family(self) -> str:
        return self.file.partition("/")[0]


def aside(row: int, column: str, value: str | None, says: str) -> Quarantined:
    return Quarantined(((row, column, value, says),))
