"""``make up``: start Airflow itself on this machine, to look at the DAGs and to run them.

    python -m pipeline.up [--inbox DIR] [--out DIR] [--port 8080]

What is not given is read from INBOX, OUT and PORT. It reads and writes the folders that `make
pack` does; its own database, password and logs lie in ``<OUT>/private/airflow-up``. Only this
machine can reach it. Ctrl-C stops it.

The DAGs are paused until somebody starts them: unpausing a landing DAG starts one run at once,
of the month before this one, and four landings are followed by a publication. UNPAUSE=1 says
that this is wanted; with SIGN_OFF=1 a person is asked before the publication.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pipeline.airflow_api import AirflowApi, unwell
from pipeline.airflow_programs import (
    ADMIN,
    PROGRAMS,
    Program,
    home_of,
    migrate,
    require_all,
    running,
    up_environment,
    write_password,
)
from pipeline.contract import EXTRACT_FAMILIES
from pipeline.inboxes import ROOT, invented_inbox
from pipeline.publication_lock import output_lock, private_folder
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

OUR_DAGS = ("monthly_pack", "retention", *(f"land_{family}" for family in EXTRACT_FAMILIES))
_LONGEST_START = 180.0

_PAUSED = """
  The {count} DAGs are paused. Unpausing a landing DAG starts one run at once, of the month before
  this one; when all four have landed and the pack's DAG is not paused, that month is published.
  Start with SIGN_OFF=1 to be asked first."""
_UNPAUSED = """
  Not paused: {names}.
  A landing DAG starts one run as soon as it is unpaused, of the month before this one; when all
  four have landed and the pack's DAG is not paused, that month is published
  {asked}."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Airflow until Ctrl-C; return 0 then, and 1 where it could not start or has stopped."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _run(_read_arguments(arguments))
    except PublicationRefused as refusal:
        _say("Stopped:", *(f"  {line}" for line in refusal.lines))
        return 1
    except KeyboardInterrupt:
        _say("Stopped.")
    return 0


def require_free(port: int) -> None:
    """Refuse a port of this machine that another program listens on."""
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError as problem:
            raise PublicationRefused(
                f"Port {port} cannot be had ({problem.strerror}): give another, e.g. PORT=8081"
            ) from problem


def _run(asked: argparse.Namespace) -> None:
    settings, port = _settings(asked), _port(asked.port)
    home = home_of(settings)
    private_folder(settings)
    home.mkdir(exist_ok=True, mode=0o700)
    with _alone(home):
        require_free(port)
        environment = up_environment(settings, port, os.environ)
        _say("Starting Airflow; this takes about a minute ...")
        migrate(environment, home / "logs")
        password = write_password(home / "passwords.json")
        api = AirflowApi(f"http://127.0.0.1:{port}", ADMIN, password)
        started = datetime.now(UTC)
        with running(PROGRAMS, environment, home / "logs") as programs:
            _wait_until("well", programs, lambda: not unwell(api.url, started))
            _wait_until("showing the DAGs", programs, lambda: set(OUR_DAGS) <= set(api.dags()))
            if os.environ.get("UNPAUSE") == "1":
                for dag in OUR_DAGS:
                    api.unpause(dag)
            _welcome(settings, api)
            _watch(programs)


def _watch(programs: Sequence[Program]) -> None:
    try:
        while True:
            require_all(programs)
            time.sleep(1)
    except KeyboardInterrupt:
        _say("Stopping; this takes up to a minute. Once more Ctrl-C ends everything at once ...")
        raise


def _wait_until(what: str, programs: Sequence[Program], is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + _LONGEST_START
    while time.monotonic() < until:
        require_all(programs)
        with suppress(OSError):
            if is_so():
                return
        time.sleep(2)
    raise PublicationRefused(
        f"Airflow was not {what} within {_LONGEST_START:.0f} seconds. The logs are in "
        f"{programs[0].log.parent}"
    )


def _welcome(settings: Settings, api: AirflowApi) -> None:
    paused = api.dags()
    awake = [dag for dag in OUR_DAGS if not paused.get(dag, True)]
    asked = "once somebody has approved it" if os.environ.get("SIGN_OFF") else "without asking"
    told = (
        _UNPAUSED.format(names=", ".join(awake), asked=asked)
        if awake
        else _PAUSED.format(count=len(OUR_DAGS))
    )
    _say(
        f"Airflow is running: {api.url} (from this machine only)",
        f"  user {api.user}, password {api.password} (made for this start)",
        f"  reads  {settings.inbox.resolve()}",
        f"  writes {settings.out.resolve()}",
        f"  logs   {home_of(settings) / 'logs'}" + told,
        "Ctrl-C stops it.",
    )


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    handle = os.open(home / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle, home)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, home: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        raise PublicationRefused(
            f"{home}: an Airflow is running here already. Stop it, or give another folder with OUT="
        ) from problem


def _settings(asked: argparse.Namespace) -> Settings:
    out = Path(asked.out or "build").resolve()
    inbox = Path(asked.inbox).resolve() if asked.inbox else out
    rerun = os.environ.get("RERUN_MONTHS") or "2"
    wanted = {"PACK_INBOX": str(inbox), "PACK_OUT": str(out), "RERUN_MONTHS": rerun}
    try:
        settings = Settings.from_environment(wanted)
    except ValueError as problem:
        raise PublicationRefused(f"{problem}.") from problem
    if not asked.inbox:
        with output_lock(settings, "make up"):
            return replace(settings, inbox=invented_inbox(settings.private))
    if not inbox.is_dir():
        raise PublicationRefused(
            f"{inbox}: there is no such folder. INBOX= names the folder of month folders."
        )
    return settings


def _port(text: str) -> int:
    if not text.isdigit() or not 1024 <= int(text) <= 65535:
        raise PublicationRefused(f"PORT is '{text}': give a number from 1024 to 65535")
    return int(text)


def _read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pipeline.up", description="Start Airflow here.")
    given = os.environ
    parser.add_argument("--inbox", default=given.get("INBOX", ""), help="folder of month folders")
    parser.add_argument("--out", default=given.get("OUT", ""), help="where to publish: build/")
    parser.add_argument("--port", default=given.get("PORT") or "8080", help="of this machine: 8080")
    return parser.parse_args(arguments)


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    sys.path.append(str(ROOT))
    sys.exit(main())
