from dataclasses import replace

import pytest

from pipeline import archive, publications
from pipeline.publishing import pending_computations
from pipeline.refusal import PublicationRefused
from pipeline.run_plan import RunPlan
from pipeline.snapshots import definition_versions, fingerprints, plan_run
from tests.unit.pipeline.small_lake import (
    LA,
    OCTOBER,
    SEPTEMBER,
    build,
    definitions,
    land,
    settings_in,
)


@pytest.fixture
def settings(tmp_path):
    settings = settings_in(tmp_path)
    land(settings, SEPTEMBER)
    land(settings, OCTOBER)
    return settings


@pytest.fixture
def project(tmp_path):
    return definitions(tmp_path)


def publish(settings, planned):
    settings.build.mkdir(parents=True, exist_ok=True)
    archive.write(settings, planned, build(settings, planned))
    publications.confirm(settings, LA, planned.month, pending_computations(planned))


def test_every_snapshot_is_pending_until_it_was_published(settings, project):
    planned = plan_run(settings, LA, OCTOBER, project)
    assert [(one.month, one.is_pending, one.is_first) for one in planned.snapshots] == [
        ("2026-09", True, True),
        ("2026-10", True, False),
    ]
    publish(settings, planned)
    again = plan_run(settings, LA, OCTOBER, project)
    assert again.pending == ()
    assert [one.month for one in again.selected] == ["2026-10"]


def test_a_corrected_delivery_and_what_it_is_evidence_for_are_computed_again(settings, project):
    publish(settings, plan_run(settings, LA, OCTOBER, project))
    land(settings, SEPTEMBER, delivery="corrected")
    again = plan_run(settings, LA, OCTOBER, project)
    assert [(one.month, one.computation) for one in again.snapshots] == [
        ("2026-09", 2),
        ("2026-10", 2),
    ]
    assert [one.month for one in again.pending] == ["2026-09", "2026-10"]


def test_a_corrected_latest_month_leaves_the_months_before_alone(settings, project):
    publish(settings, plan_run(settings, LA, OCTOBER, project))
    land(settings, OCTOBER, delivery="corrected")
    again = plan_run(settings, LA, OCTOBER, project)
    assert [one.month for one in again.pending] == ["2026-10"]


def test_an_old_delivery_that_comes_back_is_computed_again(settings, project):
    first = plan_run(settings, LA, OCTOBER, project)
    publish(settings, first)
    land(settings, OCTOBER, delivery="corrected")
    publish(settings, plan_run(settings, LA, OCTOBER, project))
    land(settings, OCTOBER)
    again = plan_run(settings, LA, OCTOBER, project)
    assert [one.month for one in again.pending] == ["2026-10"]
    assert again.pending[0].fingerprint == first.snapshots[1].fingerprint


def test_a_changed_definition_makes_every_snapshot_pending(settings, project, tmp_path):
    publish(settings, plan_run(settings, LA, OCTOBER, project))
    changed = definitions(tmp_path, version=2)
    assert len(plan_run(settings, LA, OCTOBER, changed).pending) == 2


def test_a_later_month_is_not_known_to_an_earlier_one(settings, project):
    assert [one.month for one in plan_run(settings, LA, SEPTEMBER, project).snapshots] == [
        "2026-09"
    ]


def test_a_later_extract_is_asked_about_an_earlier_month(settings, project):
    publish(settings, plan_run(settings, LA, OCTOBER, project))
    asking = replace(settings, as_of="2026-10")
    planned = plan_run(asking, LA, SEPTEMBER, project)
    assert (planned.month, planned.as_of, planned.extract_month) == (
        "2026-09",
        "2026-10",
        "2026-10",
    )
    assert [(one.month, one.computation) for one in planned.pending] == [("2026-10", 2)]
    assert [one.month for one in planned.selected] == ["2026-10"]
    assert asking.folder_of(SEPTEMBER).name == "2026-09-as-of-2026-10"


def test_the_same_question_keeps_its_number_and_another_gets_one_of_its_own(settings, project):
    publish(settings, plan_run(settings, LA, OCTOBER, project))
    asking = replace(settings, as_of="2026-10")
    planned = plan_run(asking, LA, SEPTEMBER, project)
    archive.write(asking, planned, build(asking, planned))
    assert plan_run(asking, LA, SEPTEMBER, project) == planned
    august = plan_run(asking, LA, SEPTEMBER.plus(-1), project)
    assert august.pending[0].computation == 3


@pytest.mark.parametrize("as_of", ["2026-09", "2026-10"])
def test_an_extract_that_is_not_later_is_not_asked(settings, project, as_of):
    asking = replace(settings, as_of=as_of)
    with pytest.raises(PublicationRefused, match=f"AS_OF={as_of}: give a month later than 2026-10"):
        plan_run(asking, LA, OCTOBER, project)


def test_an_extract_that_was_never_landed_is_not_asked(settings, project):
    with pytest.raises(PublicationRefused, match="2026-12: nothing has been landed"):
        plan_run(replace(settings, as_of="2026-12"), LA, OCTOBER, project)


def test_a_month_that_was_not_landed_is_refused(settings, project):
    with pytest.raises(PublicationRefused, match="2026-11: nothing has been landed"):
        plan_run(settings, LA, OCTOBER.plus(1), project)


def test_versions_are_read_from_the_definitions(project):
    assert definition_versions(project) == {"spine_version": "3", "lac_count": "1"}


def test_the_fingerprint_depends_on_the_landed_files_alone(settings, project):
    versions = definition_versions(project)
    before = fingerprints(settings, LA, [OCTOBER], versions)
    land(settings, OCTOBER)
    assert fingerprints(settings, LA, [OCTOBER], versions) == before
    land(settings, OCTOBER, delivery="corrected")
    assert fingerprints(settings, LA, [OCTOBER], versions) != before


def test_corrected_evidence_changes_the_months_after_it_and_none_before(settings, project):
    versions = definition_versions(project)
    before = fingerprints(settings, LA, [SEPTEMBER, OCTOBER], versions)
    land(settings, SEPTEMBER, delivery="corrected")
    after = fingerprints(settings, LA, [SEPTEMBER, OCTOBER], versions)
    assert after[OCTOBER] != before[OCTOBER]
    before = after
    land(settings, OCTOBER, delivery="corrected")
    again = fingerprints(settings, LA, [SEPTEMBER, OCTOBER], versions)
    assert again[SEPTEMBER] == before[SEPTEMBER]


def test_figures_without_repairs_are_others(settings, project):
    with_repairs = plan_run(settings, LA, OCTOBER, project)
    without = plan_run(replace(settings, repairs=False), LA, OCTOBER, project)
    pairs = zip(with_repairs.snapshots, without.snapshots, strict=True)
    assert all(one.fingerprint != other.fingerprint for one, other in pairs)


def test_the_version_of_a_repair_rule_counts(project):
    folder = project / "models" / "data_quality"
    folder.mkdir(parents=True)
    (folder / "dq_01_copied.yml").write_text(
        "models: [{name: dq_01_copied, config: {meta: {recording_issue: {id: DQ01, version: 4}}}}]"
    )
    assert definition_versions(project)["DQ01"] == "4"
    assert definition_versions(project, repairs=False)["repairs"] == "off"


def test_a_saved_plan_is_read_back_for_its_own_month_only(settings, project, tmp_path):
    planned = plan_run(settings, LA, OCTOBER, project)
    planned.save(tmp_path / "plan.json")
    assert RunPlan.load(tmp_path / "plan.json", OCTOBER) == planned
    with pytest.raises(PublicationRefused, match="that of 2026-10"):
        RunPlan.load(tmp_path / "plan.json", SEPTEMBER)
    with pytest.raises(PublicationRefused, match="no finished build waits"):
        RunPlan.load(tmp_path / "none.json", OCTOBER)
