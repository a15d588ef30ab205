"""What every test needs: the place of the repository, and no settings of whoever runs the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Folders whose tests share what takes long to build, the longest first: each is run by one process.
TOGETHER = (
    *("history", "end_to_end", "dags", "recording_issues", "unit/reporting", "browser"),
    *("disclosure", "bad_input", "properties", "contracts"),
)
# What steers a run; a developer's own values must not reach the tests.
STEERING = ("PACK_", "RERUN_MONTHS", "REPAIRS", "SIGN_OFF", "DBT_")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow folders first, so that no processor is left with one of them at the end."""
    items.sort(key=lambda item: (*TOGETHER, folder_of(item.nodeid)).index(folder_of(item.nodeid)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Deal the tests out to processes by folder, where they are to be dealt out by scope."""
    if config.getvalue("dist") != "loadscope":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByFolder(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return folder_of(nodeid)

    return ByFolder(config, log)


def folder_of(nodeid: str) -> str:
    """The folder of a test under tests/, two deep for unit tests."""
    folders = nodeid.partition("::")[0].split("/")[1:-1]
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
