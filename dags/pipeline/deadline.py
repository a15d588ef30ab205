"""Tell people that a run takes longer than it should: it hangs, or waits for somebody.

Airflow calls ``tell`` once for each run that has not ended PACK_DEADLINE_HOURS after its start.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pipeline.alerts import Alert, raise_alert
from pipeline.settings import Settings


def longest_run(environment: Mapping[str, str] | None = None) -> timedelta | None:
    """Return how long a run may take before an alert says so; none where that is not asked for.

    Raise ValueError, in plain words, where PACK_DEADLINE_HOURS is no number of hours.
    """
    given = (os.environ if environment is None else environment).get("PACK_DEADLINE_HOURS", "")
    if not given:
        return None
    try:
        hours = float(given)
        longest = timedelta(hours=hours)
    except (ValueError, OverflowError):
        hours = 0
    if not hours > 0:
        raise ValueError(f"PACK_DEADLINE_HOURS is '{given}': give a number of hours such as 24")
    return longest


def tell(context: Mapping[str, Any], hours: float) -> None:
    """Write the alert that a run has missed its deadline; the run itself goes on."""
    run = context["dag_run"]
    conf = run.get("conf") or {}
    month = conf.get("month") or run.get("partition_key") or "no month"
    lines = (
        f"This run has not ended {_said(hours)} after its start.",
        "It goes on. Airflow shows which step it is at: one that runs, that failed, or that "
        "waits for sign-off. Nothing is published before the run ends.",
    )
    raise_alert(
        Settings.from_environment(), Alert(str(run["dag_id"]), "deadline", str(month), False, lines)
    )


def _said(hours: float) -> str:
    number, unit = (hours, "hour") if hours >= 1 else (hours * 60, "minute")
    return f"{number:g} {unit}{'' if number == 1 else 's'}"
