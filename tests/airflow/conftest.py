"""One Airflow as docker-compose.yml has it, its people, and the month that it publishes."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.month import Month
from tests.airflow import postgres
from tests.airflow.collector import Collector, collecting
from tests.airflow.composed import ROOT, Composed, Person

LONDON = ZoneInfo("Europe/London")
ROLES = {"viewer": "Pack viewer", "approver": "Pack approver", "operator": "Pack operator"}
# Shorter than the month takes here, so that it is missed.
DEADLINE_HOURS = 60 / 3600


def month_of_schedule(now: datetime) -> str:
    """The month that is due by then: the one before the last 1st of a month, 06:00 in London."""
    tick = now.astimezone(LONDON) - timedelta(hours=6)
    return str(Month(tick.year, tick.month).plus(-1))


MONTH = month_of_schedule(datetime.now(UTC))


@pytest.fixture(scope="session")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The month that is due, of an invented council of sixty children."""
    folder = tmp_path_factory.mktemp("council") / "inbox"
    sizes = ("--months", "1", "--children", "60", "--years", "2", "--last-month", MONTH)
    command = [sys.executable, "-m", "synthetic", "--out", str(folder), *sizes]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def undisturbed(inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The same month published by `make pack` meanwhile: what the figures have to be."""
    out = tmp_path_factory.mktemp("undisturbed")
    command = [sys.executable, "-m", "pipeline.pack", "--inbox", str(inbox), "--out", str(out)]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'dags'}:{ROOT}"}
    with subprocess.Popen(["nice", *command], env=environment, stdout=subprocess.PIPE) as made:
        yield out
        made.kill()


@pytest.fixture(scope="session")
def collector() -> Iterator[Collector]:
    """What listens for Airflow's metrics."""
    with collecting() as found:
        yield found


@pytest.fixture(scope="session")
def composed(
    inbox: Path, undisturbed: Path, collector: Collector, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Composed]:
    """The database and the four programs, well; skipped where there is no PostgreSQL."""
    if postgres.programs() is None:
        assert not os.environ.get("PACK_REQUIRE_POSTGRES"), "PostgreSQL is not installed"
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    folder = tmp_path_factory.mktemp("airflow")
    given = {"METRICS": "True", "METRICS_TO": collector.url}
    given |= {"PACK_DEADLINE_HOURS": str(DEADLINE_HOURS)}
    with postgres.running(folder, secrets.token_hex(32)) as database:
        airflow = Composed(folder, inbox, database, given)
        airflow.prepare()
        with airflow.up():
            yield airflow


@pytest.fixture(scope="session")
def people(composed: Composed) -> dict[str, Person]:
    """Somebody of each role, the administrator who made their logins, and somebody without one."""
    admin = Person.signed_in(composed.url, "admin", composed.secret("admin_password"))
    found = {"admin": admin, "stranger": Person(composed.url, "stranger", "")}
    for name, role in ROLES.items():
        password = secrets.token_hex(16)
        login = {"username": name, "password": password, "roles": [{"name": role}]}
        named = {"first_name": name, "last_name": "of the test", "email": f"{name}@example.org"}
        admin.gets("POST", "auth/fab/v1/users", {**login, **named})
        found[name] = Person.signed_in(composed.url, name, password)
    return found
