"""Fifteen months of forty children: published month after month, and all at once."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.month import Month
from pipeline.settings import Settings
from tests.end_to_end.building import Council, Key
from tests.end_to_end.comparing import answered, recounted
from tests.recount.values import Figure

from .councils import copied, fifteen_months
from .killing import Kept, built_once, copy
from .running import run

# One publication of five months, one after nine more, and the next month. All fifteen one by one
# are published by `make history`.
PUBLISHED = tuple(Month.parse(text) for text in ("2025-12", "2026-09", "2026-10"))
Recounts = dict[Month, dict[Key, Figure]]


@dataclass(frozen=True)
class Published:
    """An output folder with its months, each as it was when it was published."""

    council: Council
    settings: Settings
    folders: dict[Month, Path]
    before_the_last: Kept


@pytest.fixture(scope="session")
def council(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return fifteen_months(tmp_path_factory.mktemp("fifteen"))


@pytest.fixture(scope="session")
def month_by_month(
    council: Council, tmp_path_factory: pytest.TempPathFactory, pack_environment: None
) -> Published:
    """Published as the months go by: the inbox holds no extract that is yet to come."""
    base = tmp_path_factory.mktemp("month_by_month")
    settings = Settings(base / "inbox", base / "out")
    before = Kept(base / "before_the_last", settings.inbox, PUBLISHED[-1], base / "builds")
    before.builds.mkdir()
    folders = {}
    for month in PUBLISHED:
        copied(council, settings.inbox, [each for each in council.months if each <= month])
        if month == PUBLISHED[-1]:
            copy(settings.out, before.folder)
        with built_once(before):
            published = run(settings, month)
        folders[month] = shutil.copytree(published, base / "published" / str(month))
    return Published(council, settings, folders, before)


@pytest.fixture(scope="session")
def all_at_once(
    council: Council, tmp_path_factory: pytest.TempPathFactory, pack_environment: None
) -> Settings:
    """One publication from an inbox with fifteen months in it."""
    settings = Settings(council.inbox, tmp_path_factory.mktemp("all_at_once") / "out")
    run(settings, PUBLISHED[-1])
    return settings


@pytest.fixture(scope="session")
def recounts(council: Council) -> Recounts:
    """What each extract gives for its own month and the two before, counted in plain Python."""
    return {
        month: recounted(council.inbox, str(month), answered(council.inbox, str(month), 2))
        for month in council.months
    }
