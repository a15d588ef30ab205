"""What a figure is: a value with its numerator and denominator, unrounded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

Number = int | Fraction


@dataclass(frozen=True)
class Figure:
    """One figure, unrounded; a count has its value as numerator and no denominator."""

    value: Fraction | None
    numerator: Number | None
    denominator: Number | None
    status: str = "ok"


NOT_AVAILABLE = Figure(None, None, None, "not_available")

Parts = dict[str, Figure]
"""The figures of one measure by breakdown; the unbroken one has none."""


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


def mean(amounts: Iterable[Number]) -> Figure:
    """The mean of amounts: numerator the sum, denominator the number (A9)."""
    given = list(amounts)
    if not given:
        return Figure(None, 0, 0)
    return Figure(Fraction(sum(given)) / len(given), sum(given), len(given))


def ratio(numerator: int, denominator: Fraction) -> Figure:
    """So many of the one for each of the other; nothing to divide by gives no value (C18)."""
    value = Fraction(numerator) / denominator if denominator else None
    return Figure(value, numerator, denominator)


def shares(name: str, members: Iterable[str], closed_set: Collection[str]) -> Parts:
    """ "Count and %" of a closed set: every part of it, zeros included, and the whole (A6)."""
    numbers = Counter(members)
    total = sum(numbers.values())
    parts = {f"{name}={part}": percentage(numbers[part], total) for part in closed_set}
    return {"": percentage(total, total)} | parts


def counts(name: str, members: Iterable[str]) -> Parts:
    """The number of each part that occurs, and all together (A6)."""
    numbers = Counter(members)
    parts = {f"{name}={part}": count(number) for part, number in numbers.items()}
    return {"": count(sum(numbers.values()))} | parts
