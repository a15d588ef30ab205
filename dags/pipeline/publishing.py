"""From the lake to a published month: the steps of one run, in order (ruling F3).

Build, render and check work on ``private/build``; only ``publish`` touches what people read, and
its last act is the rename of the month folder. A run that stops anywhere before leaves the
published month as it was.
"""

from __future__ import annotations

import os
from pathlib import Path

from pipeline import archive
from pipeline.checks import check_folder
from pipeline.dbt_build import DBT_PROJECT, build_models
from pipeline.delivered import require_children
from pipeline.folders import move_in, put_back
from pipeline.manifest import published_computations, write_manifest
from pipeline.marts import publish_marts
from pipeline.month import Month
from pipeline.progress import step
from pipeline.publication_lock import STEP_WAIT_SECONDS, output_lock
from pipeline.reference import council_code
from pipeline.refusal import PublicationRefused
from pipeline.results import write_results
from pipeline.run_plan import RunPlan
from pipeline.settings import Settings
from pipeline.snapshots import plan_run
from pipeline.warehouse import build_database, plan_file, prepare_warehouse


def staged_folder(settings: Settings) -> Path:
    """Return where the month folder is made before it is published."""
    return settings.build / "folder"


def build_warehouse(settings: Settings, month: Month, project: Path = DBT_PROJECT) -> RunPlan:
    """Compute all pending snapshots and the published month in one build (ruling A2).

    Puts right first what a run that was cut off has left. Refuses where a model or a test fails.
    """
    with output_lock(settings, wait=STEP_WAIT_SECONDS):
        la = council_code(settings)
        recover(settings, la)
        require_children(settings, la, month)
        plan = plan_run(settings, la, month, project)
        step(f"computing {_count(len(plan.pending), 'snapshot')}")
        build_models(settings, prepare_warehouse(settings, plan), project)
    return plan


def render_month(settings: Settings, month: Month) -> None:
    """Write the result files, the worklists and the pages of the month into a staged folder."""
    from pipeline.worklists import write_worklists
    from reporting.build import render_officers_page, render_pack

    with output_lock(settings, wait=STEP_WAIT_SECONDS):
        plan = RunPlan.load(plan_file(settings), month)
        database, folder = build_database(settings), staged_folder(settings)
        folder.mkdir(exist_ok=True)
        step("writing the figures")
        write_results(database, plan.la, folder)
        write_worklists(database, plan.la, folder)
        step("making the pack")
        render_pack(database, plan.la, folder)
        render_officers_page(database, plan.la, folder)


def check_month(settings: Settings, month: Month) -> None:
    """Refuse the staged month where it is incomplete or names a child in a public file."""
    with output_lock(settings, wait=STEP_WAIT_SECONDS):
        step("checking the pack")
        RunPlan.load(plan_file(settings), month)
        check_folder(staged_folder(settings))


def publish_month(settings: Settings, month: Month) -> Path:
    """Put the checked month in its place and return its folder.

    In this order: archive, warehouse, officers' marts, month folder, marker. Until the marker is
    written, or the folder is in place with its manifest, the archive does not count.
    """
    with output_lock(settings, wait=STEP_WAIT_SECONDS):
        step("publishing")
        plan = RunPlan.load(plan_file(settings), month)
        if plan.ordinal != archive.next_ordinal(settings, plan.la):
            raise PublicationRefused(
                f"{month}: another month was published since this one was built. Start it again."
            )
        database, folder = build_database(settings), staged_folder(settings)
        write_manifest(settings, plan, folder)
        archive.write(settings, plan, database)
        _publish_warehouse(settings, database)
        move_in(settings, folder, month)
        archive.confirm(settings, plan.la, plan.month, _pending(plan))
    return settings.out / str(month)


def recover(settings: Settings, la: str) -> None:
    """Put right what a run that was cut off has left: half-moved folders, unconfirmed files."""
    put_back(settings)
    archive.recover(settings, la, published_computations(settings, la))


def _publish_warehouse(settings: Settings, database: Path) -> None:
    if database.with_name(f"{database.name}.wal").exists():
        raise RuntimeError(f"{database.name}: rows still lie in its write-ahead log")
    publish_marts(settings, database, os.environ.get("PACK_OFFICERS_GROUP") or None)
    database.chmod(0o600)
    database.replace(settings.warehouse)


def _pending(plan: RunPlan) -> list[archive.Computation]:
    return [
        archive.Computation(one.month, one.computation, one.fingerprint) for one in plan.pending
    ]


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
