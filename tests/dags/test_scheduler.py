"""The DAGs under a real scheduler: four landings make the month's pack, once approved."""

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


@dataclass(frozen=True)
class Airflow:
    """A running Airflow: its API, and where it keeps its logs."""

    url: str
    home: Path

    def call(self, method: str, path: str, body: object = None) -> Any:
        """Call the public API and return its answer; every user is an administrator here."""
        request = urllib.request.Request(
            f"{self.url}/api/v2/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    @property
    def token(self) -> str:
        """A token of the simple authentication, which is for tests and single machines alone."""
        with urllib.request.urlopen(f"{self.url}/auth/token", timeout=20) as answer:
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
    url = f"http://127.0.0.1:{port}"
    settings = environment(
        home,
        AIRFLOW__API__HOST="127.0.0.1",
        AIRFLOW__API__PORT=str(port),
        AIRFLOW__API__BASE_URL=url,
        AIRFLOW__API_AUTH__JWT_SECRET="a secret of this test alone, long enough to sign with",
        AIRFLOW__CORE__EXECUTION_API_SERVER_URL=f"{url}/execution/",
        AIRFLOW__CORE__EXECUTOR="LocalExecutor",
        AIRFLOW__CORE__PARALLELISM="2",
        AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS="True",
        AIRFLOW__SCHEDULER__SCHEDULER_HEARTBEAT_SEC="1",
        PACK_INBOX=str(small_inbox),
        PACK_OUT=str(out),
        SIGN_OFF="1",
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


def test_the_four_landings_of_a_month_make_its_pack_after_sign_off(airflow, pack_run, out):
    path = f"dags/monthly_pack/dagRuns/{pack_run['dag_run_id']}"

    def state(task: str) -> str | None:
        instances = airflow.call("GET", f"{path}/taskInstances")["task_instances"]
        states = {one["task_id"]: one["state"] for one in instances}
        assert "failed" not in states.values(), f"{states}\n{airflow.tails()}"
        return states.get(task)

    assert pack_run["run_type"] == "asset_triggered"
    wait_for(airflow, "the question", lambda: state("sign_off") == "awaiting_input")
    assert not (out / MONTH).exists()
    # Nobody answers in the same second: the scheduler has yet to hear that the program which put
    # the question has ended, and would take the task that goes on with the answer for a failed one.
    time.sleep(SECONDS_TO_READ_THE_PACK)
    answer = {"chosen_options": ["Approve"]}
    airflow.call("PATCH", f"{path}/taskInstances/sign_off/-1/hitlDetails", answer)
    wait_for(airflow, "the publication", lambda: state("publish_pack") == "success")
    assert (out / MONTH / "pack" / "index.html").exists()
    assert (out / MONTH / "manifest.json").exists()


def test_a_late_delivery_makes_the_pack_again(airflow, pack_run):
    def runs() -> int:
        found = airflow.call("GET", "dags/monthly_pack/dagRuns")["dag_runs"]
        return len([run for run in found if run["partition_key"] == MONTH])

    before = runs()
    body = {"logical_date": None, "partition_key": MONTH}
    airflow.call("POST", "dags/land_fostering/dagRuns", body)
    wait_for(airflow, "a second pack run", lambda: runs() > before)
