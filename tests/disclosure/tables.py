"""Random tables that add up as a council's do, most of them small, hidden by the models' SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pyarrow as pa

from .relations import ADOPTION, ARRANGEMENTS, GUARDIANSHIP, month_before

# In the order in which each reads the one before.
MODELS = (
    *("fct_disclosure_figure", "fct_disclosure_cell", "fct_disclosure_step", "fct_disclosure_line"),
    *("fct_hidden_number", "fct_hidden_figure"),
)
OTHER_REASONS = ("E13", "E4A", "E5", "E9")
AGES = ("under 1", "1-4", "5-9", "10-15", "16+", "unknown")
_COLUMNS = (
    *("la", "indicator_id", "period_end", "basis", "breakdown"),
    *("published_value", "numerator", "denominator", "status"),
)
Key = tuple[str, str, str]


@dataclass
class Month:
    """What happened in one month of an invented council."""

    end: date
    counts: dict[Key, float] = field(default_factory=dict)
    bases: dict[Key, float] = field(default_factory=dict)

    def add(
        self, indicator: str, basis: str, top: float, base: float | None = None, part: str = ""
    ) -> None:
        self.counts[indicator, basis, part] = top
        if base is not None:
            self.bases[indicator, basis, part] = base


def invented(seed: int) -> list[Month]:
    """Two financial years of a council of a random size, or a part of the second."""
    rng = Random(seed)
    size = rng.choice((0.3, 0.6, 1.0, 2.0))
    end = date(2026, 3 + rng.randrange(1, 10), 1)
    ends = [month_before(date(end.year, end.month, 1))]
    while ends[-1] > date(2024, 4, 30):
        ends.append(month_before(ends[-1]))
    stock, households, months = round(120 * size) + 6, round(40 * size) + 6, list[Month]()
    for day in reversed(ends):
        month = Month(day)
        _children(rng, size, month)
        _fostering(rng, size, month)
        stock += _net(month, "admissions", "ceased")
        households += _net(month, "foster_recruited", "foster_deregistered")
        month.add("foster_households", "month_end", max(households, 6))
        _stock(rng, max(stock, 6), month)
        months.append(month)
    _years_to_date(months)
    return months


def _net(month: Month, came: str, went: str) -> int:
    in_month = ("in_month", "")
    return round(month.counts[came, *in_month] - month.counts[went, *in_month])


def few(rng: Random, mean: float) -> int:
    """A number around a small mean, often nought."""
    return sum(rng.random() < mean / 12 for _ in range(12))


def _children(rng: Random, size: float, month: Month) -> None:
    by_reason = {
        reason: few(rng, size * mean)
        for reason, mean in (
            *((reason, 1.0) for reason in (*ADOPTION, "E45", "E46")),
            *(("E41", 0.3), ("E13", 1.0), ("E4A", 3.0), ("E5", 2.0), ("E9", 0.3)),
        )
    }
    ceased = sum(by_reason.values())
    adopted, sgo, orders = (
        sum(by_reason.get(reason, 0) for reason in reasons)
        for reasons in (ADOPTION, GUARDIANSHIP, ARRANGEMENTS)
    )
    month.add("admissions", "in_month", few(rng, 7 * size))
    month.add("ceased", "in_month", ceased)
    month.add("ceased_permanence_pct", "in_month", adopted + orders, ceased)
    month.add("ceased_sgo_pct", "in_month", sgo, ceased)
    month.add("ceased_sgo_cao", "in_month", orders)
    month.add("adopted_pct_of_ceased", "in_month", adopted, ceased)
    month.add("adoptions", "in_month", adopted)
    soon = rng.randint(0, adopted)
    month.add("adoptions_12m_shobpa_count", "in_month", soon)
    month.add("adoptions_12m_shobpa_pct", "in_month", soon, adopted)
    month.add("adoption_a1_days", "in_month", 400 * adopted, adopted)
    for reason, number in by_reason.items():
        month.add("ceased_by_reason", "in_month", number, None, f"reason={reason}")
    month.add("ceased_by_reason", "in_month", ceased)
    met = few(rng, 4 * size)
    month.add("iha_within_20wd_pct", "in_month", met, met + few(rng, 3 * size))
    month.add("lac_missing_children", "in_month", few(rng, 5 * size))


def _fostering(rng: Random, size: float, month: Month) -> None:
    for indicator, names in (
        ("foster_recruited", ("carer_type",)),
        ("foster_deregistered", ("carer_type", "route")),
    ):
        number = few(rng, 3 * size)
        month.add(indicator, "in_month", number)
        for name in names:
            first = rng.randint(0, number)
            for part, amount in (("Mainstream", first), ("Family and friends", number - first)):
                month.add(indicator, "in_month", amount, None, f"{name}={part}")


def _stock(rng: Random, stock: int, month: Month) -> None:
    month.add("lac_count", "month_end", stock)
    month.add("lac_rate_10k", "month_end", stock, 50_000)
    fostered = stock - min(stock, few(rng, 8))
    month.add("foster_placement_count", "month_end", fostered)
    month.add("foster_placement_pct", "month_end", fostered, stock)
    month.add("kinship_pct", "month_end", min(stock, few(rng, 6)), stock)
    left = stock
    for age in AGES:
        number = left if age == AGES[-1] else min(left, few(rng, 6))
        left -= number
        month.add("lac_age_band_share", "month_end", number, stock, f"age_band={age}")
    month.add("lac_age_band_share", "month_end", stock, stock)


def _years_to_date(months: list[Month]) -> None:
    """Add the years to date of all that happens by month; of children some were there before."""
    so_far: dict[Key, float] = {}
    for month in months:
        if month.end.month == 4:
            so_far = {}
        in_month = {key: value for key, value in month.counts.items() if key[1] == "in_month"}
        for (indicator, basis, part), number in in_month.items():
            key = (indicator, "fytd", part)
            again = number // 3 if indicator == "lac_missing_children" and so_far else 0
            so_far[key] = so_far.get(key, 0) + number - again
            base = month.bases.get((indicator, basis, part))
            if base is not None:
                of = (indicator, "base", part)
                so_far[of] = so_far.get(of, 0) + base
            month.add(indicator, "fytd", so_far[key], so_far.get((indicator, "base", part)), part)


def hide(
    councils: Iterable[int], built: Path, compiled: Path, smallest: int = 6
) -> duckdb.DuckDBPyConnection:
    """Hide the figures of invented councils by the compiled SQL of the models."""
    connection = duckdb.connect()
    connection.execute(f"attach '{built}' as built (read_only)")
    connection.execute(f"attach ':memory:' as {built.stem}; use {built.stem}")
    connection.execute("create table dim_indicator as from built.main.dim_indicator")
    connection.execute(
        "create table dim_indicator_category as from built.main.dim_indicator_category"
    )
    for table in ("dim_publication", "dim_disclosure", "fct_indicator_value"):
        connection.execute(f"create table {table} as from built.main.{table} limit 0")
    for seed in councils:
        _write(connection, str(seed), invented(seed), smallest)
    for model in MODELS:
        sql = (compiled / "marts" / f"{model}.sql").read_text(encoding="utf-8")
        connection.execute(f"create table {model} as {sql}")
    return connection


def _write(
    connection: duckdb.DuckDBPyConnection, la: str, months: list[Month], smallest: int
) -> None:
    end = months[-1].end
    connection.execute(
        "insert into dim_publication (la, month, period_end, previous_year_end) "
        "values (?, ?, ?, ?)",
        [la, f"{end:%Y-%m}", end, date(end.year - (end.month < 4), 3, 31)],
    )
    connection.execute(
        "insert into dim_disclosure (la, smallest_shown, smallest_denominator, is_rest_hidden, "
        "are_steps_hidden) values (?, ?, 10, true, true)",
        [la, smallest],
    )
    kinds = dict(connection.execute("select indicator_id, kind from dim_indicator").fetchall())
    rows = [row for month in months for row in _rows(la, month, kinds)]
    figures = pa.table([*zip(*rows, strict=True)], names=_COLUMNS)
    connection.register("figures", figures)
    connection.execute("insert into fct_indicator_value by name from figures")
    connection.unregister("figures")


def _rows(la: str, month: Month, kinds: dict[str, str]) -> Iterator[tuple[object, ...]]:
    for key, top in month.counts.items():
        indicator, basis, part = key
        base = month.bases.get(key)
        value: float | None = top
        if kinds[indicator] in ("percentage", "share"):
            value = int(1000 * top / base + 0.5) / 10 if base else None
        # An open set lists only those parts that occur.
        if top or not part or indicator == "lac_age_band_share":
            yield la, indicator, month.end, basis, part, value, float(top), base, "ok"
