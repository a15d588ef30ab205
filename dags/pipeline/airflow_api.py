"""Ask a running Airflow how it is and what DAGs it has, over its own web API.

    python -m pipeline.airflow_api scheduler [http://127.0.0.1:8080]

ends with status 0 only if that part of Airflow is well: the health check of a container. It costs
a tenth of a second, where Airflow's own `airflow jobs check` costs three.
"""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

PARTS = ("metadatabase", "scheduler", "dag_processor", "triggerer")
# A council's web proxy is not asked for an address of our own.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_NO_ANSWER = (urllib.error.URLError, TimeoutError, ConnectionError)


@dataclass(frozen=True)
class AirflowApi:
    """The API of one Airflow, used as one of its users; every call may raise OSError."""

    url: str
    user: str
    password: str

    def call(self, method: str, path: str, body: object = None) -> Any:
        """Call the public API and return its answer."""
        signed_in = {"Authorization": f"Bearer {self.token()}"}
        return _request(method, f"{self.url}/api/v2/{path}", body, signed_in)

    def token(self) -> str:
        """Sign in and return a token."""
        body = {"username": self.user, "password": self.password}
        return str(_request("POST", f"{self.url}/auth/token", body)["access_token"])

    def dags(self) -> dict[str, bool]:
        """Return for each DAG that Airflow has read whether it is paused."""
        listed = self.call("GET", "dags?limit=100")["dags"]
        return {one["dag_id"]: bool(one["is_paused"]) for one in listed}

    def unpause(self, dag: str) -> None:
        """Let the schedule of one DAG start runs."""
        self.call("PATCH", f"dags/{dag}", {"is_paused": False})


def unwell(url: str, since: datetime | None = None) -> tuple[str, ...]:
    """Return the parts that are not well; all of them where nothing answers.

    With ``since`` a sign of life from before then does not count: it is an earlier start's.
    """
    try:
        health = _request("GET", f"{url}/api/v2/monitor/health")
    except _NO_ANSWER:
        return PARTS
    return tuple(part for part in PARTS if not _is_well(part, health.get(part) or {}, since))


def _is_well(part: str, health: Mapping[str, str | None], since: datetime | None) -> bool:
    beat = health.get(f"latest_{part}_heartbeat")
    is_old = bool(since and beat and datetime.fromisoformat(beat) < since)
    return health.get("status") == "healthy" and not is_old


def _request(
    method: str, url: str, body: object = None, headers: Mapping[str, str] | None = None
) -> Any:
    request = urllib.request.Request(
        url,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **(headers or {})},
    )
    with _DIRECT.open(request, timeout=10) as answer:
        return json.load(answer)


def main(arguments: Sequence[str]) -> int:
    """Return 0 where the part named first is well."""
    part, url = [*arguments, "http://127.0.0.1:8080"][:2]
    return int(part in unwell(url))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
