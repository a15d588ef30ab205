"""How much a figure usually moves when it is run again, in sentences made from the rows alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reporting import wording
from reporting.history.rows import Movement
from reporting.rows import SHOWN, SUPPRESSED

STAYS = "does not move"
_UNITS = {
    "count": "",
    "percent": " points",
    "rate_per_10000": " per 10,000",
    "days": " days",
    "years": " years",
    "children_per_fte": " children",
}


@dataclass(frozen=True)
class Usual:
    """What is usual of one figure some months later: how it moves, how far it ever moved."""

    moves: str
    range: str
    months: int


def line(rows: Sequence[Movement]) -> str:
    """`This figure usually rises by 2.1 points when re-run two months later (from 0.4 to 3.9 …).`

    Of all ages the last that is told; without one, why nothing can be said. Empty without a row.
    """
    told = newest(rows)
    if told:
        return (
            f"This figure usually {moves(told)} when re-run {later(told)}"
            f" ({extent(told)} in {months(told.months or 0)})."
        )
    if any(row.status == SUPPRESSED for row in rows):
        return "How much this figure usually moves is hidden: small numbers are behind it."
    if rows:
        return f"Too little history to say how much this figure usually moves: {_history(rows)}."
    return ""


def short(rows: Sequence[Movement]) -> str:
    """`Usually rises by 2.1 points when re-run`; empty where that cannot be told."""
    told = newest(rows)
    return f"Usually {moves(told)} when re-run" if told else ""


def newest(rows: Sequence[Movement]) -> Movement | None:
    """The movement up to the last age that is told."""
    return max(
        (row for row in rows if row.status == SHOWN), key=lambda row: row.months_later, default=None
    )


def moves(row: Movement) -> str:
    """`rises by 2.1 points`, `falls by 3`, `does not move`."""
    median = row.median or 0
    if not median:
        return STAYS
    return f"{'rises' if median > 0 else 'falls'} by {_far(median, row.unit)}{_UNITS[row.unit]}"


def extent(row: Movement) -> str:
    """`from 0.4 to 3.9`; where it moved both ways, `from a fall of 0.4 to a rise of 3.9`."""
    smallest, largest = row.smallest or 0, row.largest or 0
    if smallest == largest:
        return "always as much"
    if smallest < 0 < largest or not row.median:
        return f"from {_way(smallest, row.unit)} to {_way(largest, row.unit)}"
    near, far = sorted((abs(smallest), abs(largest)))
    return f"from {_far(near, row.unit)} to {_far(far, row.unit)}"


def later(row: Movement) -> str:
    """`two months later`."""
    return f"{months(row.months_later)} later"


def months(count: int) -> str:
    """`one month`, `13 months`."""
    return f"{wording.in_words(count)} month{'' if count == 1 else 's'}"


def _history(rows: Sequence[Movement]) -> str:
    longest = max(row.months or 0 for row in rows)
    if not longest:
        return "no month of it has been run again yet"
    return f"{months(longest)} of it {'has' if longest == 1 else 'have'} been run again"


def _way(movement: float, unit: str) -> str:
    if not movement:
        return "no change"
    return f"a {'rise' if movement > 0 else 'fall'} of {_far(movement, unit)}"


def _far(movement: float, unit: str) -> str:
    """How far, whichever way: of counts a half may lie in the middle."""
    far = abs(movement)
    return wording.plain(far) if unit == "count" else f"{far:,.1f}"
