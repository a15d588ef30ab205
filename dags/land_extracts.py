"""Land the extracts of one reporting month, one DAG for each family of extracts.

The run of 1 November lands October: its partition key is `2026-10`. A run that was started by
hand may give the month as a param instead. Landing the same files twice changes nothing.

Each landing tells that its family is there, also where the family is absent or was refused: one
late extract does not stop the month, the pack says what is missing. When a family is landed again
later, `announce_late_delivery` has the month's pack made again. A backfill brings all families of
its months, so there the pack waits for all of them: the packs come in order, once each.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import CronPartitionTimetable, dag, get_current_context, task

from steps import (
    ASSETS,
    DEFAULT_ARGS,
    FAMILIES,
    LATE_DELIVERY,
    ONE_AT_A_TIME,
    deadline,
    failures_in_plain_words,
    month_param,
    run_of,
)


def make_landing(family: str) -> Any:
    """Make the DAG that lands one family.

    The family is not an argument of the DAG function: Airflow would turn it into a param.
    """

    @dag(
        dag_id=f"land_{family}",
        schedule=CronPartitionTimetable(
            "0 6 1 * *", timezone="Europe/London", run_offset=-1, key_format="%Y-%m"
        ),
        start_date=pendulum.datetime(2026, 1, 1, tz="Europe/London"),
        catchup=False,
        max_active_runs=1,
        default_args=DEFAULT_ARGS,
        params=month_param(),
        deadline=deadline(),
        tags=["landing", family],
        doc_md=__doc__,
    )
    def land() -> None:
        @task(
            outlets=[ASSETS[family]],
            retries=2,
            retry_delay=timedelta(minutes=5),
            pool_slots=ONE_AT_A_TIME,
        )
        def land_extract() -> bool:
            """Copy the family's extract into the lake; return whether it had been landed before."""
            with failures_in_plain_words():
                from pipeline.landing_step import land_month

                settings, month = run_of(get_current_context())
                return land_month(settings, month, family)

        @task(outlets=[LATE_DELIVERY], retries=0, pool_slots=ONE_AT_A_TIME)
        def announce_late_delivery(was_landed_before: bool) -> None:
            """Ask for the month's pack again, where this family was landed before."""
            from airflow.sdk.exceptions import AirflowSkipException

            if not was_landed_before or get_current_context()["dag_run"].run_type == "backfill":
                raise AirflowSkipException("the pack waits for all families")

        announce_late_delivery(land_extract())  # type: ignore[arg-type]

    return land()


for each in FAMILIES:
    make_landing(each)
