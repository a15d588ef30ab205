"""What both DAG files share: who owns them, which month and folders a run has, how it says no.

Nothing here does work when it is read: everything heavy is imported inside a task.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.sdk import Asset, DeadlineAlert, DeadlineReference, Param, SyncCallback

if TYPE_CHECKING:
    from pipeline.month import Month
    from pipeline.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    # Airflow puts dags/ on the path; expectations/ and reporting/ lie beside it.
    sys.path.append(str(ROOT))

log = logging.getLogger(__name__)

OWNER = "performance-team"
FAMILIES = ("social_care", "fostering", "adoption", "care_leavers")
ASSETS = {family: Asset(f"landed_{family}") for family in FAMILIES}
LATE_DELIVERY = Asset("late_delivery")
# More than half of the 128 slots that Airflow's own pool has, so that one such step runs at a time.
# Of two families that land in the same instant Airflow would take each for the month's first, for
# it locks one asset at a time (apache/airflow issue 71070), and the pack would wait for ever.
ONE_AT_A_TIME = 65


def month_param() -> dict[str, Any]:
    """Return the params of every DAG: the month, for a run that has no partition key."""
    return {
        "month": Param(
            None,
            type=["null", "string"],
            pattern=r"^\d{4}-\d{2}$",
            title="Reporting month",
            description="Year and month, e.g. 2026-10. Empty: the month of the partition.",
        ),
    }


def as_of_param() -> dict[str, Any]:
    """Return the param of the pack's DAG that asks for a month as a later extract knows it."""
    return {
        "as_of": Param(
            None,
            type=["null", "string"],
            pattern=r"^\d{4}-\d{2}$",
            title="As known in",
            description="A later month, e.g. 2026-12. Empty: the month's own extract.",
        )
    }


def run_of(context: Mapping[str, Any]) -> tuple[Settings, Month]:
    """Return the folders and the month of a run (ruling F11); refuse where one is not given.

    The folders are the environment's: whoever may start a run has no say in where it reads and
    writes. ``as_of`` is the run's.
    """
    import os

    from pipeline.month import reporting_month
    from pipeline.refusal import PublicationRefused
    from pipeline.settings import Settings

    run = context["dag_run"]
    as_of = (run.conf or {}).get("as_of") or context["params"].get("as_of") or ""
    try:
        month = reporting_month(context["params"], run.partition_key)
        return Settings.from_environment({**os.environ, "AS_OF": as_of}), month
    except ValueError as problem:
        raise PublicationRefused(str(problem)) from problem


def approvers() -> list[dict[str, str]]:
    """Return the users of PACK_SIGN_OFF_BY, as Airflow's sign-off wants them.

    None named: everyone whose role in Airflow lets them answer.
    """
    import os

    names = (name.strip() for name in os.environ.get("PACK_SIGN_OFF_BY", "").split(","))
    return [{"id": name, "name": name} for name in dict.fromkeys(names) if name]


def deadline() -> DeadlineAlert | None:
    """Return what has people told that a run takes too long; none without PACK_DEADLINE_HOURS."""
    from pipeline.deadline import longest_run

    longest = longest_run()
    if longest is None:
        return None
    hours = longest.total_seconds() / 3600
    told = SyncCallback("pipeline.deadline.tell", kwargs={"hours": hours})
    return DeadlineAlert(DeadlineReference.DAGRUN_QUEUED_AT, longest, told)


@contextmanager
def failures_in_plain_words() -> Iterator[None]:
    """Let a refusal fail the task at once: tried again in five minutes it would say the same.

    Of any other error only the kind and the place go on, with all quoted values left out: its
    text may name what it stumbled over, and that may be a child's.
    """
    from airflow.sdk.exceptions import AirflowFailException

    from pipeline.alerts import StepFailed, without_values
    from pipeline.disk import refusal_of
    from pipeline.refusal import PublicationRefused

    try:
        yield
    except PublicationRefused as refusal:
        raise AirflowFailException(str(refusal)) from refusal
    except Exception as error:
        refused = refusal_of(error)
        if refused is not None:
            raise AirflowFailException(str(refused)) from refused
        places = "".join(traceback.format_tb(error.__traceback__))
        text = f"{type(error).__name__}: {without_values(str(error))}"
        log.error("%s\n%s", text, places)
        raise StepFailed(text) from None


def tell_of_failure(context: Mapping[str, Any]) -> None:
    """Write an alert for a failed task; never let the alert itself fail the run."""
    from pipeline.alerts import alert_of, raise_alert

    settings, month = run_of(context)
    instance = context["ti"]
    error = context.get("exception")
    raise_alert(settings, alert_of(instance.dag_id, instance.task_id, str(month), error))


DEFAULT_ARGS: dict[str, Any] = {"owner": OWNER, "on_failure_callback": tell_of_failure}
