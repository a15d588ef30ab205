"""Delete what is older than the council's rule, once a month.

The rule is `PACK_KEEP_EXTRACTS_MONTHS` and `PACK_KEEP_RESTRICTED_MONTHS`; where neither is set
nothing is deleted and the run says so. Months are counted back from the newest landed one. What was
deleted is written to `private/retention.csv`; published figures and packs stay as they are.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import dag, task

from steps import OWNER, failures_in_plain_words

log = logging.getLogger(__name__)


def _settings() -> Any:
    from pathlib import Path

    from pipeline.settings import Settings

    out = os.environ.get("PACK_OUT")
    if not out:
        raise ValueError("set PACK_OUT to the folder that is written to")
    return Settings(inbox=Path(out), out=Path(out))


def _tell_of_failure(context: Mapping[str, Any]) -> None:
    """Write an alert for a failed run; it is of no one month."""
    from pipeline.alerts import alert_of, raise_alert

    instance = context["ti"]
    alert = alert_of(instance.dag_id, instance.task_id, "every month", context.get("exception"))
    raise_alert(_settings(), alert)


@dag(
    schedule="0 5 15 * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="Europe/London"),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": OWNER, "on_failure_callback": _tell_of_failure},
    tags=["privacy"],
    doc_md=__doc__,
)
def retention() -> None:
    """One task: it holds the lock, so it waits for a run that is under way."""

    @task(retries=2, retry_delay=timedelta(minutes=30))
    def delete_what_is_old() -> None:
        """Apply the rule; say what it is and how much went."""
        with failures_in_plain_words():
            from pipeline.privacy.retention import Rule, retain, rule_in_words
            from pipeline.publication_lock import STEP_WAIT_SECONDS
            from pipeline.refusal import PublicationRefused

            try:
                rule, settings = Rule.from_environment(), _settings()
            except ValueError as problem:
                raise PublicationRefused(str(problem)) from problem
            for line in rule_in_words(rule):
                log.info(line)
            deleted = retain(settings, rule, STEP_WAIT_SECONDS)
            rows = sum(one.what.rows for one in deleted)
            log.info("%s rows deleted; private/retention.csv has the list", rows)

    delete_what_is_old()


retention()
