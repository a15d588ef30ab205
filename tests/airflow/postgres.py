"""A PostgreSQL of the test's own, from the packages of this machine, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# The unprivileged user who runs it where the tests run as root: PostgreSQL refuses root.
SERVICE_USER = "postgres"


@dataclass(frozen=True)
class Postgres:
    """A running server on this machine alone, with one user and one database named `airflow`."""

    programs: Path
    port: int
    password: str

    def ask(self, program: str, *arguments: str) -> str:
        """Run one of its client programs and return what it prints."""
        asked = [str(self.programs / program), *self._address, *arguments]
        environment = {**os.environ, "PGPASSWORD": self.password}
        done = subprocess.run(asked, env=environment, check=True, capture_output=True, text=True)
        return done.stdout

    @property
    def _address(self) -> tuple[str, ...]:
        return ("--host=127.0.0.1", f"--port={self.port}", "--username=airflow")


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest; none where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def running(folder: Path, password: str) -> Iterator[Postgres]:
    """Start a server whose data lie in a new folder; end it, whatever happens meanwhile."""
    where = programs()
    assert where is not None, "PostgreSQL is not installed"
    server = Postgres(where, free_port(), password)
    data = folder / "postgres"
    _make(server, data)
    options = f"-p {server.port} -c listen_addresses=127.0.0.1 -k {data} -c fsync=off"
    log = str(data / "server.log")
    _as_service("pg_ctl", server, "-D", str(data), "-w", "-l", log, "-o", options, "start")
    try:
        server.ask("createdb", "airflow")
        yield server
    finally:
        _as_service("pg_ctl", server, "-D", str(data), "-m", "immediate", "stop")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _make(server: Postgres, data: Path) -> None:
    data.mkdir(parents=True)
    secret = data.with_name("first_password")
    secret.write_text(server.password)
    if os.geteuid() == 0:
        for path in (data, secret):
            shutil.chown(path, SERVICE_USER)
        for parent in data.parents:
            if not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)
    ways = ("--auth=scram-sha-256", f"--pwfile={secret}", "--username=airflow", "--encoding=UTF8")
    _as_service("initdb", server, "-D", str(data), "--no-sync", *ways)
    secret.unlink()


def _as_service(program: str, server: Postgres, *arguments: str) -> None:
    command = [str(server.programs / program), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", SERVICE_USER, "--", *command]
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False, cwd="/"
    )
    assert done.returncode == 0, f"{program}: {done.stderr}"


def _version(path: Path) -> float:
    return float(path.parent.parent.name)
