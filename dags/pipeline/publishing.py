"""From the lake to a published month: the steps of one run, in order (ruling F3).

Build, render and check work on ``private/build``; only ``publish`` touches what people read, and
its last act is the rename of the month folder. A run that stops anywhere before leaves the
published month as it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline import archive, publications
from pipeline.alerts import Alert, raise_alert
from pipeline.checking.identifiers import of_month
from pipeline.checks import check_folder
from pipeline.dbt_build import DBT_PROJECT, build_models
from pipeline.delivered import require_children
from pipeline.disk import room_given_back
from pipeline.folders import is_in_place, move_in, put_back
from pipeline.manifest import keep_inputs, published_computations, write_manifest
from pipeline.marts import officers_group, publish_marts, require_marts
from pipeline.month import Month
from pipeline.privacy.keys import marts_key
from pipeline.privacy.permissions import open_month, open_to_readers
from pipeline.progress import step
from pipeline.publication_lock import STEP_WAIT_SECONDS, output_lock
from pipeline.reference import council_code
from pipeline.refusal import PublicationRefused
from pipeline.rendering import Rendered, render_packs, require_template
from pipeline.results import write_results
from pipeline.run_log import note_approval, recorded, step_in_words
from pipeline.run_plan import RunPlan, is_published, note_end, require_step
from pipeline.settings import Settings
from pipeline.sign_off import question
from pipeline.snapshots import plan_run
from pipeline.warehouse import build_database, plan_file, prepare_warehouse
from pipeline.whole_file import to_disk


def staged_folder(settings: Settings) -> Path:
    """Return where the month folder is made before it is published."""
    return settings.build / "folder"


def build_warehouse(settings: Settings, month: Month, project: Path = DBT_PROJECT) -> RunPlan:
    """Compute all pending snapshots and the published month in one build (ruling A2).

    Puts right first what a run that was cut off has left. Refuses where a model or a test fails.
    """
    with _alone(settings, month, "build"):
        la = council_code(settings)
        recover(settings, la)
        require_template(settings)
        require_marts(settings)
        plan = plan_run(settings, la, month, project)
        require_children(settings, la, Month.parse(plan.extract_month))
        step(f"computing {_count(len(plan.pending), 'snapshot')}")
        with room_given_back(settings.build):
            build_models(settings, prepare_warehouse(settings, plan), project)
            keep_inputs(settings, plan)
    return plan


def render_month(settings: Settings, month: Month) -> None:
    """Write the result files, the worklists and both packs of the month into a fresh folder."""
    from pipeline.worklists import write_worklists
    from reporting.page.html import render_officers_page

    with _alone(settings, month, "render"):
        plan = _plan(settings, month, after="build")
        database, folder = build_database(settings), staged_folder(settings)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        step("writing the figures")
        write_results(database, plan.la, folder)
        write_worklists(database, plan.la, folder)
        step("making the pack")
        render_packs(settings, plan, database, folder).save(settings)
        render_officers_page(database, plan.la, folder)


def check_month(settings: Settings, month: Month) -> str:
    """Look the staged month over and refuse it where a check fails; say what it would publish.

    What passes goes to the archive, where it counts as published only once it is.
    """
    with _alone(settings, month, "check"):
        step("checking the pack")
        plan = _plan(settings, month, after="render")
        folder, rendered = staged_folder(settings), Rendered.load(settings)
        extract = Month.parse(plan.extract_month)
        write_manifest(settings, plan, folder, rendered)
        check_folder(folder, of_month(settings, plan.la, extract, folder), rendered.not_made)
        archive.write(settings, plan, build_database(settings))
        return question(settings, month, folder, rendered)


def publish_month(
    settings: Settings, month: Month, require_approval: Callable[[], str] | None = None
) -> Path:
    """Put the checked month in its place and return its folder.

    In this order: warehouse, officers' marts, month folder, marker, list of months. Until the
    marker is written, or the folder is in place with its manifest, the figures are not published.
    Warehouse and marts are those of the newest published month: an earlier month that is made again
    leaves them. A month as a later extract knows it is no publication: it gets a folder of its own,
    for its owner alone, and changes nothing else. Published once more, nothing happens.
    ``require_approval`` refuses what nobody has approved, and says who has: it is asked where
    nobody can write a new pack between its answer and the publication.
    """
    with _alone(settings, month, "publish"):
        step("publishing")
        folder, target = staged_folder(settings), settings.folder_of(month)
        plan = RunPlan.load(plan_file(settings), month, settings.as_of)
        if is_published(plan_file(settings)):
            return target
        require_step(plan_file(settings), month, "check")
        if require_approval:
            note_approval(settings, month, require_approval())
        if not is_in_place(target, settings):
            if plan.publication != publications.next_number(settings, plan.la):
                raise PublicationRefused(
                    f"{month}: another month was published since this one was built. Start it "
                    "again."
                )
            _put_in_place(settings, plan, folder, target)
        if not plan.as_of:
            publications.confirm(settings, plan.la, plan.month, pending_computations(plan))
            list_months(settings, month)
    return target


def _put_in_place(settings: Settings, plan: RunPlan, folder: Path, target: Path) -> None:
    if plan.as_of:
        folder.chmod(0o700)
    else:
        database = build_database(settings)
        is_newest = plan.month >= max(published_computations(settings, plan.la), default="")
        # Where this step was cut off and is begun again, the warehouse is in its place already.
        if is_newest and database.exists():
            publish_warehouse(settings, database)
        open_month(folder)
    move_in(folder, target, settings)


def list_months(settings: Settings, month: Month) -> None:
    """Write ``<OUT>/index.html``, which leads to every published month.

    The month is out already: where the list cannot be written an alert says so, and no more.
    """
    try:
        from reporting.months_index import write_months_index

        open_to_readers(write_months_index(settings.out, settings.private))
    except Exception as error:
        line = (
            f"{month} is published, but the list of months in {settings.out / 'index.html'} was "
            f"not written ({type(error).__name__}); the next publication writes it again"
        )
        raise_alert(settings, Alert("monthly_pack", "publish_pack", str(month), False, (line,)))


def recover(settings: Settings, la: str) -> None:
    """Put right what a run that was cut off has left: half-moved folders, unconfirmed files."""
    put_back(settings)
    publications.recover(settings, la, published_computations(settings, la))


@contextmanager
def _alone(settings: Settings, month: Month, step_name: str) -> Iterator[None]:
    """Let no other run near the output while the step works; log it, and note that it ended."""
    with (
        output_lock(settings, step_in_words(step_name, str(month)), wait=STEP_WAIT_SECONDS),
        recorded(settings, month, step_name, settings.as_of),
    ):
        yield
        note_end(plan_file(settings), step_name)


def _plan(settings: Settings, month: Month, after: str) -> RunPlan:
    """Return the plan of this run's build; refuse where another lies there, or not that far."""
    plan = RunPlan.load(plan_file(settings), month, settings.as_of)
    require_step(plan_file(settings), month, after)
    return plan


def publish_warehouse(settings: Settings, database: Path) -> None:
    """Swap in a built warehouse and the officers' copy of its marts, each whole."""
    if database.with_name(f"{database.name}.wal").exists():
        raise RuntimeError(f"{database.name}: rows still lie in its write-ahead log")
    publish_marts(settings, database, marts_key(settings), officers_group())
    database.chmod(0o600)
    to_disk(database)
    database.replace(settings.warehouse)


def pending_computations(plan: RunPlan) -> list[archive.Computation]:
    """Return what a run adds to the archive."""
    return [
        archive.Computation(one.month, one.computation, one.fingerprint) for one in plan.pending
    ]


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
