import pytest

from pipeline import archive, publications
from pipeline.publishing import pending_computations
from tests.unit.pipeline.small_lake import LA, OCTOBER, SEPTEMBER, build, land, plan, settings_in


@pytest.fixture
def settings(tmp_path):
    settings = settings_in(tmp_path)
    land(settings, SEPTEMBER)
    land(settings, OCTOBER)
    return settings


@pytest.fixture
def computed(settings, tmp_path):
    planned = plan(settings, OCTOBER, tmp_path)
    archive.write(settings, planned, build(settings, planned))
    return pending_computations(planned)


def test_what_no_marker_lists_was_not_published(settings, computed):
    assert publications.published(settings, LA) == []
    assert publications.next_number(settings, LA) == 1
    publications.confirm(settings, LA, "2026-10", computed)
    assert publications.published(settings, LA) == computed
    assert publications.next_number(settings, LA) == 2


def test_a_run_for_an_earlier_month_does_not_see_later_snapshots(settings, computed):
    publications.confirm(settings, LA, "2026-10", computed)
    assert list(publications.latest(settings, LA, SEPTEMBER)) == ["2026-09"]


def test_the_last_published_computation_of_a_snapshot_counts(settings, computed):
    publications.confirm(settings, LA, "2026-10", computed)
    later = archive.Computation("2026-10", 2, "ab")
    publications.confirm(settings, LA, "2026-10", [later])
    assert publications.latest(settings, LA, OCTOBER)["2026-10"] == later


def test_a_computation_is_numbered_within_its_snapshot(settings, computed):
    number = publications.number_of_computation
    october = computed[1]
    assert number(settings, LA, "2026-10", october.fingerprint) == 1
    assert number(settings, LA, "2026-10", "ab") == 2
    publications.confirm(settings, LA, "2026-10", computed)
    assert number(settings, LA, "2026-10", october.fingerprint) == 2
    assert number(settings, LA, "2026-11", "ab") == 1


def test_a_publication_whose_marker_was_lost_is_confirmed(settings, computed):
    publications.recover(settings, LA, {"2026-10": archive.describe(computed)})
    assert publications.published(settings, LA) == computed


def test_a_run_that_was_cut_off_leaves_what_it_computed_and_publishes_nothing(settings, computed):
    publications.recover(settings, LA, {})
    assert publications.published(settings, LA) == []
    assert archive.computations(settings, LA) == computed


def test_a_manifest_names_nothing_into_the_archive_that_is_not_there(settings, computed):
    entries = [{"snapshot_month": "2026-10", "file": "0007-ab.parquet"}]
    publications.recover(settings, LA, {"2026-10": entries})
    assert publications.published(settings, LA) == []


def test_a_publication_that_computed_nothing_needs_no_marker(settings):
    publications.confirm(settings, LA, "2026-10", [])
    assert not (settings.lake / "publication").exists()
