"""The geometry of the trend charts: published figures in, coordinates out.

Pure functions. Coordinates are rounded to 0.1, so the same figures give the same bytes. A month
that is hidden or not available has no point, only a gap, and the scale is made from what is shown
(reporting rule 8.5). The drawing itself is a template, 380 by 206.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from reporting.page.limits import Range, drawn_limits, levels_of
from reporting.page.scales import BOTTOM, Scale, scale
from reporting.rows import SUPPRESSED, SignalPoint, TrendPoint
from reporting.wording import MONTHS, number

LEFT, RIGHT = 48.0, 282.0
LABEL_GAP = 16.0
SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 132.0, 34.0, 4.0


@dataclass(frozen=True)
class Mark:
    """A point of the line: larger for the last month, a square where the month met a rule."""

    x: float
    y: float
    is_last: bool
    is_flagged: bool = False


@dataclass(frozen=True)
class Tick:
    """A gridline or a month, with its label; `below` is the year under the first of its months."""

    at: float
    label: str
    below: str = ""


@dataclass(frozen=True)
class Reference:
    """A level to compare with: a target or a comparator; `kind` is its class in the stylesheet."""

    kind: str
    y: float


@dataclass(frozen=True)
class Label:
    """A text at the right-hand end of a line."""

    kind: str
    y: float
    text: str


@dataclass(frozen=True)
class Band:
    """A shaded stretch: months without a figure (x, width) or a target range (y, height)."""

    kind: str
    start: float
    size: float


@dataclass(frozen=True)
class Chart:
    """Everything the template draws."""

    path: str
    marks: tuple[Mark, ...]
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    references: tuple[Reference, ...]
    target_band: Band | None
    gaps: tuple[Band, ...]
    ranges: tuple[Range, ...]
    breaks: tuple[float, ...]
    labels: tuple[Label, ...]
    spark: str
    spark_end: Mark | None


@dataclass(frozen=True)
class Level:
    """A target or comparator in the units of the figure."""

    kind: str
    name: str
    value: float


def chart(
    points: Sequence[TrendPoint],
    unit: str,
    goal: tuple[float, ...] = (),
    levels: Sequence[Level] = (),
    limits: Sequence[SignalPoint] = (),
    breaks: Sequence[date] = (),
) -> Chart | None:
    """Lay out one indicator's months; None when not one of them has a figure to show.

    `goal` is the level of the green threshold (two numbers for a range), `levels` the comparators,
    `limits` those of usual variation, `breaks` the months from which the series counts otherwise.
    """
    shown = [point.value for point in points if point.is_shown and point.value is not None]
    if not shown:
        return None
    columns = {point.period_end: _x(index, len(points)) for index, point in enumerate(points)}
    on_chart = [one for one in limits if one.period_end in columns]
    beside = [*goal, *(level.value for level in levels), *levels_of(on_chart, unit)]
    axis = scale([*shown, *beside], unit)
    marks = _marks(points, axis, {one.period_end for one in on_chart if one.rule})
    half = _half_a_month(len(points))
    anew = {one.period_end for one in on_chart if one.is_new_segment} | set(breaks)
    placed = [mark for mark in marks if mark]
    low_and_high = Scale(min(shown), max(shown) if max(shown) > min(shown) else min(shown) + 1, 1)
    return Chart(
        path=_path(points, marks),
        marks=tuple(placed),
        y_ticks=_y_ticks(axis, unit),
        x_ticks=_x_ticks(points),
        references=_references(goal, levels, axis),
        target_band=_target_band(goal, axis),
        gaps=_gaps(points),
        ranges=drawn_limits(on_chart, columns, half, axis, unit),
        breaks=tuple(round(columns[day] - half, 1) for day in sorted(anew) if day in columns),
        labels=_labels(points, unit, goal, levels, axis),
        spark=_path(points, _spark_marks(points, low_and_high)),
        spark_end=_last(_spark_marks(points, low_and_high)),
    )


def _x(index: int, many: int, left: float = LEFT, right: float = RIGHT) -> float:
    return round(left + (right - left) * index / max(many - 1, 1), 1)


def _half_a_month(many: int) -> float:
    return (RIGHT - LEFT) / max(many - 1, 1) / 2


def _marks(
    points: Sequence[TrendPoint], axis: Scale, flagged: Collection[date]
) -> list[Mark | None]:
    last = len(points) - 1
    return [
        Mark(
            _x(index, len(points)), axis.y(point.value), index == last, point.period_end in flagged
        )
        if point.is_shown and point.value is not None
        else None
        for index, point in enumerate(points)
    ]


def _spark_marks(points: Sequence[TrendPoint], axis: Scale) -> list[Mark | None]:
    low, high = SPARK_EDGE, SPARK_HEIGHT - SPARK_EDGE
    right = SPARK_WIDTH - SPARK_EDGE
    return [
        Mark(_x(i, len(points), SPARK_EDGE, right), axis.y(point.value, low, high), False)
        if point.is_shown and point.value is not None
        else None
        for i, point in enumerate(points)
    ]


def _last(marks: Sequence[Mark | None]) -> Mark | None:
    """The mark of the last month; none when that month has no figure."""
    return marks[-1]


def _path(points: Sequence[TrendPoint], marks: Sequence[Mark | None]) -> str:
    """The line, lifted over every month without a figure and where a year to date starts anew."""
    steps, pen_down = [], False
    for point, mark in zip(points, marks, strict=True):
        if point.basis == "fytd" and point.period_end.month == 4:
            pen_down = False
        if mark:
            steps.append(f"{'L' if pen_down else 'M'}{mark.x:g} {mark.y:g}")
        pen_down = mark is not None
    return " ".join(steps)


def _y_ticks(axis: Scale, unit: str) -> tuple[Tick, ...]:
    many = round((axis.high - axis.low) / axis.step)
    values = [axis.low + axis.step * index for index in range(many + 1)]
    whole = all(abs(value - round(value)) < 1e-9 for value in values)
    sign = "%" if unit == "percent" else ""
    return tuple(
        Tick(axis.y(value), (f"{value:,.0f}" if whole else f"{value:,.1f}") + sign)
        for value in values
    )


def _x_ticks(points: Sequence[TrendPoint]) -> tuple[Tick, ...]:
    """Every third month named, with the year under the first one named in it."""
    ticks, year = [], 0
    for index in range(0, len(points), 3):
        day = points[index].period_end
        below = str(day.year) if day.year != year else ""
        ticks.append(Tick(_x(index, len(points)), MONTHS[day.month - 1][:3], below))
        year = day.year
    return tuple(ticks)


def _references(
    goal: tuple[float, ...], levels: Sequence[Level], axis: Scale
) -> tuple[Reference, ...]:
    lines = [Reference(level.kind, axis.y(level.value)) for level in levels]
    if len(goal) == 1:
        lines.append(Reference("target", axis.y(goal[0])))
    return tuple(lines)


def _target_band(goal: tuple[float, ...], axis: Scale) -> Band | None:
    if len(goal) != 2:
        return None
    top = axis.y(goal[1])
    return Band("target", top, round(axis.y(goal[0]) - top, 1))


def _gaps(points: Sequence[TrendPoint]) -> tuple[Band, ...]:
    """A shaded stretch for each run of months without a figure, half a month to each side."""
    half = _half_a_month(len(points))
    bands: list[Band] = []
    previous = ""
    for index, point in enumerate(points):
        kind = "" if point.is_shown else "hidden" if point.status == SUPPRESSED else "absent"
        start = max(_x(index, len(points)) - half, LEFT)
        end = min(_x(index, len(points)) + half, RIGHT)
        if kind and kind == previous:
            start = bands.pop().start
        if kind:
            bands.append(Band(kind, round(start, 1), round(end - start, 1)))
        previous = kind
    return tuple(bands)


def _labels(
    points: Sequence[TrendPoint],
    unit: str,
    goal: tuple[float, ...],
    levels: Sequence[Level],
    axis: Scale,
) -> tuple[Label, ...]:
    """What stands at the line ends, pushed apart so that no two touch."""
    wanted = [
        Label(level.kind, axis.y(level.value), f"{level.name} {number(level.value, unit)}")
        for level in levels
    ]
    last = points[-1]
    if last.is_shown and last.value is not None:
        wanted.append(Label("value", axis.y(last.value), number(last.value, unit)))
    if goal:
        middle = sum(goal) / len(goal)
        said = " to ".join(_as_printed(level) for level in goal)
        sign = "%" if unit == "percent" else ""
        wanted.append(Label("target", axis.y(middle), f"Target {said}{sign}"))
    return _apart(wanted)


def _as_printed(value: float) -> str:
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.1f}"


def _apart(labels: Sequence[Label]) -> tuple[Label, ...]:
    """Move labels down, then the whole run up again where it would leave the chart."""
    ordered = sorted(labels, key=lambda label: (label.y, label.kind))
    heights: list[float] = []
    for label in ordered:
        heights.append(max(label.y, heights[-1] + LABEL_GAP) if heights else label.y)
    limit = BOTTOM + 4
    for index in range(len(heights) - 1, -1, -1):
        heights[index] = min(heights[index], limit)
        limit = heights[index] - LABEL_GAP
    return tuple(
        Label(label.kind, round(height, 1), label.text)
        for label, height in zip(ordered, heights, strict=True)
    )
