"""Special guardianship (SGO) and child arrangements orders (CAO) after a time in care."""

from __future__ import annotations

from .council import CareAt
from .dates import Window
from .extract import Order
from .values import Figure, count


def orders_after_care(care: CareAt, window: Window) -> set[Order]:
    """Orders that began in the window for persons who had come into care by that day.

    The same order twice on a day is one; two kinds on a day are two (decision 0006).
    """
    return {
        order
        for order in care.extract.orders or []
        if window.holds(order.day)
        and any(period.start <= order.day for period in care.periods.get(order.person, []))
    }


def guardianship_orders(care: CareAt, window: Window) -> Figure:
    """Special guardianship orders alone."""
    return count(sum(order.group == "SGO" for order in orders_after_care(care, window)))


def all_orders(care: CareAt, window: Window) -> Figure:
    """Special guardianship and child arrangements orders."""
    return count(len(orders_after_care(care, window)))
