"""The scorecard as the pack makes it: its very macro and model files, over figures of a test."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, StrictUndefined

GOLDEN = Path(__file__).parent
PROJECT = GOLDEN.parents[1] / "dbt_project"
SHIPPED = PROJECT / "reference" / "ref_target.csv"
MONTH_ENDS = {"2015-05": "2015-05-31", "2019-02": "2019-02-28", "2022-12": "2022-12-31"}
PLACES = ("month_minus_1", "month", "ytd")
TABLES = """
create table dim_publication (la text, month text, period_end date, snapshot_month text);
create table stg_reference__target (
    la text, snapshot_month text, indicator_id text, red text, amber text, green text,
    valid_from date, valid_to date, printed text
);
create table dim_indicator (
    indicator_id text, unit text, good_is text, headline_basis text, ref_2022_23 text,
    ref_2019 text, ref_2015 text, title text, section text, position int, timeline text,
    headline_order int, theme text, theme_title text, theme_order int
);
create table dim_benchmark (
    la text, indicator_id text, stat_neighbour_average double, best_stat_neighbour double,
    national_average double, top_quartile double, region double, benchmark_period text
);
create table dim_series_break (la text, indicator_id text, note text);
create table figures (
    la text, indicator_id text, place text, value double, numerator double,
    denominator double, status text, note text
);
"""


@dataclass(frozen=True)
class Measure:
    """One indicator of a scorecard with the figures that its rating and change are judged on."""

    indicator_id: str
    good_is: str
    month_minus_1: float | None
    month: float | None
    ytd: float | None = None
    headline_basis: str = "month_end"


@dataclass(frozen=True)
class Cells:
    """Thresholds as ref_target holds them, without limit of time."""

    red: str = ""
    amber: str = ""
    green: str = ""


def rendered(body: str) -> str:
    """Return SQL of the project: its macro files before it, and each model a table of that name."""
    files = [PROJECT / "macros" / f"{name}.sql" for name in ("words", "scorecard")]
    macros = "".join(file.read_text(encoding="utf-8") for file in files)
    return Environment(undefined=StrictUndefined).from_string(macros + body).render(ref=str)


def fixture(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file beside this one."""
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shipped_targets(period_end: str) -> dict[str, dict[str, Any]]:
    """Return the shipped thresholds in force on a day, by indicator."""
    with duckdb.connect() as warehouse:
        published(warehouse, period_end, {})
        return by_indicator(warehouse, "select * from dim_target")


def scorecard(
    measures: Sequence[Measure],
    period_end: str = "2022-12-31",
    targets: dict[str, Cells] | None = None,
) -> dict[str, dict[str, Any]]:
    """Return the scorecard's rows by indicator, on the shipped thresholds unless some are given."""
    with duckdb.connect() as warehouse:
        published(warehouse, period_end, targets or {})
        for measure in measures:
            add(warehouse, measure)
        query = (
            "with no_notes as (select '' as la, '' as indicator_id, '' as note where false), "
            "{{ scorecard_from('figures', 'no_notes') }} select * from final"
        )
        return by_indicator(warehouse, rendered(query))


def published(
    warehouse: duckdb.DuckDBPyConnection, period_end: str, targets: dict[str, Cells]
) -> None:
    """Make the tables that a scorecard reads, with the thresholds in force on a day."""
    warehouse.execute(TABLES)
    month = period_end[:7]
    warehouse.execute(
        "insert into dim_publication values ('X', ?, ?, ?)", [month, period_end, month]
    )
    if targets:
        given = "insert into stg_reference__target values ('X', ?, ?, ?, ?, ?, null, null, null)"
        for name, cells in targets.items():
            warehouse.execute(given, [month, name, *astuple(cells)])
    else:
        warehouse.execute(
            "insert into stg_reference__target select 'X', ?, * from read_csv(?, all_varchar=true)",
            [month, str(SHIPPED)],
        )
    model = (PROJECT / "models" / "marts" / "dim_target.sql").read_text(encoding="utf-8")
    warehouse.execute(f"create table dim_target as {rendered(model)}")


def add(warehouse: duckdb.DuckDBPyConnection, measure: Measure) -> None:
    """Add an indicator and its figures."""
    warehouse.execute(
        "insert into dim_indicator (indicator_id, good_is, headline_basis) values (?, ?, ?)",
        [measure.indicator_id, measure.good_is, measure.headline_basis],
    )
    for place in PLACES:
        warehouse.execute(
            "insert into figures (la, indicator_id, place, value) values ('X', ?, ?, ?)",
            [measure.indicator_id, place, getattr(measure, place)],
        )


def rounded(top: float, base: float, per: float) -> float | None:
    """Return a rate rounded as it is published."""
    query = rendered("select {{ round_half_up('? * ? / nullif(?, 0)') }}")
    with duckdb.connect() as warehouse:
        row = warehouse.execute(query, [float(per), top, base]).fetchone()
    return None if row is None else row[0]


def by_indicator(warehouse: duckdb.DuckDBPyConnection, query: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a query by their indicator."""
    result = warehouse.execute(query)
    names = [column[0] for column in result.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return {row["indicator_id"]: row for row in rows}
