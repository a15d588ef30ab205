from dataclasses import replace

import duckdb
import pyarrow as pa
import pytest

from pipeline import archive, lake, publications
from pipeline.contract import TABLES
from pipeline.publishing import pending_computations
from pipeline.warehouse import prepare_warehouse
from tests.unit.pipeline.small_lake import LA, OCTOBER, SEPTEMBER, build, land, plan, settings_in


@pytest.fixture
def settings(tmp_path):
    settings = settings_in(tmp_path)
    land(settings, SEPTEMBER)
    land(settings, OCTOBER)
    return settings


def publish(settings, planned):
    archive.write(settings, planned, build(settings, planned))
    publications.confirm(settings, LA, planned.month, pending_computations(planned))


def query(path, sql):
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_every_table_of_the_contract_is_there_with_its_types(settings, tmp_path):
    path = prepare_warehouse(settings, plan(settings, OCTOBER, tmp_path))
    columns = query(
        path,
        "select table_name, column_name, data_type from information_schema.columns "
        "where table_schema = 'lake'",
    )
    found = {table for table, _, _ in columns}
    assert found >= {*TABLES, "ledger", "quarantine", "snapshot", "run", *archive.TABLES}
    types = {(table, column): kind for table, column, kind in columns}
    assert types["ssd_person", "pers_dob"] == "DATE"
    assert types["ssd_cla_placement", "clap_cla_placement_distance"] == "DOUBLE"
    assert types["ext_panel", "snapshot_month"] == "VARCHAR"


def test_the_ledger_of_the_selected_snapshots_is_shown(settings, tmp_path):
    path = prepare_warehouse(settings, plan(settings, OCTOBER, tmp_path))
    assert query(
        path, "select distinct la, snapshot_month, status from lake.ledger order by all"
    ) == [
        (LA, "2026-09", "landed"),
        (LA, "2026-10", "landed"),
        (LA, "2026-10 as recorded", "landed"),
    ]


def test_without_repairs_there_is_no_second_reading(settings, tmp_path):
    off = replace(settings, repairs=False)
    path = prepare_warehouse(off, plan(off, OCTOBER, tmp_path))
    for table in ("ledger", "snapshot"):
        months = query(path, f"select distinct snapshot_month from lake.{table} order by 1")
        assert months == [("2026-09",), ("2026-10",)]


def test_earlier_extracts_are_shown_as_evidence(settings, tmp_path):
    november = OCTOBER.plus(1)
    for month in (SEPTEMBER, OCTOBER, november):
        for table in ("ssd_cla_episodes", "ssd_cla_visits"):
            rows = pa.table({"source_row": pa.array([1], pa.int64())})
            lake.write(settings.lake, lake.partition(settings.lake, table, LA, month), rows)
    publish(settings, plan(settings, OCTOBER, tmp_path))
    land(settings, november)
    path = prepare_warehouse(settings, plan(settings, november, tmp_path))
    months = "select snapshot_month from lake.earlier_{} order by 1"
    assert query(path, months.format("ssd_cla_episodes")) == [
        ("2026-09",),
        ("2026-10",),
        ("2026-11",),
    ]
    assert query(path, months.format("ssd_cla_visits")) == [("2026-10",)]


def test_snapshots_say_what_has_to_be_computed(settings, tmp_path):
    publish(settings, plan(settings, OCTOBER, tmp_path))
    path = prepare_warehouse(settings, plan(settings, OCTOBER, tmp_path))
    assert query(
        path,
        "select snapshot_month, cast(snapshot_end as varchar), is_first, is_pending, is_selected, "
        "computation, is_as_recorded from lake.snapshot order by 1",
    ) == [
        ("2026-09", "2026-09-30", True, False, False, 1, False),
        ("2026-10", "2026-10-31", False, False, True, 1, False),
        ("2026-10 as recorded", "2026-10-31", False, True, True, 1, True),
    ]
    assert query(path, "select month, rerun_months from lake.run") == [("2026-10", 2)]
    assert query(
        path, "select snapshot_month, computation, value from lake.archive_value order by 1"
    ) == [("2026-09", 1, 12.0), ("2026-10", 1, 12.0)]
    assert query(path, "select distinct person_id from lake.archive_cohort") == [("child-1",)]
    assert query(path, "select distinct snapshot_month from lake.ledger order by 1") == [
        ("2026-10",),
        ("2026-10 as recorded",),
    ]


def test_what_was_computed_and_never_published_is_shown_as_that(settings, tmp_path):
    publish(settings, plan(settings, OCTOBER, tmp_path))
    land(settings, OCTOBER, delivery="rejected")
    planned = plan(settings, OCTOBER, tmp_path)
    archive.write(settings, planned, build(settings, planned))
    land(settings, OCTOBER, delivery="corrected")
    path = prepare_warehouse(settings, plan(settings, OCTOBER, tmp_path))
    rows = "select snapshot_month, computation, is_published from lake.archive_computation"
    assert query(path, f"{rows} order by 1, 2") == [
        ("2026-09", 1, True),
        ("2026-10", 1, True),
        ("2026-10", 2, False),
    ]
    assert query(path, "select count(*) from lake.archive_value") == [(3,)]
    assert query(path, "select count(*) from lake.archive_cohort") == [(2,)]
    computation = "select computation from lake.snapshot where snapshot_month = '2026-10'"
    assert query(path, computation) == [(3,)]


def test_pairs_that_were_compared_are_not_compared_again(settings, tmp_path):
    publish(settings, plan(settings, OCTOBER, tmp_path))
    path = prepare_warehouse(settings, plan(settings, OCTOBER, tmp_path))
    pair = [("2026-10", 1, "2026-09", 1)]
    assert query(path, "select * exclude (la) from lake.archive_comparison") == [(*pair[0], True)]
    assert (
        query(
            path,
            "select distinct snapshot_month, computation, previous_snapshot_month, "
            "previous_computation from lake.archive_cohort_change",
        )
        == pair
    )


def test_only_the_children_near_the_months_of_a_run_are_read(settings, tmp_path):
    months = [SEPTEMBER.plus(step) for step in range(6)]
    for month in months:
        land(settings, month)
        publish(settings, plan(settings, month, tmp_path))
    path = prepare_warehouse(settings, plan(settings, months[-1], tmp_path))
    near = "select distinct snapshot_month from lake.archive_cohort order by 1"
    assert query(path, near) == [("2026-12",), ("2027-01",), ("2027-02",)]
    assert query(path, "select count(*) from lake.archive_value") == [(6,)]


def test_a_pair_whose_changed_rows_are_lost_is_read_whole(settings, tmp_path):
    months = [SEPTEMBER.plus(step) for step in range(6)]
    for month in months:
        land(settings, month)
        publish(settings, plan(settings, month, tmp_path))
    for path in settings.lake.glob("archive_cohort_change/*/snapshot_month=2026-10/*"):
        path.unlink()
    path = prepare_warehouse(settings, plan(settings, months[-1], tmp_path))
    near = "select distinct snapshot_month from lake.archive_cohort order by 1"
    assert query(path, near)[:2] == [("2026-09",), ("2026-10",)]
    lost = "select snapshot_month from lake.archive_comparison where not is_kept"
    assert query(path, lost) == [("2026-10",)]


def test_an_earlier_build_is_dropped(settings, tmp_path):
    planned = plan(settings, OCTOBER, tmp_path)
    (settings.build / "folder").mkdir()
    path = prepare_warehouse(settings, planned)
    assert sorted(each.name for each in path.parent.iterdir()) == ["plan.json", "warehouse.duckdb"]


def test_a_folder_with_a_quote_in_its_name_is_read(tmp_path):
    settings = settings_in(tmp_path / "the council's own")
    land(settings, OCTOBER)
    path = prepare_warehouse(settings, plan(settings, OCTOBER, tmp_path))
    assert query(path, "select count(*) from lake.ssd_person") == [(0,)]
