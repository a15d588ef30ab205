"""What can be lost, and how it comes back: warehouse, marts, archive, markers, and all at once."""

from __future__ import annotations

import shutil

import pytest

from pipeline import rebuild
from pipeline.settings import Settings

from .cases import figures_of
from .conftest import PUBLISHED, Published
from .killing import built_once, copy
from .lost import lose_all_but_the_lake
from .running import archive_of, bytes_of, land, publish, tables_of, without_pages
from .wholeness import faults_of, published_in

pytestmark = pytest.mark.slow
LAST = PUBLISHED[-1]


@pytest.fixture(scope="module")
def rebuilt(month_by_month: Published, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Everything but the lake and the keys is lost, and `make rebuild` has run."""
    kept = month_by_month.settings
    settings = Settings(kept.inbox, tmp_path_factory.mktemp("lost") / "out")
    copy(kept.out, settings.out)
    lose_all_but_the_lake(settings)
    _, lost = rebuild.rebuild(settings)
    assert lost == []
    return settings


def test_the_archive_comes_back_in_the_same_bytes(rebuilt, month_by_month):
    assert archive_of(rebuilt) == archive_of(month_by_month.settings)


def test_warehouse_and_marts_come_back_with_the_same_figures(rebuilt, month_by_month):
    assert tables_of(rebuilt) == tables_of(month_by_month.settings)
    assert figures_of(rebuilt) == figures_of(month_by_month.settings)


def test_nothing_that_was_published_has_changed(rebuilt, month_by_month):
    assert faults_of(rebuilt.out) == []
    assert published_in(rebuilt) == published_in(month_by_month.settings)


def test_the_newest_month_made_again_is_the_same(rebuilt, month_by_month, tmp_path):
    settings = Settings(rebuilt.inbox, tmp_path / "out")
    copy(rebuilt.out, settings.out)
    with without_pages():
        land(settings, LAST)
        publish(settings, LAST)
    assert published_in(settings) == published_in(month_by_month.settings)


def test_lost_markers_of_publication_come_back_from_the_manifests(month_by_month, tmp_path):
    """Each published month names what it rests on, so the next run writes the same markers."""
    kept = month_by_month.before_the_last
    settings = kept.laid_out(tmp_path / "out")
    markers = settings.lake / "publication"
    before = bytes_of(markers)
    shutil.rmtree(markers)
    with without_pages(), built_once(kept):
        land(settings, LAST)
        publish(settings, LAST)
    assert before.items() <= bytes_of(markers).items()
    assert published_in(settings) == published_in(month_by_month.settings)
