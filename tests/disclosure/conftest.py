"""Two small invented councils, built once: most of their numbers are small."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import duckdb
import pytest

from pipeline.settings import Settings
from pipeline.snapshots import plan_run
from synthetic.settings import CouncilSettings
from tests.end_to_end.building import DBT_PROJECT, Build, land, prepare, run_dbt
from tests.end_to_end.inboxes import invent
from tests.recording_issues.councils import add_as_recorded

BIGGER, SMALLER = "bigger", "smaller"


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A council of 150 children with two extracts and one of 40, also as recorded."""
    folder = tmp_path_factory.mktemp("disclosure")
    bigger = CouncilSettings(la=BIGGER, children=150, months=2, years=4)
    councils = [invent(folder, bigger), invent(folder, replace(bigger, la=SMALLER, children=40))]
    each = [Settings(inbox=council.inbox, out=folder / "out") for council in councils]
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        list(pool.map(land, each, [False, False]))
    plans = [
        plan_run(settings, council.la, council.months[-1], DBT_PROJECT)
        for council, settings in zip(councils, each, strict=True)
    ]
    database = prepare(each[0], plans)
    for council in councils:
        add_as_recorded(database, council.la, str(council.months[-1]))
    run_dbt(each[0], database)
    return Build(database, each[0])


@pytest.fixture(scope="session")
def compiled(build: Build) -> Path:
    """The SQL of the models as this build ran it."""
    return build.settings.private / "dbt" / "compiled" / "corporate_parenting" / "models"


@pytest.fixture(scope="session")
def connection(build: Build) -> Iterator[duckdb.DuckDBPyConnection]:
    """The build, read-only."""
    with duckdb.connect(str(build.database), read_only=True) as opened:
        yield opened
