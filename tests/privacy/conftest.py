"""A small council, landed for five months and published twice."""

from __future__ import annotations

import os
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


@pytest.fixture
def published(settings: Settings, tmp_path: Path, open_umask: None) -> Settings:
    """Five months landed; June and October published; September delivered twice."""
    for month in MONTHS:
        small_council.land(settings, month)
    small_council.publish(settings, MONTHS[0], tmp_path)
    small_council.publish(settings, MONTHS[-1], tmp_path)
    return settings
