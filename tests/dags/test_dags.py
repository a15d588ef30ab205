import json
import subprocess
import sys
from types import SimpleNamespace

import pytest

from tests.dags.dag_environment import environment

READ_DAGS = """
import json, sys
from airflow.dag_processing.dagbag import DagBag
bag = DagBag()
print(json.dumps({
    "errors": bag.import_errors,
    "heavy": sorted(name for name in ("duckdb", "dbt", "great_expectations", "reporting")
                    if name in sys.modules),
    "seconds": max(stat.duration.total_seconds() for stat in bag.dagbag_stats),
    "files": sorted(stat.file for stat in bag.dagbag_stats),
    "dags": {
        name: {
            "owner": dag.owner,
            "tags": sorted(dag.tags),
            "doc": dag.doc_md or "",
            "catchup": dag.catchup,
            "max_active_runs": dag.max_active_runs,
            "month": dag.params.get_param("month").schema if "month" in dag.params else None,
            "tasks": {
                task.task_id: {
                    "retries": task.retries,
                    "after": sorted(task.upstream_task_ids),
                    "outlets": [asset.name for asset in task.outlets],
                    "pool": (task.pool, task.pool_slots),
                    "alerts": bool(task.on_failure_callback),
                    "asks": getattr(task, "assigned_users", None),
                    "fails": getattr(task, "fail_on_reject", None),
                }
                for task in dag.tasks
            },
        }
        for name, dag in bag.dags.items()
    },
}))
"""
LANDING = ("land_social_care", "land_fostering", "land_adoption", "land_care_leavers")


def read_dags(home, **more):
    command = [sys.executable, "-c", READ_DAGS]
    done = subprocess.run(
        command, env=environment(home, **more), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return read_dags(tmp_path_factory.mktemp("airflow"))


def test_every_dag_file_is_read_without_an_error(found):
    assert found["errors"] == {}
    assert set(found["dags"]) == {*LANDING, "monthly_pack", "retention"}


def test_only_the_dag_files_are_read(found):
    assert [name.rpartition("/")[2] for name in found["files"]] == [
        "land_extracts.py",
        "monthly_pack.py",
        "retention.py",
    ]


def test_reading_the_dags_does_no_work(found):
    assert found["heavy"] == []
    assert found["seconds"] < 5


@pytest.mark.parametrize("name", [*LANDING, "monthly_pack", "retention"])
def test_a_dag_says_whose_it_is_and_what_it_does(found, name):
    dag = found["dags"][name]
    assert dag["owner"] == "performance-team"
    assert dag["tags"]
    assert len(dag["doc"]) > 100
    assert (dag["catchup"], dag["max_active_runs"]) == (False, 1)
    assert all(task["alerts"] for task in dag["tasks"].values())


@pytest.mark.parametrize("name", [*LANDING, "monthly_pack"])
def test_a_dag_takes_a_month_and_nothing_else_for_one(found, name):
    schema = found["dags"][name]["month"]
    assert schema["pattern"] == r"^\d{4}-\d{2}$"
    assert schema["type"] == ["null", "string"]


@pytest.mark.parametrize("name", LANDING)
def test_no_two_steps_that_tell_of_an_asset_run_at_the_same_time(found, name):
    telling = [task for task in found["dags"][name]["tasks"].values() if task["outlets"]]
    assert len(telling) == 2
    for task in telling:
        pool, slots = task["pool"]
        assert pool == "default_pool" and slots > 128 / 2


@pytest.mark.parametrize("name", LANDING)
def test_a_landing_tells_of_its_family(found, name):
    family = name.removeprefix("land_")
    task = found["dags"][name]["tasks"]["land_extract"]
    assert task["outlets"] == [f"landed_{family}"]
    assert task["retries"] == 2


def test_the_pack_is_built_checked_and_then_published(found):
    tasks = found["dags"]["monthly_pack"]["tasks"]
    assert {name: task["after"] for name, task in tasks.items()} == {
        "land_reference": [],
        "build_warehouse": ["land_reference"],
        "render_pack": ["build_warehouse"],
        "check_pack": ["render_pack"],
        "publish_pack": ["check_pack"],
    }
    assert [name for name, task in tasks.items() if task["retries"]] == ["land_reference"]


def test_sign_off_stands_between_check_and_publication(tmp_path):
    more = {"SIGN_OFF": "1", "PACK_SIGN_OFF_BY": "head, deputy"}
    tasks = read_dags(tmp_path, **more)["dags"]["monthly_pack"]["tasks"]
    assert tasks["sign_off"]["after"] == ["check_pack"]
    assert tasks["publish_pack"]["after"] == ["sign_off"]
    assert [user["id"] for user in tasks["sign_off"]["asks"]] == ["head", "deputy"]


def test_a_rejection_fails_the_run_so_that_nobody_takes_it_for_published(tmp_path):
    sign_off = read_dags(tmp_path, SIGN_OFF="1")["dags"]["monthly_pack"]["tasks"]["sign_off"]
    assert (sign_off["fails"], sign_off["retries"], sign_off["alerts"]) == (True, 0, True)
    assert not sign_off["asks"]


def test_whoever_starts_a_run_has_no_say_in_where_it_reads_and_writes(tmp_path, monkeypatch):
    from steps import run_of

    for name in ("PACK_INBOX", "PACK_OUT"):
        monkeypatch.setenv(name, str(tmp_path / name))
    conf = {"inbox": "/elsewhere", "out": "/elsewhere", "as_of": "2026-12"}
    run = SimpleNamespace(conf=conf, partition_key="2026-10")
    settings, month = run_of({"dag_run": run, "params": {"month": None, "as_of": None}})
    assert (settings.inbox, settings.out) == (tmp_path / "PACK_INBOX", tmp_path / "PACK_OUT")
    assert (str(month), settings.as_of) == ("2026-10", "2026-12")
