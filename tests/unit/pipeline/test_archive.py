import pytest

from pipeline import archive
from pipeline.archive import Computation
from tests.unit.pipeline.small_lake import LA, OCTOBER, SEPTEMBER, build, land, plan, settings_in


@pytest.fixture
def settings(tmp_path):
    settings = settings_in(tmp_path)
    land(settings, SEPTEMBER)
    land(settings, OCTOBER)
    return settings


@pytest.fixture
def planned(settings, tmp_path):
    planned = plan(settings, OCTOBER, tmp_path)
    archive.write(settings, planned, build(settings, planned))
    return planned


def computations(planned):
    return [Computation(one.month, planned.ordinal, one.fingerprint) for one in planned.pending]


def written(settings):
    return sorted(path.name for path in settings.lake.glob("archive_*/*/*/*"))


def test_what_no_marker_lists_is_no_part_of_the_archive(settings, planned):
    assert len(written(settings)) == 2 * len(archive.TABLES)
    assert archive.confirmed(settings, LA) == []
    assert archive.next_ordinal(settings, LA) == 1
    archive.confirm(settings, LA, "2026-10", computations(planned))
    assert archive.confirmed(settings, LA) == computations(planned)
    assert archive.next_ordinal(settings, LA) == 2


def test_the_same_figures_give_the_same_bytes(settings, planned):
    files = sorted(settings.lake.glob("archive_*/*/*/*.parquet"))
    before = [path.read_bytes() for path in files]
    archive.write(settings, planned, build(settings, planned))
    assert [path.read_bytes() for path in files] == before


def test_a_run_for_an_earlier_month_does_not_see_later_snapshots(settings, planned):
    archive.confirm(settings, LA, "2026-10", computations(planned))
    assert list(archive.latest(settings, LA, SEPTEMBER)) == ["2026-09"]
    assert len(archive.files(settings, LA, "archive_value", SEPTEMBER)) == 1


def test_a_publication_from_before_faults_were_kept_has_none(settings, planned):
    archive.confirm(settings, LA, "2026-10", computations(planned))
    assert len(archive.files(settings, LA, "archive_dq_issue", OCTOBER)) == 2
    for path in settings.lake.glob("archive_dq_issue/*/*/*"):
        path.unlink()
    assert archive.files(settings, LA, "archive_dq_issue", OCTOBER) == []
    assert len(archive.files(settings, LA, "archive_value", OCTOBER)) == 2


def test_files_of_a_run_that_was_cut_off_are_removed(settings, planned):
    archive.recover(settings, LA, {})
    assert written(settings) == []


def test_a_publication_whose_marker_was_lost_is_confirmed(settings, planned):
    archive.recover(settings, LA, {"2026-10": archive.describe(computations(planned))})
    assert archive.confirmed(settings, LA) == computations(planned)
    assert len(written(settings)) == 2 * len(archive.TABLES)


def test_recovering_touches_nothing_that_is_confirmed(settings, planned):
    archive.confirm(settings, LA, "2026-10", computations(planned))
    archive.recover(settings, LA, {})
    assert len(written(settings)) == 2 * len(archive.TABLES)


def test_a_publication_that_computed_nothing_needs_no_marker(settings):
    archive.confirm(settings, LA, "2026-10", [])
    assert not (settings.lake / "publication").exists()


def test_a_file_name_that_is_none_of_the_archives_is_named():
    assert Computation.parse("2026-10", "0012-ab.parquet") == Computation("2026-10", 12, "ab")
    with pytest.raises(ValueError, match=r"part\.parquet"):
        Computation.parse("2026-10", "part.parquet")
