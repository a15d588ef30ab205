"""Nobody can work out a small number from all that is published: tried by linear programming.

Every relation between the figures that follows from their definitions is used, also between this
pack and those of earlier months. The same attack on figures of which only the small ones are
hidden recovers many, so it is no blunt one.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.end_to_end.building import Build

from .conftest import BIGGER, SMALLER
from .published import (
    Figure,
    archive_of,
    figures_of,
    other_readings_of,
    puzzle_of,
    small_for_itself,
    steps_of,
    targets_of,
    truth_of,
)
from .puzzle import Bounds, Number
from .tables import hide

SMALLEST = 6
RANDOM = range(1, 9)


@pytest.fixture(scope="session")
def random_tables(build: Build, compiled: Path) -> duckdb.DuckDBPyConnection:
    """Random councils, hidden by the SQL of the models."""
    return hide(RANDOM, build.database, compiled, SMALLEST)


def attack(
    figures: list[Figure], truth: dict[Number, float], also_steps: bool = False
) -> dict[str, Bounds]:
    """What the figures give away of the hidden numbers."""
    targets = targets_of(figures, truth, SMALLEST)
    if also_steps:
        targets |= steps_of(figures, truth, SMALLEST)
    assert targets, "nothing small is hidden, so nothing is tried"
    return puzzle_of(figures, truth).given_away(targets, SMALLEST)


def shown_unless_small(
    figures: list[Figure], connection: duckdb.DuckDBPyConnection, la: str
) -> list[Figure]:
    """The figures as they would be without secondary suppression."""
    small = small_for_itself(connection, la)
    return [replace(figure, is_shown=figure.key not in small) for figure in figures]


@pytest.mark.parametrize("la", [BIGGER, SMALLER])
def test_the_pack_gives_nothing_away(connection: duckdb.DuckDBPyConnection, la: str) -> None:
    truth = truth_of(connection, la) | other_readings_of(connection, la)
    assert not attack(figures_of(connection, la), truth)


@pytest.mark.parametrize("la", [BIGGER, SMALLER])
def test_all_packs_together_give_nothing_away(
    connection: duckdb.DuckDBPyConnection, la: str
) -> None:
    assert not attack(archive_of(connection, la), truth_of(connection, la), also_steps=True)


@pytest.mark.parametrize("la", [BIGGER, SMALLER])
def test_hiding_small_numbers_alone_would_give_many_away(
    connection: duckdb.DuckDBPyConnection, la: str
) -> None:
    figures = shown_unless_small(archive_of(connection, la), connection, la)
    assert len(attack(figures, truth_of(connection, la), also_steps=True)) > 50


@pytest.mark.parametrize("seed", RANDOM)
def test_random_tables_give_nothing_away(
    random_tables: duckdb.DuckDBPyConnection, seed: int
) -> None:
    la = str(seed)
    figures, truth = archive_of(random_tables, la), truth_of(random_tables, la)
    assert not attack(figures, truth, also_steps=True)
    alone = shown_unless_small(figures, random_tables, la)
    assert len(attack(alone, truth, also_steps=True)) > 20


def test_no_line_would_tell_a_hidden_number(random_tables: duckdb.DuckDBPyConnection) -> None:
    told = "select la, line_id from fct_hidden_number where gives_away"
    assert not random_tables.execute(told).fetchall()


def test_officers_see_every_figure(connection: duckdb.DuckDBPyConnection) -> None:
    for table, statuses in connection.execute(
        "select table_name, list(column_name) from information_schema.columns "
        "where table_name like 'rpt_officers_%' and column_name like '%status' group by 1"
    ).fetchall():
        for status in statuses:
            found = f"select count(*) from {table} where {status} = 'suppressed'"
            assert connection.execute(found).fetchone() == (0,), (table, status)


def test_a_hidden_figure_leaves_no_number_behind(connection: duckdb.DuckDBPyConnection) -> None:
    for table, status, numbers in (
        ("trend", "status", ("value", "numerator", "denominator")),
        ("part", "figure_status", ("figure", "numerator")),
        ("changed_figure", "now_status", ("before", "now")),
        ("changed_figure", "rows_added_status", ("rows_added", "rows_changed", "rows_removed")),
        ("dq_impact", "status", ("value_as_recorded", "value_after_repair")),
        ("scorecard", "month_status", ("month", "numerator", "denominator", "rag", "change")),
        ("scorecard", "month_minus_1_status", ("month_minus_1", "change", "change_amount")),
        ("scorecard", "year_ago_status", ("year_ago", "year_change_amount")),
        ("scorecard", "ytd_status", ("ytd",)),
    ):
        left = f"select 1 from rpt_public_{table} where {status} = 'suppressed'"
        told = f"{left} and coalesce({', '.join(f'{one}::varchar' for one in numbers)}) is not null"
        assert not connection.execute(told).fetchall(), (table, status)
