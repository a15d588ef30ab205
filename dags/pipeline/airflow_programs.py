"""The four programs of an Airflow: their settings, and starting, watching and ending them."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.airflow_home import DAGS, airflow_environment
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

# The scheduler comes last, so that it is ended first, while the others still answer it.
# No logs are served: they lie on this machine, and the log servers would listen on all addresses.
PROGRAMS = (
    ("api-server", "--workers", "1"),
    ("dag-processor",),
    ("triggerer", "--skip-serve-logs"),
    ("scheduler", "--skip-serve-logs"),
)
ADMIN = "admin"
_DATABASE = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
# A step that runs may take a while to end by itself; after that it is stopped.
_PATIENCE = 60.0


def home_of(settings: Settings) -> Path:
    """Return the folder of this Airflow: database, password, logs. For the owner alone."""
    return settings.private.resolve() / "airflow-up"


def up_environment(settings: Settings, port: int, given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the four programs.

    The settings are those of `make pack`, except that a database may be given and that it
    listens on a port: on this machine only.
    """
    home, url = home_of(settings), f"http://127.0.0.1:{port}"
    pack = airflow_environment(settings)
    del pack[_DATABASE]
    return {
        **given,
        **pack,
        **_database(given, home),
        **dict.fromkeys(("NO_PROXY", "no_proxy"), _without_proxy(given)),
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__API__BASE_URL": url,
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__SECRET_KEY": secrets.token_hex(32),
        "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_hex(32),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "2",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{ADMIN}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(home / "passwords.json"),
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO",
        "PYTHONPATH": os.pathsep.join((str(DAGS), str(DAGS.parent))),
    }


def write_password(file: Path) -> str:
    """Make a new password for the administrator, in a file for its owner alone, and return it."""
    password = secrets.token_urlsafe(15)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        json.dump({ADMIN: password}, stream)
    return password


def migrate(environment: Mapping[str, str], logs: Path) -> None:
    """Make Airflow's tables, or bring them up to this version; refuse where that fails."""
    log = logs / "migrate.log"
    with open_log(log) as stream:
        command = [sys.executable, "-m", "airflow", "db", "migrate"]
        ended = subprocess.run(
            command, env=dict(environment), stdout=stream, stderr=stream, check=False
        )
    if ended.returncode:
        raise PublicationRefused(
            f"Airflow's database could not be prepared. Is the address in {_DATABASE} right, and "
            f"does the database exist? The log is {log}"
        )


@dataclass(frozen=True)
class Program:
    """A running program, in a process group of its own, and its log."""

    name: str
    log: Path
    process: subprocess.Popen[bytes]

    def signal(self, number: int, group: bool = False) -> None:
        """Send a signal to the program, or to everything it started as well."""
        with suppress(ProcessLookupError):
            (os.killpg if group else os.kill)(self.process.pid, number)


@contextmanager
def running(
    commands: Sequence[Sequence[str]], environment: Mapping[str, str], logs: Path
) -> Iterator[list[Program]]:
    """Start the programs in order; end them, the last one first, whatever happens meanwhile."""
    programs: list[Program] = []
    try:
        for command in commands:
            programs.append(_start(command, environment, logs))
        yield programs
    finally:
        _end(programs)


def require_all(programs: Sequence[Program]) -> None:
    """Refuse to go on where a program has ended by itself, naming it and its log."""
    for program in programs:
        status = program.process.poll()
        if status is not None:
            raise PublicationRefused(
                f"The {program.name} has ended by itself (status {status}), so all are stopped. "
                f"Its log says why: {program.log}"
            )


@contextmanager
def open_log(log: Path) -> Iterator[int]:
    """Open a new log for its owner alone."""
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def _start(command: Sequence[str], environment: Mapping[str, str], logs: Path) -> Program:
    log = logs / f"{command[0]}.log"
    with open_log(log) as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "airflow", *command],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
    return Program(command[0], log, process)


def _end(programs: Sequence[Program]) -> None:
    try:
        for group in (programs[-1:], programs[:-1]):
            for program in group:
                program.signal(signal.SIGTERM)
            _wait(group, _PATIENCE)
    finally:
        for program in programs:
            program.signal(signal.SIGKILL, group=True)
        _wait(programs, _PATIENCE)


def _wait(programs: Sequence[Program], seconds: float) -> None:
    until = time.monotonic() + seconds
    for program in programs:
        with suppress(subprocess.TimeoutExpired):
            program.process.wait(max(0.0, until - time.monotonic()))


def _without_proxy(given: Mapping[str, str]) -> str:
    """Return the addresses that no web proxy is asked for: those given, and our own."""
    known = given.get("NO_PROXY") or given.get("no_proxy") or ""
    return ",".join(one for one in (known, "127.0.0.1") if one)


def _database(given: Mapping[str, str], home: Path) -> dict[str, str]:
    """Return where Airflow's own database is: in ``home`` unless one is given.

    It may be given as an address, or as a command or secret that tells it, which Airflow looks
    for only where there is no address.
    """
    if any(given.get(f"{_DATABASE}{way}") for way in ("", "_CMD", "_SECRET")):
        return {}
    return {_DATABASE: f"sqlite:///{home / 'airflow.db'}"}
