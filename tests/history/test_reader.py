"""Somebody reads a month while one edition after another is put in its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.folders import move_in
from pipeline.settings import Settings

from .conftest import PUBLISHED, Published
from .killing import FORKS, copy, earlier_edition
from .reader import Reader

pytestmark = pytest.mark.slow
BEFORE, LAST = PUBLISHED[-2:]
EDITIONS = 100


def test_whoever_has_opened_a_month_reads_one_edition_of_it(month_by_month, tmp_path):
    out = published_twice(month_by_month, tmp_path)
    editions = [shutil.copytree(out / str(LAST), tmp_path / "other")]
    editions.append(month_by_month.settings.out / str(LAST))
    publisher = FORKS.Process(target=put_in_place, args=(Settings(out, out), editions))
    with Reader(out, seconds_between=0) as reader:
        publisher.start()
        publisher.join()
    assert publisher.exitcode == 0
    assert reader.wrong == set()
    assert {one.read_bytes() for one in manifests(editions)} <= reader.publications
    assert reader.looks > EDITIONS / 10


def published_twice(published: Published, folder: Path) -> Path:
    """An output folder in which the last month is out in an earlier edition."""
    earlier_edition(published.before_the_last.folder, folder / "earlier", BEFORE, LAST)
    copy(folder / "earlier", folder / "out")
    return folder / "out"


def manifests(editions: list[Path]) -> list[Path]:
    return [edition / "manifest.json" for edition in editions]


def put_in_place(settings: Settings, editions: list[Path]) -> None:
    for number in range(EDITIONS):
        staged = settings.build / "folder"
        shutil.rmtree(settings.build, ignore_errors=True)
        shutil.copytree(editions[number % 2 - 1], staged)
        move_in(staged, settings.out / str(LAST), settings)
