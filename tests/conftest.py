"""What every test needs: the place of the repository, and no settings of whoever runs the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Folders whose tests share what takes long to build, the longest first: each is run by one process.
TOGETHER = ("end_to_end", "dags", "recording_issues", "disclosure", "properties", "contracts")
# What steers a run; a developer's own values must not reach the tests.
STEERING = ("PACK_", "RERUN_MONTHS", "REPAIRS", "SIGN_OFF", "DBT_")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Deal the tests out to processes by folder, the slow folders first (`make test`)."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=lambda item: (*TOGETHER, _group(item)).index(_group(item)))


def _group(item: pytest.Item) -> str:
    """The folder of a test under tests/, two deep for unit tests."""
    folders = item.path.relative_to(ROOT / "tests").parts[:-1]
    return "/".join(folders[:2])


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
