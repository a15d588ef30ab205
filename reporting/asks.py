"""What to ask about first, and what is going well.

Both lists go by the rating and the signal. The change on the month before decides neither what is
asked first nor its order: it moves in nearly every month, by chance alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reporting.rows import Front, Indicator, PackRows
from reporting.wording import MONTHS, figure

LONGEST_LIST = 6
_Rank = Callable[[Indicator, str], int | None]
_SAID = {"improving": "improving", "getting_worse": "getting worse"}


@dataclass(frozen=True)
class Pick:
    """A measure to look at first, with its rating and what to know about it."""

    id: str
    title: str
    rating: str
    words: str


def ask_first(rows: PackRows) -> tuple[Pick, ...]:
    """Red and getting worse, then red, then amber or green and getting worse; at most six.

    Within each, in the order of the scorecard. Where there is too little to test, the rating alone
    decides: a red measure stands with those whose months show nothing more than chance.
    """
    return _picks(rows, _urgency)


def going_well(rows: PackRows) -> tuple[Pick, ...]:
    """Green and improving, then green and better than the month before; at most six.

    A measure that is getting worse is never among them.
    """
    return _picks(rows, _success)


def _picks(rows: PackRows, rank_of: _Rank) -> tuple[Pick, ...]:
    ranked = [(rank_of(row, _signal(rows, row)), row) for row in rows.indicators]
    found = [(rank, row) for rank, row in ranked if rank is not None]
    found.sort(key=lambda pair: pair[0])
    return tuple(_pick(row, rows.front, _signal(rows, row)) for _, row in found[:LONGEST_LIST])


def _urgency(row: Indicator, signal: str) -> int | None:
    is_worse = signal == "getting_worse"
    if row.rag == "red":
        return 0 if is_worse else 1
    return 2 if row.rag in ("amber", "green") and is_worse else None


def _success(row: Indicator, signal: str) -> int | None:
    if row.rag != "green" or signal == "getting_worse":
        return None
    if signal == "improving":
        return 0
    return 1 if row.change_is == "better" else None


def _signal(rows: PackRows, row: Indicator) -> str:
    found = rows.signals.get(row.indicator_id)
    return found.signal if found else ""


def _pick(row: Indicator, front: Front, signal: str) -> Pick:
    words = figure(row.month, row.unit)
    if row.green:
        words += f", green is {row.green}"
    if row.change_is in ("better", "worse"):
        words += f"; {row.change_is} than in {MONTHS[front.previous_month_end.month - 1]}"
    if signal in _SAID:
        words += f"; signal: {_SAID[signal]}"
    return Pick(row.indicator_id, row.title, row.rag, words)
