"""A month is published by a process that can reach no network, and that never tries to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dags.dag_environment import ROOT

pytestmark = pytest.mark.slow

# Loaded by Python at its start, in every process that the run starts.
TRIPWIRE = """
import os, socket, sys, traceback

NETWORK = (socket.AF_INET, socket.AF_INET6)
REACHES = ("socket.connect", "socket.sendto", "socket.sendmsg")
ASKS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")


def watch(event, arguments):
    reached = event in REACHES and arguments[0].family in NETWORK
    fetched = event == "urllib.Request" and not arguments[0].startswith(("file:", "data:"))
    if reached or fetched or event in ASKS:
        with open(os.environ["TRIPPED"], "a") as file:
            places = [f"{one.filename}:{one.lineno}" for one in traceback.extract_stack()[:-1]]
            file.write(f"{event}: {places[-3:]}\\n")
        raise OSError(f"no network here: {event}")


sys.addaudithook(watch)
"""


@pytest.fixture
def watched(tmp_path):
    """The settings of a run in which every reach for the network fails and is written down."""
    folder = tmp_path / "tripwire"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(TRIPWIRE)
    paths = os.pathsep.join((str(folder), str(ROOT / "dags"), str(ROOT)))
    return {"PYTHONPATH": paths, "TRIPPED": str(tmp_path / "tripped")}


@pytest.mark.parametrize(
    "reach",
    [
        "import socket; socket.socket().connect(('192.0.2.1', 80))",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'hello', ('192.0.2.1', 53))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import urllib.request; urllib.request.urlopen('https://example.org')",
        "import requests; requests.get('https://example.org')",
    ],
)
def test_the_wire_is_tripped_by_whoever_reaches_out(watched, tmp_path, reach):
    command = [sys.executable, "-c", reach]
    done = subprocess.run(command, env={**os.environ, **watched}, capture_output=True)
    assert done.returncode == 1
    assert b"no network here" in done.stderr
    assert (tmp_path / "tripped").read_text()


def test_a_month_is_published_without_a_network_and_nobody_reaches_for_one(
    small_inbox, watched, tmp_path
):
    out, tripped = tmp_path / "out", Path(watched["TRIPPED"])
    command = [sys.executable, "-m", "pipeline.pack", "--inbox", str(small_inbox)]
    done = subprocess.run(
        [*alone(), *command, "--out", str(out)],
        env={**os.environ, **watched},
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert not tripped.exists(), tripped.read_text()
    assert done.returncode == 0, done.stdout + done.stderr
    assert (out / "2026-10" / "pack" / "index.html").exists()


def alone() -> tuple[str, ...]:
    """What runs a command on a network with nothing in it, also for code that is not Python's.

    Nothing where this machine does not allow that; then the wire alone has to tell.
    """
    command = ("unshare", "--map-root-user", "--net")
    if shutil.which(command[0]) is None:
        return ()
    is_allowed = subprocess.run([*command, "true"], capture_output=True).returncode == 0
    return command if is_allowed else ()
