"""A month under the scheduler, which is killed in the middle; what people may do with it.

One run of one month, told in order: each test starts where the one before it ended.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.airflow.composed import PROGRAMS, Composed, Person
from tests.airflow.conftest import MONTH

pytestmark = pytest.mark.slow

LANDING = ("land_social_care", "land_fostering", "land_adoption", "land_care_leavers")
SIGN_OFF = "taskInstances/sign_off/-1/hitlDetails"
SECONDS_TO_READ_THE_PACK = 15
NO_SUCH_MONTH = "2001-01"
Alerts = Callable[[], list[dict[str, Any]]]


class PackRun:
    """The month's run of the pack, as somebody sees it."""

    def __init__(self, composed: Composed, person: Person, month: str = MONTH) -> None:
        self._composed, self._person, self._month = composed, person, month
        self.path = f"dags/monthly_pack/dagRuns/{composed.wait_for('the pack run', self._run_id)}"

    def state(self, task: str) -> str:
        """The state of a task."""
        return str(self._person.gets("GET", f"{self.path}/taskInstances/{task}")["state"])

    def wait_until(self, task: str, wanted: str) -> None:
        """Wait until a task is in a state; fail at once where it has failed instead."""

        def is_there() -> bool:
            state = self.state(task)
            assert state == wanted or "failed" not in state, f"{task}: {self._composed.tails()}"
            return state == wanted

        self._composed.wait_for(f"{task} {wanted}", is_there)

    def wait_for_the_question(self) -> None:
        """Wait until somebody is asked to approve.

        Nobody answers in the same second: the scheduler has yet to hear that the program which
        put the question has ended, and would take the task that goes on with the answer for a
        failed one.
        """
        self.wait_until("sign_off", "awaiting_input")
        time.sleep(SECONDS_TO_READ_THE_PACK)

    def _run_id(self) -> str | None:
        runs = self._person.gets("GET", "dags/monthly_pack/dagRuns")["dag_runs"]
        months = ((run["partition_key"] or run["conf"].get("month"), run) for run in runs)
        return next((run["dag_run_id"] for month, run in months if month == self._month), None)


@pytest.fixture(scope="module")
def run(composed: Composed, people: dict[str, Person]) -> PackRun:
    """The pack run that follows the four landings, which start when an operator lets them."""
    operator = people["operator"]

    def all_dags() -> bool:
        listed = operator.gets("GET", "dags")["dags"]
        return {*LANDING, "monthly_pack"} <= {one["dag_id"] for one in listed}

    composed.wait_for("the DAGs", all_dags)
    for name in ("monthly_pack", *LANDING):
        operator.gets("PATCH", f"dags/{name}", {"is_paused": False})
    return PackRun(composed, operator)


@pytest.fixture(scope="module")
def alerts(composed: Composed) -> Alerts:
    """Read the alerts that were written, the oldest first."""

    def read() -> list[dict[str, Any]]:
        file = composed.out / "private" / "alerts.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    return read


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_health_check_of_the_compose_file_passes(composed, program):
    assert composed.is_healthy(program)


def test_after_its_scheduler_is_killed_during_the_build_the_month_goes_on(composed, run):
    run.wait_until("build_warehouse", "running")
    building = composed.out / "private" / "build" / "warehouse.duckdb"
    composed.wait_for("the build", lambda: building.exists() and building.stat().st_size > 2**20)
    composed.kill("scheduler")
    assert run.state("build_warehouse") == "running"
    assert not (composed.out / MONTH).exists()
    composed.start("scheduler")
    run.wait_for_the_question()
    tries = run._person.gets("GET", f"{run.path}/taskInstances/build_warehouse")["try_number"]
    assert tries == 2


def test_a_month_that_takes_too_long_is_told_in_plain_words(run, alerts):
    (alert,) = [
        one for one in alerts() if (one["dag"], one["task"]) == ("monthly_pack", "deadline")
    ]
    assert alert["month"] == MONTH
    assert alert["lines"][0].startswith("This run has not ended 1 minute after its start")
    assert "waits for sign-off" in alert["lines"][1]


@pytest.mark.parametrize("name", ["viewer", "operator"])
def test_nobody_but_an_approver_answers_the_sign_off(composed, people, run, name):
    status, _ = people[name].asks(
        "PATCH", f"{run.path}/{SIGN_OFF}", {"chosen_options": ["Approve"]}
    )
    assert status == 403
    assert run.state("sign_off") == "awaiting_input"
    assert not (composed.out / MONTH).exists()


def test_a_sign_off_marked_as_done_publishes_nothing_and_an_alert_says_why(
    composed, people, run, alerts
):
    done = {"new_state": "success"}
    people["operator"].gets("PATCH", f"{run.path}/taskInstances/sign_off", done)
    run.wait_until("publish_pack", "failed")
    assert not (composed.out / MONTH).exists()
    alert = composed.wait_for(
        "the alert", lambda: [one for one in alerts() if one["task"] == "publish_pack"]
    )[-1]
    assert alert["refused"] is True
    assert alert["lines"][0].startswith(f"{MONTH}: nobody has approved this pack")
    body = {"dry_run": False, "dag_run_id": run.path.rpartition("/")[2], "task_ids": ["sign_off"]}
    body |= {"include_downstream": True, "only_failed": False}
    people["operator"].gets("POST", "dags/monthly_pack/clearTaskInstances", body)
    run.wait_for_the_question()


def test_once_approved_the_figures_are_those_of_an_undisturbed_run(
    composed, people, run, undisturbed
):
    answer = {"chosen_options": ["Approve"]}
    given = people["approver"].gets("PATCH", f"{run.path}/{SIGN_OFF}", answer)
    assert given["responded_by"]["name"] == "approver"
    run.wait_until("publish_pack", "success")
    composed.wait_for("make pack", lambda: (undisturbed / "index.html").exists())
    there = contents(undisturbed / MONTH)
    assert {"indicators.csv", "restricted/children.csv", "pack/index.html"} <= set(there)
    assert contents(composed.out / MONTH) == there


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_failed_run_is_told_in_plain_words(composed, people, alerts):
    body = {"logical_date": None, "conf": {"month": NO_SUCH_MONTH}}
    people["operator"].gets("POST", "dags/monthly_pack/dagRuns", body)
    (alert,) = composed.wait_for(
        "the alert", lambda: [one for one in alerts() if one["month"] == NO_SUCH_MONTH]
    )
    assert alert["refused"] is True
    assert not re.search(r"Traceback|Error|Exception|None", " ".join(alert["lines"]))


@pytest.mark.parametrize(
    ("metric", "labels"),
    [
        ("airflow.ti.finish", {"dag_id": "monthly_pack", "task_id": "publish_pack"}),
        ("airflow.dagrun.duration.success", {"dag_id": "land_social_care"}),
        ("airflow.dagrun.duration.failed", {"dag_id": "monthly_pack"}),
        ("airflow.scheduler_heartbeat", {}),
    ],
)
def test_the_metrics_that_are_worth_an_alert_reach_the_collector(
    composed, collector, metric, labels
):
    composed.wait_for(
        metric, lambda: any(labels.items() <= one.items() for one in collector.told(metric))
    )


def test_no_log_no_alert_no_metric_and_no_table_of_airflow_names_a_child(composed, run, collector):
    ids = ids_of_children(composed.out / "private" / "lake")
    named = re.compile(rf"(?<![\w.:-])({'|'.join(ids)})(?![\w-])")
    assert len(ids) > 60
    assert named.search((composed.out / MONTH / "restricted" / "children.csv").read_text())
    folders = (composed.logs, composed.folder / "home", composed.out / "private" / "logs")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    logged = {str(path): path.read_text(errors="replace") for path in files}
    logged["alerts"] = (composed.out / "private" / "alerts.jsonl").read_text()
    logged["the metrics"] = collector.text()
    logged["the metadata database"] = composed.database.ask("pg_dump", "airflow")
    assert any("task_id=build_warehouse" in name for name in logged)
    found = {name: named.search(text) for name, text in logged.items()}
    assert {name: one.group() for name, one in found.items() if one} == {}


def ids_of_children(lake: Path) -> list[str]:
    """Every identifier of a person in what was landed, from each column that holds one."""
    found: set[str | None] = set()
    for file in lake.rglob("*.parquet"):
        names = [name for name in pq.read_schema(file).names if name.endswith("person_id")]
        for values in pq.read_table(file, columns=names).to_pydict().values():
            found |= set(values)
    return sorted(one for one in found if one)
