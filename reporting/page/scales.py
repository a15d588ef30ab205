"""The vertical axis of a chart, and the level in a printed threshold."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

TOP, BOTTOM = 14.0, 160.0
TICKS = 4
SMALLEST_SPAN = {"percent": 10.0, "count": 4.0}

_NUMBER = r"(\d+(?:\.\d+)?)\s*%?"
_ONE_SIDED = re.compile(rf"^(?:<=|>=|<|>|≤|≥)?\s*{_NUMBER}\s*\+?$")
_RANGE = re.compile(rf"^{_NUMBER}\s*(?:-|–|to)\s*{_NUMBER}$")


@dataclass(frozen=True)
class Scale:
    """The vertical axis: its ends, its step, and where a figure falls on it."""

    low: float
    high: float
    step: float

    def y(self, value: float, top: float = TOP, bottom: float = BOTTOM) -> float:
        """Where a figure stands between top and bottom, rounded to 0.1."""
        share = (value - self.low) / (self.high - self.low)
        return round(bottom - share * (bottom - top), 1)


def target(printed: str) -> tuple[float, ...]:
    """The level in a printed threshold: one number, two for a range, none if it is prose."""
    text = printed.strip()
    if found := _ONE_SIDED.match(text):
        return (float(found[1]),)
    if found := _RANGE.match(text):
        return (float(found[1]), float(found[2]))
    return ()


def scale(values: Sequence[float], unit: str) -> Scale:
    """A vertical axis with round steps; from zero when the figures come near it, 100% at most."""
    low, high = min(values), max(values)
    if low < 0.4 * high:
        low = min(low, 0.0)
    spread = max(high - low, SMALLEST_SPAN.get(unit, 0.0), abs(high) * 0.04, 0.4)
    middle = (high + low) / 2
    low, high = min(low, middle - spread / 2), max(high, middle + spread / 2)
    step = _round_step((high - low) / TICKS, whole=unit == "count")
    bottom = math.floor(low / step + 1e-9) * step
    if min(values) >= 0:
        bottom = max(0.0, bottom)
    top = max(math.ceil(high / step - 1e-9) * step, bottom + step)
    if unit == "percent" and max(values) <= 100 < top:
        top = 100.0
    return Scale(round(bottom, 6), round(top, 6), step)


def _round_step(least: float, whole: bool) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is at least `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    for size in (1.0, 2.0, 2.5, 5.0, 10.0):
        step = size * power
        if step >= least - 1e-9 and not (whole and not step.is_integer()):
            return step
    return max(1.0, 10.0 * power)
