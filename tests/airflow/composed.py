"""Airflow's programs started as docker-compose.yml says, without Docker.

Commands, settings and health checks are read from that file, so what is tried here is what it
starts. Only addresses and folders are put in place of the containers'.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest
import yaml

from pipeline.airflow_programs import Program, running
from tests.airflow.postgres import Postgres, free_port

ROOT = Path(__file__).resolve().parents[2]
SERVICES: Mapping[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
PROGRAMS = ("api-server", "dag-processor", "triggerer", "scheduler")
SECRETS = ("postgres_password", "fernet_key", "jwt_secret", "api_secret_key", "admin_password")
LONGEST_WAIT = 480.0


@dataclass
class Composed:
    """The four programs, their database, and the folders they read and write.

    ``given`` are the variables that docker-compose.yml leaves to whoever starts it.
    """

    folder: Path
    inbox: Path
    database: Postgres
    given: Mapping[str, str]
    port: int = field(default_factory=free_port)
    programs: dict[str, Program] = field(default_factory=dict)
    _stack: ExitStack = field(default_factory=ExitStack)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def secrets(self) -> Path:
        return self.folder / "secrets"

    def secret(self, name: str) -> str:
        return (self.secrets / name).read_text()

    def here(self, text: str) -> str:
        """Return a text of docker-compose.yml with what stands for the containers' own places."""
        text = re.sub(r"\$\{(\w+)(:?[-?])([^}]*)\}", self._variable, text).replace("$$", "$")
        for theirs, ours in {
            "http://api-server:8080": self.url,
            "http://127.0.0.1:8080": self.url,
            "http://localhost:8080": self.url,
            "@postgres/": f"@127.0.0.1:{self.database.port}/",
            "/run/secrets": str(self.secrets),
            "/opt/pack": str(ROOT),
            "/srv/inbox": str(self.inbox),
            "/var/lib/pack": str(self.out),
            "/var/log/airflow": str(self.logs),
        }.items():
            text = text.replace(theirs, ours)
        return {"0.0.0.0": "127.0.0.1", "8080": str(self.port)}.get(text, text)

    def environment(self, service: str) -> dict[str, str]:
        """Return the settings of a service: the file's, and nothing of whoever runs the test."""
        kept = {name: os.environ[name] for name in ("HOME", "PATH", "LANG") if name in os.environ}
        told = {name: self.here(value) for name, value in SERVICES[service]["environment"].items()}
        return {
            **kept,
            **told,
            "PATH": f"{Path(sys.executable).parent}:{kept['PATH']}",
            "PYTHONPATH": f"{ROOT / 'dags'}:{ROOT}",
            "AIRFLOW_HOME": str(self.folder / "home"),
            "SECRETS": str(self.secrets),
        }

    def prepare(self) -> None:
        """Run the job that docker-compose.yml runs before the programs."""
        for folder in (self.out, self.logs, self.secrets):
            folder.mkdir(mode=0o700)
        for name in SECRETS:
            (self.secrets / name).write_text(secrets.token_hex(32))
        (self.secrets / "fernet_key").write_text("A" * 43 + "=")
        (self.secrets / "postgres_password").write_text(self.database.password)
        self.run(*map(self.here, SERVICES["init"]["command"]), service="init")

    def run(self, *command: str, service: str = "scheduler") -> str:
        """Run a command as in a container of a service; return what it printed."""
        done = subprocess.run(
            command,
            env=self.environment(service),
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST_WAIT,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done.stdout

    def start(self, service: str) -> None:
        """Start one of the programs."""
        airflow, *command = map(self.here, SERVICES[service]["command"])
        assert airflow == "airflow"
        logs = self.logs / "programs" / f"{len(self.programs)}-{time.monotonic_ns()}"
        programs = self._stack.enter_context(running([command], self.environment(service), logs))
        self.programs[service] = programs[0]

    def kill(self, service: str) -> None:
        """Kill a program and all it has started at once, as when its container is killed."""
        process = psutil.Process(self.programs[service].process.pid)
        started = process.children(recursive=True)
        process.kill()
        for one in started:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        self.programs[service].process.wait()

    def is_healthy(self, service: str) -> bool:
        """Run the health check of a service."""
        _, python, *command = map(self.here, SERVICES[service]["healthcheck"]["test"])
        assert python == "python"
        environment = self.environment(service)
        return not subprocess.run(
            [sys.executable, *command], env=environment, check=False
        ).returncode

    def tails(self) -> str:
        """The last lines of every program's log, for a failed assertion."""
        logs = sorted((self.logs / "programs").rglob("*.log"))
        return "\n".join(f"--- {log.name}\n{log.read_text()[-1500:]}" for log in logs)

    def wait_for(self, what: str, found: Callable[[], Any], longest: float = LONGEST_WAIT) -> Any:
        """Ask again and again until there is an answer; fail with the logs where none comes."""
        until = time.monotonic() + longest
        while time.monotonic() < until:
            with suppress(urllib.error.URLError, TimeoutError, ConnectionError):
                if answer := found():
                    return answer
            time.sleep(1)
        pytest.fail(f"{what}: not within {longest:.0f} seconds\n{self.tails()}")

    @contextmanager
    def up(self) -> Iterator[Composed]:
        """Start all programs, wait until every health check passes; end them afterwards."""
        with self._stack:
            for service in PROGRAMS:
                self.start(service)
            for service in PROGRAMS:
                self.wait_for(service, lambda name=service: self.is_healthy(name))  # type: ignore[misc]
            yield self

    def _variable(self, found: re.Match[str]) -> str:
        name, how, otherwise = found.groups()
        if name == "PORT":
            return "8080"
        assert "?" not in how, f"{name} is for the volumes only"
        return self.given.get(name, otherwise)


@dataclass(frozen=True)
class Person:
    """Somebody with a login: what they ask of Airflow, and what it answers."""

    url: str
    name: str
    token: str

    @classmethod
    def signed_in(cls, url: str, name: str, password: str) -> Person:
        """Sign in with a password."""
        body = {"username": name, "password": password}
        status, answer = ask("POST", f"{url}/auth/token", body)
        assert status == 201, f"{name} cannot sign in: {status} {answer}"
        return cls(url, name, answer["access_token"])

    def asks(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Ask the API for something; return the status of the answer, and the answer."""
        root = "" if path.startswith("auth/") else "api/v2/"
        signed = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return ask(method, f"{self.url}/{root}{path}", body, signed)

    def gets(self, method: str, path: str, body: object = None) -> Any:
        """Ask for something that has to be given."""
        status, answer = self.asks(method, path, body)
        assert status < 300, f"{self.name}: {method} {path}: {status} {answer}"
        return answer


def ask(
    method: str, url: str, body: object = None, headers: Mapping[str, str] | None = None
) -> tuple[int, Any]:
    """Call a web API; return the status and the answer, whatever they are."""
    request = urllib.request.Request(
        url,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **(headers or {})},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            text, status = answer.read(), answer.status
    except urllib.error.HTTPError as refusal:
        text, status = refusal.read(), refusal.code
    try:
        return status, json.loads(text or b"null")
    except ValueError:
        return status, text.decode(errors="replace")
