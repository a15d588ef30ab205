"""The DAGs under a real scheduler: a backfill makes the packs of its months, each once approved.

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

from tests.dags.conftest import run_pack, small_inbox
from tests.dags.dag_environment import environment
from tests.dags.test_bad_input import bytes_of

__all__ = ("run_pack", "small_inbox")  # fixtures
pytestmark = pytest.mark.slow
SECONDS_TO_READ_THE_PACK = 15

BEFORE, MONTH = MONTHS = ("2026-09", "2026-10")
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
def backfilled(airflow: Airflow) -> None:
    """Two months given to all four families, as docs/operations-airflow.md says."""

    def all_dags() -> bool:
        names = {one["dag_id"] for one in airflow.call("GET", "dags")["dags"]}
        return {*LANDING, "monthly_pack"} <= names

    wait_for(airflow, "the DAGs", all_dags)
    unpause(airflow, *LANDING)
    for name in LANDING:
        wait_for_first_landing(airflow, name)
    unpause(airflow, "monthly_pack")
    assert runs_of_the_pack(airflow) == []
    for name in LANDING:
        airflow.call("POST", "backfills", backfill_of(name))


def unpause(airflow: Airflow, *names: str) -> None:
    for name in names:
        airflow.call("PATCH", f"dags/{name}", {"is_paused": False})


def wait_for_first_landing(airflow: Airflow, name: str) -> None:
    """Unpaused, a landing DAG lands the month before this one, whichever that is."""

    def ended() -> list[str]:
        runs = airflow.call("GET", f"dags/{name}/dagRuns")["dag_runs"]
        return [run["dag_run_id"] for run in runs if run["state"] == "success"]

    wait_for(airflow, f"the first run of {name}", ended)


def backfill_of(name: str) -> dict[str, object]:
    return {
        "dag_id": name,
        "from_date": f"{BEFORE}-01T00:00:00Z",
        "to_date": f"{MONTH}-31T00:00:00Z",
        "max_active_runs": 1,
        "reprocess_behavior": "completed",
    }


def runs_of_the_pack(airflow: Airflow) -> list[dict[str, Any]]:
    """The runs of the pack in the order they began; those that wait come last."""
    runs = airflow.call("GET", "dags/monthly_pack/dagRuns")["dag_runs"]
    return sorted(runs, key=lambda run: (run["start_date"] or "later", run["run_after"]))


def run_of_the_pack(airflow: Airflow, month: str, number: int = 0) -> PackRun:
    """Wait for the first run of a month's pack, or a later one."""

    def found() -> list[str]:
        runs = [run for run in runs_of_the_pack(airflow) if run["partition_key"] == month]
        return [run["dag_run_id"] for run in runs][number:]

    return PackRun(airflow, wait_for(airflow, f"the pack run of {month}", found)[0])


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


def test_a_backfill_makes_the_pack_of_each_month_in_order_after_sign_off(airflow, backfilled, out):
    before = run_of_the_pack(airflow, BEFORE)
    assert f"Publish the pack of {BEFORE}?" in before.question()["subject"]
    assert run_of_the_pack(airflow, MONTH).state("land_reference") is None
    before.answer("Approve")
    run = run_of_the_pack(airflow, MONTH)
    question = run.question()
    assert question["subject"] == f"Publish the pack of {MONTH}?"
    assert "measures have a figure for the month" in question["body"]
    assert sorted(path.name for path in out.glob("????-??")) == [BEFORE]
    with pytest.raises(urllib.error.HTTPError, match="403"):
        run.answer("Approve", OTHER)
    run.answer("Approve")
    wait_for(airflow, "the publication", lambda: run.state("publish_pack") == "success")
    for month in MONTHS:
        assert (out / month / "pack" / "index.html").exists()
        assert (out / month / "manifest.json").exists()


def test_a_backfill_makes_each_pack_once(airflow, backfilled):
    """Also that of the month which the landing DAGs had landed before, when they were unpaused."""
    runs = [(run["partition_key"], run["run_type"]) for run in runs_of_the_pack(airflow)]
    assert runs == [(month, "asset_triggered") for month in MONTHS]


def test_a_month_made_again_later_has_the_bytes_it_was_published_with(
    airflow, backfilled, out, small_inbox, run_pack
):
    """Both packs, every file: the newer month that is out since is not looked at, and stays."""
    published = bytes_of(out / BEFORE), bytes_of(out / MONTH)
    warehouse = (out / "private" / "warehouse.duckdb").read_bytes()
    done = run_pack("--inbox", small_inbox, "--out", out, "--month", BEFORE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (bytes_of(out / BEFORE), bytes_of(out / MONTH)) == published
    assert (out / "private" / "warehouse.duckdb").read_bytes() == warehouse


def test_a_late_delivery_makes_the_pack_again_and_a_rejection_leaves_what_is_published(
    airflow, backfilled, out
):
    published = {path: path.read_bytes() for path in (out / MONTH).rglob("*") if path.is_file()}
    body = {"logical_date": None, "partition_key": MONTH}
    airflow.call("POST", "dags/land_fostering/dagRuns", body)
    run = run_of_the_pack(airflow, MONTH, 1)
    assert "It would replace the pack of this month" in run.question()["body"]
    run.answer("Reject")
    wait_for(airflow, "the end", lambda: airflow.call("GET", run.path)["state"] == "failed")
    assert run.state("publish_pack") == "upstream_failed"
    assert {path: path.read_bytes() for path in published} == published
    alert = json.loads((out / "private" / "alerts.jsonl").read_text().splitlines()[-1])
    assert alert["lines"][0] == "The pack was rejected at sign-off."
