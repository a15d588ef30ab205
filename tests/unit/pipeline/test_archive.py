import pytest

from pipeline import archive, lake
from pipeline.archive import Comparison, Computation
from pipeline.publishing import pending_computations
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


def written(settings):
    return sorted(settings.lake.glob("archive_*/*/*/*"))


def test_every_computation_has_a_file_in_each_table_and_every_pair_one(settings, planned):
    assert archive.computations(settings, LA) == pending_computations(planned)
    assert list(archive.comparisons(settings, LA)) == [Comparison("2026-10", 1, "2026-09", 1)]
    assert len(written(settings)) == 2 * len(archive.TABLES) + 1


def test_the_same_figures_give_the_same_bytes(settings, planned):
    before = [path.read_bytes() for path in written(settings)]
    for path in written(settings):
        path.unlink()
    archive.write(settings, planned, build(settings, planned))
    assert [path.read_bytes() for path in written(settings)] == before


def test_what_is_kept_is_never_written_again(settings, planned):
    before = [path.stat().st_mtime_ns for path in written(settings)]
    archive.write(settings, planned, build(settings, planned, children=13))
    assert [path.stat().st_mtime_ns for path in written(settings)] == before


def test_a_computation_from_before_a_table_was_kept_has_no_file_of_it(settings, planned):
    computed = pending_computations(planned)
    assert len(archive.files(settings, LA, "archive_dq_issue", computed)) == 2
    for path in settings.lake.glob("archive_dq_issue/*/*/*"):
        path.unlink()
    assert archive.files(settings, LA, "archive_dq_issue", computed) == []
    assert len(archive.files(settings, LA, "archive_value", computed)) == 2


def test_half_written_files_are_removed_and_whole_ones_stay(settings, planned):
    whole = written(settings)
    whole[0].with_name("0001-ab.parquet.part").touch()
    lake.tidy(settings.lake)
    assert written(settings) == whole


def test_a_file_name_that_is_none_of_the_archives_is_named():
    assert Computation.parse("2026-10", "0012-ab.parquet") == Computation("2026-10", 12, "ab")
    with pytest.raises(ValueError, match=r"part\.parquet"):
        Computation.parse("2026-10", "part.parquet")


def test_a_comparison_is_read_back_from_the_name_of_its_file(tmp_path):
    pair = Comparison("2026-10", 2, "2026-09", 13)
    path = tmp_path / "snapshot_month=2026-10" / pair.file_name
    assert path.name == "0002-after-2026-09-0013.parquet"
    assert Comparison.parse(path) == pair
