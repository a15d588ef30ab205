"""The DAGs under a real scheduler: four landings make the month's pack, once approved.

Made again for a late delivery it is rejected: the run fails and what was published stays.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.dags.dag_environment import environment

pytestmark = pytest.mark.slow
SECONDS_TO_READ_THE_PACK = 15

MONTH = "2026-10"
LANDING = ("land_social_care", "land_fostering", "land_adoption", "land_care_leavers")
PROGRAMS = (("api-server", "--workers", "1"), ("dag-processor",), ("scheduler",))
LONGEST_WAIT = 300
# Both may answer by their role; only the first is named as one who approves packs.
APPROVER, OTHER = "head-of-service", "clerk"
PASSWORD = "of this test alone"


@dataclass(frozen=True)
class Airflow:
    """A running Airflow: its API, and where it keeps its logs."""

    url: str
    home: Path

    def call(self, method: str, path: str, body: object = None, user: str = APPROVER) -> Any:
        """Call the public API as a user and return its answer."""
        request = urllib.request.Request(
            f"{self.url}/api/v2/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {self.token(user)}",
            },
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def token(self, user: str) -> str:
        """A token of the simple authentication, which is for tests and single machines alone."""
        body = json.dumps({"username": user, "password": PASSWORD}).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/auth/token", body, headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return str(json.load(answer)["access_token"])

    def tails(self) -> str:
        """The last lines of every program's log, for a failed assertion."""
        logs = sorted(self.home.glob("*.log"))
        return "\n".join(f"--- {log.name}\n{log.read_text()[-1500:]}" for log in logs)


def wait_for(airflow: Airflow, what: str, found: Callable[[], Any]) -> Any:
    """Ask again and again until there is an answer; fail with the logs after five minutes."""
    until = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < until:
        with contextlib.suppress(urllib.error.URLError, TimeoutError, ConnectionError):
            if answer := found():
                return answer
        time.sleep(2)
    pytest.fail(f"{what}: not within {LONGEST_WAIT} seconds\n{airflow.tails()}")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scheduled") / "out"


@pytest.fixture(scope="module")
def airflow(
    small_inbox: Path, out: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Airflow]:
    home, port = tmp_path_factory.mktemp("airflow"), free_port()
    url, passwords = f"http://127.0.0.1:{port}", home / "passwords.json"
    passwords.write_text(json.dumps(dict.fromkeys((APPROVER, OTHER), PASSWORD)))
    settings = environment(
        home,
        AIRFLOW__API__HOST="127.0.0.1",
        AIRFLOW__API__PORT=str(port),
        AIRFLOW__API__BASE_URL=url,
        AIRFLOW__API_AUTH__JWT_SECRET="a secret of this test alone, long enough to sign with",
        AIRFLOW__CORE__EXECUTION_API_SERVER_URL=f"{url}/execution/",
        AIRFLOW__CORE__EXECUTOR="LocalExecutor",
        AIRFLOW__CORE__PARALLELISM="2",
        AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS="False",
        AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE=str(passwords),
        AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS=f"{APPROVER}:op,{OTHER}:op",
        AIRFLOW__SCHEDULER__SCHEDULER_HEARTBEAT_SEC="1",
        PACK_INBOX=str(small_inbox),
        PACK_OUT=str(out),
        SIGN_OFF="1",
        PACK_SIGN_OFF_BY=APPROVER,
    )
    command = [sys.executable, "-m", "airflow"]
    subprocess.run([*command, "db", "migrate"], env=settings, check=True, capture_output=True)
    with contextlib.ExitStack() as running:
        for program in PROGRAMS:
            running.enter_context(started([*command, *program], settings, home))
        yield Airflow(url, home)


@contextlib.contextmanager
def started(command: list[str], settings: dict[str, str], home: Path) -> Iterator[None]:
    """Run a program in a process group of its own, and end the whole group afterwards."""
    with (home / f"{command[3]}.log").open("w") as log:
        process = subprocess.Popen(
            command, env=settings, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="module")
def pack_run(airflow: Airflow) -> dict[str, Any]:
    """Land the month's four families and return the pack run that follows."""

    def all_dags() -> bool:
        names = {one["dag_id"] for one in airflow.call("GET", "dags")["dags"]}
        return {*LANDING, "monthly_pack"} <= names

    def first_run() -> dict[str, Any] | None:
        runs = airflow.call("GET", "dags/monthly_pack/dagRuns")["dag_runs"]
        return next((run for run in runs if run["partition_key"] == MONTH), None)

    wait_for(airflow, "the DAGs", all_dags)
    for name in (*LANDING, "monthly_pack"):
        airflow.call("PATCH", f"dags/{name}", {"is_paused": False})
    for name in LANDING:
        body = {"logical_date": None, "partition_key": MONTH}
        airflow.call("POST", f"dags/{name}/dagRuns", body)
    run: dict[str, Any] = wait_for(airflow, "the pack run", first_run)
    return run


@dataclass(frozen=True)
class PackRun:
    """One run of the pack, seen through the API."""

    airflow: Airflow
    run_id: str

    @property
    def path(self) -> str:
        return f"dags/monthly_pack/dagRuns/{self.run_id}"

    def state(self, task: str) -> str | None:
        """The state of a task; fails where a task has failed that was not rejected."""
        instances = self.airflow.call("GET", f"{self.path}/taskInstances")["task_instances"]
        states = {one["task_id"]: one["state"] for one in instances}
        failed = [name for name, state in states.items() if state == "failed"]
        assert set(failed) <= {"sign_off"}, f"{states}\n{self.airflow.tails()}"
        return states.get(task)

    def question(self) -> dict[str, Any]:
        """Wait until somebody is asked, and return what they are told.

        Nobody answers in the same second: the scheduler has yet to hear that the program which
        put the question has ended, and would take the task that goes on with the answer for a
        failed one.
        """
        wait_for(self.airflow, "the question", lambda: self.state("sign_off") == "awaiting_input")
        time.sleep(SECONDS_TO_READ_THE_PACK)
        path = f"{self.path}/taskInstances/sign_off/-1/hitlDetails"
        question: dict[str, Any] = self.airflow.call("GET", path)
        return question

    def answer(self, option: str, user: str = APPROVER) -> None:
        """Approve or reject."""
        path = f"{self.path}/taskInstances/sign_off/-1/hitlDetails"
        self.airflow.call("PATCH", path, {"chosen_options": [option]}, user)


def test_the_four_landings_of_a_month_make_its_pack_after_sign_off(airflow, pack_run, out):
    assert pack_run["run_type"] == "asset_triggered"
    run = PackRun(airflow, pack_run["dag_run_id"])
    question = run.question()
    assert question["subject"] == f"Publish the pack of {MONTH}?"
    assert "measures have a figure for the month" in question["body"]
    assert not (out / MONTH).exists()
    with pytest.raises(urllib.error.HTTPError, match="403"):
        run.answer("Approve", OTHER)
    run.answer("Approve")
    wait_for(airflow, "the publication", lambda: run.state("publish_pack") == "success")
    assert (out / MONTH / "pack" / "index.html").exists()
    assert (out / MONTH / "manifest.json").exists()


def test_a_late_delivery_makes_the_pack_again_and_a_rejection_leaves_what_is_published(
    airflow, pack_run, out
):
    def another() -> str | None:
        runs = airflow.call("GET", "dags/monthly_pack/dagRuns")["dag_runs"]
        found = [run["dag_run_id"] for run in runs if run["partition_key"] == MONTH]
        return next((one for one in found if one != pack_run["dag_run_id"]), None)

    published = {path: path.read_bytes() for path in (out / MONTH).rglob("*") if path.is_file()}
    body = {"logical_date": None, "partition_key": MONTH}
    airflow.call("POST", "dags/land_fostering/dagRuns", body)
    run = PackRun(airflow, wait_for(airflow, "a second pack run", another))
    assert "It would replace the pack of this month" in run.question()["body"]
    run.answer("Reject")
    wait_for(airflow, "the end", lambda: airflow.call("GET", run.path)["state"] == "failed")
    assert run.state("publish_pack") == "upstream_failed"
    assert {path: path.read_bytes() for path in published} == published
    alert = json.loads((out / "private" / "alerts.jsonl").read_text().splitlines()[-1])
    assert alert["lines"][0] == "The pack was rejected at sign-off."
