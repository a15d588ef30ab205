"""Build, check and publish the pack of one reporting month.

Runs once all four families of that month are landed, and again when one of them is delivered
again. If a step fails nothing after it runs, and what was published before stays as it is. Safe to
run again.

Where `SIGN_OFF` is set for the scheduler, a person approves the checked pack before it is
published: one of the users named in `PACK_SIGN_OFF_BY`, where it names any. A rejection fails the
run, and what was published before stays. To mark the sign-off as done is no approval.
"""

from __future__ import annotations

import os
from datetime import timedelta

import pendulum
from airflow.sdk import PartitionedAssetTimetable, dag, get_current_context, task

from steps import (
    ASSETS,
    DEFAULT_ARGS,
    LATE_DELIVERY,
    approvers,
    as_of_param,
    deadline,
    failures_in_plain_words,
    month_param,
    run_of,
)

ALL_FAMILIES = (
    ASSETS["social_care"] & ASSETS["fostering"] & ASSETS["adoption"] & ASSETS["care_leavers"]
)


@dag(
    schedule=PartitionedAssetTimetable(assets=ALL_FAMILIES | LATE_DELIVERY),
    start_date=pendulum.datetime(2026, 1, 1, tz="Europe/London"),
    catchup=False,
    max_active_runs=1,
    default_args={**DEFAULT_ARGS, "retries": 0},
    params={**month_param(), **as_of_param()},
    deadline=deadline(),
    tags=["pack"],
    doc_md=__doc__,
)
def monthly_pack() -> None:
    """Order only: each task imports one function, calls it and returns."""

    @task(retries=2, retry_delay=timedelta(minutes=5))
    def land_reference() -> None:
        """Land the reference data of the month with it (ruling F10)."""
        with failures_in_plain_words():
            from pipeline.landing_step import land_reference_data

            land_reference_data(*run_of(get_current_context()))

    @task
    def build_warehouse() -> None:
        """Compute every pending snapshot in one dbt build, and test it."""
        with failures_in_plain_words():
            from pipeline.publishing import build_warehouse as build

            build(*run_of(get_current_context()))

    @task
    def render_pack() -> None:
        """Write the figures and the pack into a staged folder."""
        with failures_in_plain_words():
            from pipeline.publishing import render_month

            render_month(*run_of(get_current_context()))

    @task
    def check_pack() -> str:
        """Look the staged folder over; say what it would publish, for whoever is to approve it."""
        with failures_in_plain_words():
            from pipeline.publishing import check_month

            return check_month(*run_of(get_current_context()))

    @task
    def publish_pack() -> None:
        """Put the month in its place: archive, warehouse, marts, and last the folder."""
        with failures_in_plain_words():
            from pipeline.publishing import publish_month

            context = get_current_context()
            settings, month = run_of(context)

            def approval() -> str:
                from pipeline.sign_off import require_approval

                answer = context["ti"].xcom_pull(task_ids="sign_off")
                return require_approval(settings, month, answer)

            publish_month(settings, month, approval if os.environ.get("SIGN_OFF") else None)

    checked = check_pack()
    published = publish_pack()
    land_reference() >> build_warehouse() >> render_pack() >> checked
    if os.environ.get("SIGN_OFF"):
        from airflow.providers.standard.operators.hitl import ApprovalOperator

        # Airflow would call a run with a rejection a success; here it fails, for all to see.
        approved = ApprovalOperator(
            task_id="sign_off",
            subject="Publish the pack of {{ params.month or dag_run.partition_key }}?",
            body="{{ ti.xcom_pull(task_ids='check_pack') }}",
            assigned_users=approvers(),
            fail_on_reject=True,
            response_timeout=timedelta(days=5),
        )
        checked >> approved >> published
    else:
        checked >> published


monthly_pack()
