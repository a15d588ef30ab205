"""Who came into care and who left it, and how."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from .care import Period
from .council import CareAt
from .dates import Window, birthday
from .reference import codes
from .values import Figure, Parts, count, counts, mean, percentage

ADOPTION = codes("E11 E12")
GUARDIANSHIP = codes("E43 E44 E45 E46 E47 E48")
ORDERS = GUARDIANSHIP | {"E41"}
PERMANENCE = ORDERS | ADOPTION
DAYS_OF_A_YEAR = Fraction("365.25")


def admitted(care: CareAt, window: Window) -> list[tuple[str, Period]]:
    """Periods of care that began in the window by a child coming into care (C7, B4)."""
    return [(w, p) for w, p in care.every_period if p.is_admission and window.holds(p.start)]


def ended(care: CareAt, window: Window) -> list[tuple[str, Period]]:
    """Periods of care that ended in the window, on the 18th birthday too (C8)."""
    return [(who, period) for who, period in care.every_period if window.holds(period.end)]


def left_by(care: CareAt, window: Window, reasons: frozenset[str]) -> list[tuple[str, Period]]:
    """Those that ended for one of some reasons, and not by the 18th birthday alone."""
    found = ended(care, window)
    return [(w, p) for w, p in found if p.reason in reasons and not p.derived_18]


def admissions(care: CareAt, window: Window) -> Figure:
    """Admissions, one for each period of care."""
    return count(len(admitted(care, window)))


def admissions_children(care: CareAt, window: Window) -> Figure:
    """Children admitted, each once."""
    return count(len({person for person, _ in admitted(care, window)}))


def age_at_admission(care: CareAt, window: Window) -> Figure:
    """The mean exact age of those admitted whose birth date is known."""
    births = care.extract.births
    return mean(
        Fraction((period.start - born).days) / DAYS_OF_A_YEAR
        for person, period in admitted(care, window)
        if (born := births.get(person)) is not None
    )


def ceased(care: CareAt, window: Window) -> Figure:
    """Ends of care, one for each period of care."""
    return count(len(ended(care, window)))


def ceased_children(care: CareAt, window: Window) -> Figure:
    """Children whose care ended, each once."""
    return count(len({person for person, _ in ended(care, window)}))


def number_left_by(reasons: frozenset[str]) -> Callable[[CareAt, Window], Figure]:
    """Counts the ends of care for one of some reasons."""
    return lambda care, window: count(len(left_by(care, window, reasons)))


def share_left_by(reasons: frozenset[str]) -> Callable[[CareAt, Window], Figure]:
    """Counts them as a percentage of all ends of care."""
    return lambda care, window: percentage(
        len(left_by(care, window, reasons)), len(ended(care, window))
    )


def by_reason(care: CareAt, window: Window) -> Parts:
    """The ends of care by reason, and their total."""
    births = care.extract.births
    return counts(
        "reason", [reason_shown(period, births.get(who)) for who, period in ended(care, window)]
    )


def reason_shown(period: Period, born: date | None) -> str:
    """The reason as broken down: E8 is split by whether it fell on the 18th birthday (DQ13)."""
    if period.reason != "E8":
        return period.reason or ""
    at_18 = born is not None and period.end == birthday(born, 18)
    return "E8 at 18" if at_18 else "E8 other"
