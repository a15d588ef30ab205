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
RANDOM = range(1, 13)


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


@pytest.mark.parametrize("name", ["scorecard", "trend", "part", "changed_figure", "dq_impact"])
def test_a_hidden_figure_leaves_nothing_behind(
    connection: duckdb.DuckDBPyConnection, name: str
) -> None:
    columns = [row[0] for row in connection.execute(f"describe rpt_public_{name}").fetchall()]
    for status in (column for column in columns if column.endswith("status")):
        value = status.removesuffix("_status")
        if value in columns:
            kept = f"select count(*) from rpt_public_{name} where {status} = 'suppressed'"
            found = connection.execute(f"{kept} and {value} is not null").fetchone()
            assert found == (0,), (name, value)
