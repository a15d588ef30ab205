"""``make rebuild``: make the warehouse and the archive again from the lake alone.

    python -m pipeline.rebuild [--out DIR]

For a lost or damaged warehouse, marts or archive. What was published stays as it is and nothing
new is published: each computation that a publication names and the archive lacks is made again
from the extract it was made from, under its old number, in the same bytes.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from pipeline import archive, publications
from pipeline.archive import Computation
from pipeline.console import Display, output_to_log
from pipeline.dbt_build import DBT_PROJECT, build_models
from pipeline.delivered import landed_council
from pipeline.month import Month
from pipeline.publication_lock import output_lock, private_folder
from pipeline.publishing import publish_warehouse, recover
from pipeline.refusal import PublicationRefused
from pipeline.run_log import recorded
from pipeline.run_plan import RunPlan, Snapshot
from pipeline.settings import Settings
from pipeline.snapshots import plan_run
from pipeline.warehouse import build_database, prepare_warehouse


def main(arguments: Sequence[str] | None = None) -> int:
    """Rebuild an output folder; print what was made and what could not be; return the status."""
    asked = _read_arguments(arguments)
    out = Path(asked.out or "build").resolve()
    settings = Settings(inbox=out, out=out)
    try:
        log = private_folder(settings) / "logs" / "rebuild.log"
        # The log is begun anew, so not while another run writes it.
        with output_lock(settings, "make rebuild"), output_to_log(log) as stream:
            return _told(settings, stream)
    except PublicationRefused as refusal:
        print("Not rebuilt:", *refusal.lines, sep="\n  ")
        return 1


def rebuild(settings: Settings, project: Path = DBT_PROJECT) -> tuple[RunPlan, list[Computation]]:
    """Make again what the archive and the warehouse lack.

    Returns what was computed, and the computations that the lake cannot give any more: their
    extract was delivered anew since, or their definitions have changed.
    """
    la = landed_council(settings)
    months = [Month.parse(one.snapshot_month) for one in publications.published(settings, la)]
    if not months:
        raise PublicationRefused("Nothing has been published here, so there is nothing to rebuild.")
    newest = max(months)
    with output_lock(settings, "make rebuild"), recorded(settings, newest, "rebuild"):
        recover(settings, la)
        plan, lost = _plan(settings, la, newest, project)
        database = prepare_warehouse(settings, plan)
        build_models(settings, database, project)
        archive.write(settings, plan, build_database(settings))
        publish_warehouse(settings, build_database(settings))
    return plan, lost


def _plan(
    settings: Settings, la: str, newest: Month, project: Path
) -> tuple[RunPlan, list[Computation]]:
    """Plan the newest published month with the lacking computations pending, and no other."""
    plan = plan_run(settings, la, newest, project)
    lacking = _lacking(settings, la)
    present = {one.month: one.fingerprint for one in plan.snapshots}
    again = {
        one.snapshot_month: one
        for one in lacking
        if present.get(one.snapshot_month) == one.fingerprint
    }
    shown = publications.latest(settings, la, newest)
    snapshots = tuple(
        _snapshot(one, again.get(one.month), shown[one.month], one.month == str(newest))
        for one in plan.snapshots
        if one.month in shown
    )
    lost = [one for one in lacking if again.get(one.snapshot_month) != one]
    return replace(plan, snapshots=snapshots), lost


def _lacking(settings: Settings, la: str) -> list[Computation]:
    """Return the published computations that some table of the archive has no file of."""
    return [
        one
        for one in publications.published(settings, la)
        if any(not archive.files(settings, la, table, [one]) for table in archive.TABLES)
    ]


def _snapshot(
    one: Snapshot, again: Computation | None, shown: Computation, is_newest: bool
) -> Snapshot:
    return replace(
        one,
        is_pending=again is not None,
        is_selected=again is not None or is_newest,
        computation=again.number if again else shown.number,
    )


def _told(settings: Settings, stream: TextIO) -> int:
    display = Display(stream)
    try:
        plan, lost = rebuild(settings)
    except PublicationRefused as refusal:
        display.say("Not rebuilt:")
        for line in refusal.lines:
            display.say(f"  {line}")
        return 1
    display.say(f"The warehouse is rebuilt, with {len(plan.pending)} computations of the archive.")
    for one in lost:
        display.say(
            f"  Number {one.number} of {one.snapshot_month} is lost: its extract or a definition "
            "has changed since."
        )
    return 1 if lost else 0


def _read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pipeline.rebuild", description="Rebuild from the lake.")
    parser.add_argument("--out", default=os.environ.get("OUT", ""))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
