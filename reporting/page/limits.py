"""The limits of usual variation on a chart: bands and centre lines, stepped month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reporting.page.scales import Scale
from reporting.rows import SignalPoint


@dataclass(frozen=True)
class Range:
    """One unbroken stretch of limits: the outline of its band and its centre line."""

    area: str
    centre: str


def drawn_limits(
    limits: Sequence[SignalPoint], columns: dict[date, float], half: float, axis: Scale, unit: str
) -> tuple[Range, ...]:
    """The stretches of limits whose months stand on the chart (`columns`: where each one does).

    `half` is half the width of a month. A stretch ends where limits start anew or a month has
    none. Limits below nothing, or above 100%, are drawn at nothing and at 100%.
    """
    return tuple(_range(run, columns, half, axis, unit) for run in _runs(limits, columns))


def levels_of(limits: Sequence[SignalPoint], unit: str) -> list[float]:
    """The heights the axis has to hold, as they are drawn."""
    return [level for one in limits for level in _drawn(one, unit)]


def _drawn(one: SignalPoint, unit: str) -> tuple[float, float]:
    high = min(one.upper_limit, 100.0) if unit == "percent" else one.upper_limit
    return max(one.lower_limit, 0.0), high


def _runs(limits: Sequence[SignalPoint], columns: dict[date, float]) -> Iterator[list[SignalPoint]]:
    """The limits in stretches: each a run of months that follow each other on the chart."""
    order = {day: index for index, day in enumerate(columns)}
    run: list[SignalPoint] = []
    for one in (each for each in limits if each.period_end in order):
        follows = run and order[one.period_end] == order[run[-1].period_end] + 1
        if run and (one.is_new_segment or not follows):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _range(
    run: Sequence[SignalPoint], columns: dict[date, float], half: float, axis: Scale, unit: str
) -> Range:
    left, right = min(columns.values()), max(columns.values())
    steps = []
    for one in run:
        x = columns[one.period_end]
        steps.append((max(x - half, left), min(x + half, right), *_drawn(one, unit), one.centre))
    over = [(x, axis.y(high)) for start, end, _, high, _ in steps for x in (start, end)]
    under = [(x, axis.y(low)) for start, end, low, _, _ in steps for x in (start, end)]
    middle = [(x, axis.y(centre)) for start, end, _, _, centre in steps for x in (start, end)]
    return Range(f"{_line(over + under[::-1])}Z", _line(middle))


def _line(points: Sequence[tuple[float, float]]) -> str:
    """A path through the points, without those that lie on a level stretch."""
    kept = [
        point
        for index, point in enumerate(points)
        if not (
            0 < index < len(points) - 1 and points[index - 1][1] == point[1] == points[index + 1][1]
        )
    ]
    return "M" + "L".join(f"{round(x, 1):g} {y:g}" for x, y in kept)
