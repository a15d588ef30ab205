"""Signals as the pack makes them, its very model files over series of a test; and worked out again.

`Chart` is a second reading of docs/decisions/0008 in plain Python. It shares nothing with the SQL:
it walks month by month, where the models use windows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import duckdb
import pyarrow as pa
from jinja2 import Environment, StrictUndefined

from tests.golden.scorecard import PROJECT

MODELS = ("fct_signal_month", "fct_signal_limit", "fct_signal_point", "fct_signal")
TABLES = """
create table dim_publication (la text, month text, period_end date, snapshot_month text);
create table dim_signal_measure (
    indicator_id text, kind text, unit text, good_is text, basis text, is_headline boolean,
    chart text, why text
);
create table fct_indicator_value (
    la text, indicator_id text, period_end date, basis text, breakdown text, value double,
    published_value double, numerator double, denominator double
);
create table fct_series_break (la text, indicator_id text, from_month text, note text);
create table stg_reference__spc_decision (
    la text, snapshot_month text, indicator_id text, from_month text, decided_on date,
    decided_by text, reason text
);
create table dim_target (la text, indicator_id text, green text);
"""
FIGURE = (
    *("indicator_id", "period_end", "basis", "breakdown"),
    *("value", "published_value", "numerator", "denominator"),
)
Month = tuple[float, float] | float | None


@dataclass(frozen=True)
class Series:
    """The months of one measure, oldest first: a value, (met, of) on a p-chart, None if missing."""

    name: str
    months: Sequence[Month]
    good_is: str = "high"
    kind: str = "count"
    starts_again: tuple[int, ...] = ()
    green: str = ""

    @property
    def is_p(self) -> bool:
        """Is it a percentage of a month's events?"""
        return self.kind == "percentage"


def month_end(number: int) -> date:
    """Return the last day of a month of the series, 0 being January 2020."""
    year, month = divmod(number + 1, 12)
    return date(2020 + year, month + 1, 1) - timedelta(days=1)


def rendered(name: str) -> str:
    """Return the SQL of a mart, with the macros it uses before it."""
    files = [PROJECT / "macros" / f"{macros}.sql" for macros in ("words", "scorecard", "signals")]
    files.append(PROJECT / "models" / "marts" / f"{name}.sql")
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    return (
        Environment(undefined=StrictUndefined)
        .from_string(text)
        .render(
            ref=str,
            dbt=SimpleNamespace(type_string=lambda: "varchar"),
            adapter=SimpleNamespace(dispatch=lambda _: _joined_text),
            **{"return": str},
        )
    )


def _joined_text(text: str, separator: str, order: str) -> str:
    return f"string_agg({text}, '{separator}' order by {order})"


def signals(
    series: Iterable[Series], shuffled: Callable[[list[Any]], list[Any]] = list
) -> tuple[dict[str, dict[str, Any]], dict[tuple[str, int], dict[str, Any]]]:
    """Return the signal of each series, and the limits of each of its months, as the models say.

    All series end in the published month. `shuffled` puts the rows of their figures in any order.
    """
    series = list(series)
    last = max(len(one.months) for one in series) - 1
    with duckdb.connect() as warehouse:
        warehouse.execute(TABLES)
        published = [month_end(last).isoformat()[:7], month_end(last)]
        warehouse.execute(
            "insert into dim_publication values ('X', ?, ?, ?)", [*published, published[0]]
        )
        for one in series:
            _add(warehouse, one, last, published[0])
        figures = shuffled([row for one in series for row in _figures(one, last)])
        columns = dict(zip(FIGURE, map(list, zip(*figures, strict=True)), strict=True))
        warehouse.register("figures", pa.table(columns))
        warehouse.execute(
            "insert into fct_indicator_value by name select *, 'X' as la from figures"
        )
        for name in MODELS:
            warehouse.execute(f"create table {name} as {rendered(name)}")
        found = {row["indicator_id"]: row for row in _rows(warehouse, "fct_signal")}
        ends = {month_end(number): number for number in range(last + 1)}
        points = {
            (row["indicator_id"], ends[row["period_end"]]): row
            for row in _rows(warehouse, "fct_signal_point")
        }
        return found, points


def _add(warehouse: duckdb.DuckDBPyConnection, one: Series, last: int, month: str) -> None:
    chart, basis = ("p", "in_month") if one.is_p else ("xmr", "month_end")
    unit = "percent" if one.is_p else "count"
    measure = [one.name, one.kind, unit, one.good_is, basis, chart]
    warehouse.execute("insert into dim_signal_measure values (?, ?, ?, ?, ?, true, ?, '')", measure)
    for first in one.starts_again:
        start = month_end(last - len(one.months) + 1 + first).isoformat()[:7]
        given = "insert into fct_series_break values ('X', ?, ?, 'a break')"
        warehouse.execute(given, [one.name, start])
    if one.green:
        warehouse.execute("insert into dim_target values ('X', ?, ?)", [one.name, one.green])


def _figures(one: Series, last: int) -> list[list[Any]]:
    rows = []
    for number, month in enumerate(one.months, last - len(one.months) + 1):
        if isinstance(month, tuple):
            share = 100 * month[0] / month[1]
            values = ["in_month", "", share, math.floor(share * 10 + 0.5) / 10, *month]
        else:
            values = ["month_end", "", month, month, month, None]
        rows.append([one.name, month_end(number), *values])
    return rows


def _rows(warehouse: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    result = warehouse.execute(f"select * from {table}")
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@dataclass
class Chart:
    """The limits of a series and the rules its months met, one month after the other."""

    series: Series
    rules: dict[int, str] = field(default_factory=dict)
    ways: dict[int, int] = field(default_factory=dict)
    limits: dict[int, tuple[float, float, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        starts = [0, *self.series.starts_again, len(self.series.months)]
        for first, after in pairwise(starts):
            self._segment([n for n in range(first, after) if self.series.months[n] is not None])

    def value(self, number: int) -> float:
        """Return what is plotted."""
        month = self.series.months[number]
        assert month is not None
        return 100 * month[0] / month[1] if isinstance(month, tuple) else month

    def _segment(self, numbers: list[int]) -> None:
        months = [self.series.months[n] for n in numbers]
        counts = [month[0] if isinstance(month, tuple) else month for month in months]
        is_small = not self.series.is_p and sum(c < 6 for c in counts if c is not None) * 2 > len(
            counts
        )
        if len(numbers) < 13 or is_small:
            return
        reaches = self._reaches(numbers)
        if reaches is None or len(reaches[1]) < 13:
            return
        centre, reach = reaches
        for number, far in reach.items():
            top = min(centre + far, 100) if self.series.is_p else centre + far
            self.limits[number] = (centre, max(centre - far, 0), top)
            self._judge(number, centre, reach)

    def _reaches(self, numbers: list[int]) -> tuple[float, dict[int, float]] | None:
        behind = numbers[:24]
        if self.series.is_p:
            pairs = {n: m for n in numbers if isinstance(m := self.series.months[n], tuple)}
            p = sum(pairs[n][0] for n in behind) / sum(pairs[n][1] for n in behind)
            enough = {n: of for n, (_, of) in pairs.items() if min(of * p, of * (1 - p)) >= 5}
            return 100 * p, {n: 300 * math.sqrt(p * (1 - p) / of) for n, of in enough.items()}
        moves = [abs(self.value(n) - self.value(n - 1)) for n in behind if n - 1 in behind]
        if not moves:
            return None
        mean = sum(self.value(n) for n in behind) / len(behind)
        return mean, {n: 2.66 * sum(moves) / len(moves) for n in numbers}

    def _judge(self, number: int, centre: float, reach: dict[int, float]) -> None:
        offset = {n: _zero_if_tiny(self.value(n) - centre) for n in reach}

        def last(count: int) -> list[int]:
            wanted = range(number - count + 1, number + 1)
            return [n for n in wanted if n in reach]

        def far(n: int) -> bool:
            return abs(offset[n]) > reach[n] * 2 / 3 + 1e-6

        seven, three = last(7), last(3)
        steps = [_zero_if_tiny(self.value(b) - self.value(a)) for a, b in pairwise(seven)]
        if abs(offset[number]) > reach[number] + 1e-6:
            found = "outside_limits"
        elif len(seven) == 7 and _same_side([offset[n] for n in seven]):
            found = "run"
        elif len(seven) == 7 and _same_side(steps):
            found = "trend"
        elif len(three) == 3 and _same_side([offset[n] for n in three]):
            if not far(number) or sum(map(far, three)) < 2:
                return
            found = "two_of_three"
        else:
            return
        self.rules[number] = found
        self.ways[number] = 1 if (steps[-1] if found == "trend" else offset[number]) > 0 else -1

    @property
    def signal(self) -> str:
        """Return what the latest month says."""
        number = len(self.series.months) - 1
        if number not in self.limits:
            return "too_few"
        if number not in self.rules:
            return "no_change"
        if self.series.good_is not in ("high", "low"):
            return "unusual"
        is_up = self.ways[number] > 0
        return "improving" if is_up == (self.series.good_is == "high") else "getting_worse"


def _zero_if_tiny(number: float) -> float:
    return 0.0 if abs(number) <= 1e-6 else number


def _same_side(numbers: Sequence[float]) -> bool:
    return all(n > 0 for n in numbers) or all(n < 0 for n in numbers)
