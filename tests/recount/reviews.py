"""Reviews of looked after children (C21)."""

from __future__ import annotations

from .council import CareAt
from .dates import Window
from .values import Figure, share


def reviews_in_time(care: CareAt, window: Window) -> Figure:
    """Of the reviews held in the window, those held by their due date."""
    return share(in_time for day, in_time in care.reviews_held if window.holds(day))
