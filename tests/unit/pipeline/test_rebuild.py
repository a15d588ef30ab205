import shutil

import pytest

from pipeline import archive, publications, rebuild
from pipeline.publishing import pending_computations
from pipeline.refusal import PublicationRefused
from pipeline.run_plan import RunPlan
from pipeline.warehouse import plan_file
from tests.unit.pipeline.small_lake import (
    LA,
    OCTOBER,
    SEPTEMBER,
    build,
    definitions,
    land,
    plan,
    settings_in,
)


@pytest.fixture
def settings(tmp_path, monkeypatch):
    settings = settings_in(tmp_path)

    def build_models(settings, database, project):
        build(settings, RunPlan.load(plan_file(settings), OCTOBER))

    monkeypatch.setattr(rebuild, "build_models", build_models)
    for month in (SEPTEMBER, OCTOBER):
        land(settings, month)
        publish(settings, month, tmp_path)
    return settings


def publish(settings, month, tmp_path):
    planned = plan(settings, month, tmp_path)
    archive.write(settings, planned, build(settings, planned))
    publications.confirm(settings, LA, str(month), pending_computations(planned))


def kept(settings):
    return {path: path.read_bytes() for path in sorted(settings.lake.glob("archive_*/*/*/*"))}


def test_a_lost_archive_comes_back_in_the_same_bytes(settings, tmp_path):
    before = kept(settings)
    for folder in settings.lake.glob("archive_*"):
        shutil.rmtree(folder)
    plan, lost = rebuild.rebuild(settings, definitions(tmp_path))
    assert [one.month for one in plan.pending] == ["2026-09", "2026-10"]
    assert kept(settings) == before
    assert not lost
    assert settings.warehouse.exists()
    assert publications.next_number(settings, LA) == 3


def test_one_lost_file_is_enough_and_whole_ones_stay(settings, tmp_path):
    before = kept(settings)
    victim = next(path for path in before if "archive_cohort/" in str(path))
    victim.unlink()
    plan, _ = rebuild.rebuild(settings, definitions(tmp_path))
    assert [one.month for one in plan.pending] == ["2026-09"]
    assert kept(settings) == before


def test_a_whole_archive_gives_a_warehouse_and_computes_nothing(settings, tmp_path):
    plan, lost = rebuild.rebuild(settings, definitions(tmp_path))
    assert (plan.pending, lost) == ((), [])
    assert settings.warehouse.exists()


def test_what_rests_on_a_replaced_extract_is_named_as_lost(settings, tmp_path):
    first = publications.latest(settings, LA, OCTOBER)["2026-10"]
    land(settings, OCTOBER, delivery="corrected")
    publish(settings, OCTOBER, tmp_path)
    for folder in settings.lake.glob("archive_*"):
        shutil.rmtree(folder)
    plan, lost = rebuild.rebuild(settings, definitions(tmp_path))
    assert [(one.month, one.computation) for one in plan.pending] == [
        ("2026-09", 1),
        ("2026-10", 2),
    ]
    assert lost == [first]


def test_nothing_published_is_nothing_to_rebuild(tmp_path):
    settings = settings_in(tmp_path)
    with pytest.raises(PublicationRefused, match="Nothing has been landed"):
        rebuild.rebuild(settings)
    land(settings, OCTOBER)
    with pytest.raises(PublicationRefused, match="Nothing has been published here"):
        rebuild.rebuild(settings)
