"""`make up`: its settings, its password, and that its programs end together."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import airflow_api, airflow_programs, up
from pipeline.airflow_programs import Program, require_all, running, up_environment, write_password
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

DATABASE = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
WAITS = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "inbox", tmp_path / "out")


@pytest.fixture
def programs_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Run pieces of Python in place of Airflow's programs; each is named by its first word."""

    def run(**pieces: str):
        stand_in = tmp_path / "airflow.py"
        stand_in.write_text(f"import sys; exec({pieces!r}[sys.argv[1]])")
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        return running([(name,) for name in pieces], environment, tmp_path / "logs")

    return run


def wait_for_word(program: Program) -> None:
    until = time.monotonic() + 20
    while "ready" not in program.log.read_text():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_airflow_listens_on_this_machine_alone(settings):
    environment = up_environment(settings, 8123, {})
    assert environment["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert environment["AIRFLOW__API__PORT"] == "8123"
    logs = [command for command in airflow_programs.PROGRAMS if "--skip-serve-logs" in command]
    assert {command[0] for command in logs} == {"scheduler", "triggerer"}


def test_its_folders_are_those_of_the_pack_but_its_home_is_its_own(settings):
    environment = up_environment(settings, 8080, {"AIRFLOW_HOME": "/elsewhere"})
    assert environment["PACK_OUT"] == str(settings.out)
    assert environment["AIRFLOW_HOME"] == str(settings.private / "airflow-up")
    assert environment[DATABASE] == f"sqlite:///{settings.private / 'airflow-up' / 'airflow.db'}"


@pytest.mark.parametrize("name", [DATABASE, f"{DATABASE}_CMD", f"{DATABASE}_SECRET"])
def test_a_database_that_is_given_is_used(settings, name):
    environment = up_environment(settings, 8080, {name: "given"})
    assert environment[name] == "given"
    assert not environment.get(DATABASE, "").startswith("sqlite")


@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
def test_no_web_proxy_is_asked_for_our_own_address(settings, name):
    environment = up_environment(settings, 8080, {name: ".council.example"})
    assert environment["NO_PROXY"] == environment["no_proxy"] == ".council.example,127.0.0.1"


def test_an_empty_database_address_counts_as_none(settings):
    assert up_environment(settings, 8080, {DATABASE: ""})[DATABASE].startswith("sqlite")


def test_nobody_is_let_in_without_a_password(settings):
    given = {"AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True"}
    environment = up_environment(settings, 8080, given)
    assert environment["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS"] == "False"
    other = up_environment(settings, 8080, {})
    name = "AIRFLOW__API_AUTH__JWT_SECRET"
    assert len(environment[name]) == 64 and environment[name] != other[name]


def test_the_password_is_new_each_time_and_for_its_owner_alone(tmp_path):
    file = tmp_path / "passwords.json"
    file.write_text("{}")
    first, second = write_password(file), write_password(file)
    assert first != second and len(second) == 20
    assert json.loads(file.read_text()) == {"admin": second}
    assert file.stat().st_mode & 0o777 == 0o600


def test_all_programs_end_when_the_block_ends(programs_of):
    with programs_of(one=WAITS, two=WAITS) as programs:
        for program in programs:
            wait_for_word(program)
    assert [program.process.returncode for program in programs] == [0, 0]
    assert programs[0].log.stat().st_mode & 0o777 == 0o600


def test_what_a_program_started_ends_with_it(programs_of):
    child = f"import subprocess; subprocess.Popen([{sys.executable!r}, '-c', 'import time; "
    child += "time.sleep(60)']); print('ready', flush=True); import time; time.sleep(60)"
    with programs_of(parent=child) as (parent,):
        wait_for_word(parent)
    with pytest.raises(ProcessLookupError):
        for _ in range(100):
            os.killpg(parent.process.pid, 0)
            time.sleep(0.05)


def test_a_program_that_ended_by_itself_is_named_with_its_log(programs_of):
    with programs_of(one=WAITS, two="sys.exit(3)") as programs:
        programs[1].process.wait(20)
        with pytest.raises(PublicationRefused, match=r"two has ended .*status 3.*two\.log"):
            require_all(programs)
    assert all(program.process.returncode is not None for program in programs)


def test_a_program_that_does_not_listen_is_ended_all_the_same(programs_of, monkeypatch):
    monkeypatch.setattr(airflow_programs, "_PATIENCE", 0.5)
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + WAITS.replace(
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))", ""
    )
    with programs_of(deaf=deaf) as (program,):
        wait_for_word(program)
    assert program.process.returncode == -signal.SIGKILL


def test_a_port_that_is_taken_is_refused_with_what_to_do():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PublicationRefused, match="PORT=8081"):
            up.require_free(taken.getsockname()[1])


@pytest.mark.parametrize("port", ["http", "80", "70000"])
def test_a_port_that_is_none_is_refused(port, tmp_path, capsys):
    arguments = ["--inbox", str(tmp_path), "--out", str(tmp_path / "out"), "--port", port]
    assert up.main(arguments) == 1
    assert f"PORT is '{port}'" in capsys.readouterr().out


def test_an_inbox_that_is_not_there_is_refused(tmp_path, capsys):
    assert up.main(["--inbox", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]) == 1
    assert "there is no such folder" in capsys.readouterr().out


def test_every_part_is_unwell_where_nothing_answers():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        assert airflow_api.unwell(url) == airflow_api.PARTS
        assert airflow_api.main(["scheduler", url]) == 1


def test_a_sign_of_life_of_an_earlier_start_does_not_count(monkeypatch):
    now = datetime.now(UTC)
    health = {part: {"status": "healthy"} for part in airflow_api.PARTS}
    health["triggerer"] = {"status": None}
    health["scheduler"]["latest_scheduler_heartbeat"] = (now - timedelta(seconds=20)).isoformat()
    monkeypatch.setattr(airflow_api, "_request", lambda *_: health)
    assert airflow_api.unwell("") == ("triggerer",)
    assert airflow_api.unwell("", since=now) == ("scheduler", "triggerer")
