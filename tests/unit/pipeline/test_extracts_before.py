import duckdb
import pyarrow as pa
import pytest

from pipeline import lake
from pipeline.contract import SQL_TYPES, TABLES
from pipeline.extracts_before import RECORDED, show_extracts_before
from pipeline.month import Month
from pipeline.run_plan import RunPlan, Snapshot
from tests.unit.pipeline.small_lake import LA, settings_in

MONTHS = ("2026-07", "2026-08", "2026-10")
VISITS = "ssd_cla_visits"


@pytest.fixture
def settings(tmp_path):
    settings = settings_in(tmp_path)
    for month in MONTHS:
        deliver(settings, month, f"of {month}")
    return settings


def deliver(settings, month, visit):
    rows = pa.table({"clav_cla_visit_id": [visit]})
    path = lake.partition(settings.lake, VISITS, LA, Month.parse(month))
    lake.write(settings.lake, path, rows)


def plan(*selected, without=()):
    snapshots = [
        Snapshot(
            month=month,
            fingerprint="" if month in without else "a1",
            is_first=month == MONTHS[0],
            is_pending=month in selected,
            is_selected=month in selected,
            computation=1,
        )
        for month in MONTHS
    ]
    return RunPlan(LA, MONTHS[-1], 1, tuple(snapshots))


def before(settings, planned, table=VISITS, columns="*"):
    tables = {
        name: {column.name: SQL_TYPES[column.type] for column in TABLES[name].columns}
        for name in RECORDED
    }
    with duckdb.connect() as connection:
        connection.execute("create schema lake")
        show_extracts_before(connection, settings, planned, tables)
        found = connection.execute(f"select {columns} from lake.before_{table} order by all")
        return found.fetchall()


WHICH = "snapshot_month, previous_snapshot_month, clav_cla_visit_id"


def test_each_selected_month_has_the_landed_month_before_it_and_no_other(settings):
    assert before(settings, plan("2026-10"), columns=WHICH) == [
        ("2026-10", "2026-08", "of 2026-08")
    ]
    assert before(settings, plan(*MONTHS), columns=WHICH) == [
        ("2026-08", "2026-07", "of 2026-07"),
        ("2026-10", "2026-08", "of 2026-08"),
    ]


def test_an_extract_that_the_lake_has_lost_is_stepped_over(settings):
    assert before(settings, plan("2026-10", without=["2026-08"]), columns=WHICH) == [
        ("2026-10", "2026-07", "of 2026-07")
    ]


def test_a_month_delivered_again_has_its_last_earlier_delivery_too(settings):
    for delivery in range(2, 12):
        deliver(settings, "2026-10", f"delivery {delivery}")
    assert before(settings, plan("2026-10"), columns=WHICH) == [
        ("2026-10", "2026-08", "of 2026-08"),
        ("2026-10", "2026-10", "delivery 10"),
    ]


def test_the_first_month_has_none_before_it(settings):
    assert before(settings, plan("2026-07")) == []


def test_every_column_is_there_where_the_file_has_it_not_or_is_missing(settings):
    ((_, month, previous, *values),) = before(settings, plan("2026-10"))
    assert (month, previous) == ("2026-10", "2026-08")
    assert "of 2026-08" in values and len(values) == len(TABLES[VISITS].columns)
    assert before(settings, plan("2026-10"), "ext_yot", "person_id, start_date") == []
