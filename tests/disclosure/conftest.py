"""Two small invented councils, built once: most of their numbers are small."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from synthetic.settings import CouncilSettings
from tests.end_to_end.building import Build, Council, build_together
from tests.end_to_end.inboxes import invent

BIGGER, SMALLER = "bigger", "smaller"


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A council of 150 children with two extracts and one of 40 with one, in one build."""
    folder = tmp_path_factory.mktemp("disclosure")
    bigger = CouncilSettings(la=BIGGER, children=150, months=2, years=4)
    councils = [invent(folder, bigger), invent(folder, replace(bigger, la=SMALLER, children=40))]
    return build_together([_unchecked(council) for council in councils], folder / "out")


def _unchecked(council: Council) -> Council:
    return replace(council, is_checked=False)


@pytest.fixture(scope="session")
def compiled(build: Build) -> Path:
    """The SQL of the models as this build ran it."""
    return build.settings.private / "dbt" / "compiled" / "corporate_parenting" / "models"


@pytest.fixture(scope="session")
def connection(build: Build) -> Iterator[duckdb.DuckDBPyConnection]:
    """The build, read-only."""
    with duckdb.connect(str(build.database), read_only=True) as opened:
        yield opened
