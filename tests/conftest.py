"""What every test needs: the place of the repository, and no settings of whoever runs the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# What steers a run; a developer's own values must not reach the tests.
STEERING = ("PACK_", "RERUN_MONTHS", "REPAIRS", "SIGN_OFF", "DBT_")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder that holds dags/, dbt_project/ and the rest."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def pack_environment() -> Iterator[None]:
    """An environment without settings of a run, put back as it was after the tests."""
    before = dict(os.environ)
    for name in before:
        if name.startswith(STEERING):
            del os.environ[name]
    yield
    os.environ.clear()
    os.environ.update(before)
