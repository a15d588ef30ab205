"""Tell people that a task failed: one line in plain English, without any child's data."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings
from pipeline.whole_file import append_line

_log = logging.getLogger(__name__)

# How Airflow's sign-off ends without an approval.
_NOT_APPROVED = {
    "HITLRejectException": "The pack was rejected at sign-off.",
    "HITLTimeoutError": "Nobody has answered the sign-off in time.",
}
_STAYS = "Nothing was published; what was published before stays as it is."


class StepFailed(Exception):
    """A step stopped for an unforeseen reason; its text holds no value of the data."""


@dataclass(frozen=True)
class Alert:
    """One failed task. ``lines`` are a refusal's own; of any other error only its kind is told."""

    dag: str
    task: str
    month: str
    refused: bool
    lines: tuple[str, ...]


def alert_of(dag: str, task: str, month: str, error: BaseException | str | None) -> Alert:
    """Describe a failed task. The text of an unforeseen error may hold a value, so it is left out.

    A refusal is recognised also where Airflow's own exception was raised from it.
    """
    refusal = _refusal(error)
    if refusal is not None:
        return Alert(dag, task, month, True, refusal.lines)
    if type(error).__name__ in _NOT_APPROVED:
        return Alert(dag, task, month, True, (_NOT_APPROVED[type(error).__name__], _STAYS))
    text = str(error) if isinstance(error, StepFailed) else type(error).__name__
    return Alert(dag, task, month, False, (f"stopped by {text}; its log says where",))


def without_values(message: str) -> str:
    """Return the first telling line of an error message with everything in quotes left out.

    A database may name the value it stumbled over, and that may be a child's.
    """
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    useful = [line for line in lines if not re.match(r"(Database|Runtime|Compilation) Error", line)]
    text = (useful or lines or [""])[0]
    return re.sub(r"'[^']*'|\"[^\"]*\"", "'…'", text)[:300]


def raise_alert(settings: Settings, alert: Alert) -> None:
    """Write the alert to the log and to ``private/alerts.jsonl``."""
    text = f"{alert.dag}, {alert.task}, {alert.month}: {' '.join(alert.lines)}"
    _log.error(text)
    line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **asdict(alert)})
    append_line(alerts_file(settings), line)


def alerts_file(settings: Settings) -> Path:
    """Return the file that every alert of an output folder is appended to."""
    return settings.private / "alerts.jsonl"


def alerts_from(settings: Settings, position: int) -> list[Alert]:
    """Return the alerts written after ``position``, a size of the file in bytes.

    A line that a full disk has cut off is passed over.
    """
    path = alerts_file(settings)
    if not path.exists():
        return []
    found = []
    for line in path.read_bytes()[position:].decode("utf-8", errors="replace").splitlines():
        with suppress(json.JSONDecodeError):
            found.append(_read(json.loads(line)))
    return found


def _read(values: Mapping[str, object]) -> Alert:
    lines = values["lines"]
    return Alert(
        dag=str(values["dag"]),
        task=str(values["task"]),
        month=str(values["month"]),
        refused=bool(values["refused"]),
        lines=tuple(lines) if isinstance(lines, list) else (),
    )


def _refusal(error: BaseException | str | None) -> PublicationRefused | None:
    while isinstance(error, BaseException):
        if isinstance(error, PublicationRefused):
            return error
        error = error.__cause__
    return None
