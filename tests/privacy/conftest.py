"""A small council, landed for five months and published twice."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.month import Month
from pipeline.settings import Settings
from tests.privacy import small_council
from tests.unit.pipeline.small_lake import settings_in

MONTHS = tuple(Month(2026, number) for number in (6, 7, 8, 9, 10))


@pytest.fixture(autouse=True)
def _pack(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, module in small_council.stand_ins().items():
        monkeypatch.setitem(sys.modules, name, module)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An output folder whose umask would leave everything open."""
    return settings_in(tmp_path)


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture(scope="session")
def published_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five months landed; June and October published, with a umask that closes nothing."""
    folder = tmp_path_factory.mktemp("council")
    settings, before = settings_in(folder), os.umask(0)
    with pytest.MonkeyPatch.context() as patch:
        for name, module in small_council.stand_ins().items():
            patch.setitem(sys.modules, name, module)
        for month in MONTHS:
            small_council.land(settings, month)
        for month in (MONTHS[0], MONTHS[-1]):
            small_council.publish(settings, month, folder)
    os.umask(before)
    return settings.out


@pytest.fixture
def published(published_once: Path, settings: Settings, open_umask: None) -> Settings:
    """A published output of the test's own."""
    shutil.copytree(published_once, settings.out)
    return settings
