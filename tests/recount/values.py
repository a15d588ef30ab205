"""What a figure is: a value with its numerator and denominator, unrounded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Figure:
    """One figure, unrounded; a count has its value as numerator and no denominator."""

    value: Fraction | None
    numerator: int | None
    denominator: int | None
    status: str = "ok"


NOT_AVAILABLE = Figure(None, None, None, "not_available")


def count(number: int) -> Figure:
    """A count."""
    return Figure(Fraction(number), number, None)


def percentage(numerator: int, denominator: int) -> Figure:
    """A percentage, 0 to 100; without anybody to count there is none (A8)."""
    if not denominator:
        return Figure(None, 0, 0)
    return Figure(Fraction(100 * numerator, denominator), numerator, denominator)


def share(flags: Iterable[bool]) -> Figure:
    """The percentage of a cohort that meets it, one flag for each of its members."""
    met = list(flags)
    return percentage(sum(met), len(met))
