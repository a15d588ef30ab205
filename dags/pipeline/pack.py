"""``make pack``: run the real DAGs in this process, month by month, and publish one pack.

    python -m pipeline.pack [--inbox DIR] [--out DIR] [--month YYYY-MM]

What is not given is read from INBOX, OUT and MONTH; an empty value counts as not given. AS_OF names
a later month whose extract is asked about MONTH. Ends with status 0 only if the pack was made.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

from pipeline import progress
from pipeline.alerts import alerts_file, alerts_from
from pipeline.console import Display, output_to_log
from pipeline.contract import EXTRACT_FAMILIES
from pipeline.disk import refusal_of, require_room
from pipeline.headlines import headlines
from pipeline.inboxes import ROOT, invented_inbox, months_to_land
from pipeline.manifest import not_made
from pipeline.month import Month
from pipeline.publication_lock import output_lock, private_folder
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

DEFAULT_OUT = "build"
_PACK_STEPS = 6


def main(arguments: Sequence[str] | None = None) -> int:
    """Publish the month asked for; print a few lines; return the exit status."""
    asked = _read_arguments(arguments)
    try:
        settings = _settings(asked, os.environ)
        log = private_folder(settings) / "logs" / "pack.log"
        # The log is begun anew, so not while another run writes it.
        with output_lock(settings, "make pack"), output_to_log(log) as stream:
            return _run(settings, asked, Display(stream), log)
    except PublicationRefused as refusal:
        _print_refusal(refusal.lines)
        return 1
    except OSError as problem:
        refused = refusal_of(problem)
        if refused is None:
            raise
        _print_refusal(refused.lines)
        return 1


def publish(settings: Settings, asked: argparse.Namespace, display: Display) -> Path:
    """Land every month up to the one asked for and publish that one; return its folder."""
    with progress.told_to(display.tell):
        if not asked.inbox:
            settings = replace(settings, inbox=invented_inbox(settings.private))
        months = months_to_land(settings, settings.as_of or asked.month)
        month = Month.parse(asked.month) if settings.as_of else months[-1]
        position = _end_of_alerts(settings)
        with display.running(len(months) * len(EXTRACT_FAMILIES) + _PACK_STEPS):
            _run_dags(settings, months, month)
    folder = settings.folder_of(month)
    display.say(f"The pack of {month}{_as_known(settings)} is in {folder / 'pack'}")
    told = (line for alert in alerts_from(settings, position) for line in alert.lines)
    for line in (*not_made(folder), *told, *headlines(folder, month)):
        display.say(f"  {line}")
    return folder


def _run(settings: Settings, asked: argparse.Namespace, display: Display, log: Path) -> int:
    try:
        publish(settings, asked, display)
    except Exception as error:
        refused = error if isinstance(error, PublicationRefused) else refusal_of(error)
        if refused is None:
            traceback.print_exc()
            display.say(f"Not published: the program stopped with a fault. The log is {log}")
            return 1
        display.say("Not published:")
        for line in refused.lines:
            display.say(f"  {line}")
        return 1
    return 0


def _as_known(settings: Settings) -> str:
    if not settings.as_of:
        return ""
    return f" as {settings.as_of} knows it (not published; for officers alone)"


def _run_dags(settings: Settings, months: tuple[Month, ...], month: Month) -> None:
    from pipeline.airflow_home import load_dags, prepare_airflow
    from pipeline.landing_step import has_nothing_new

    prepare_airflow(settings)
    dags = load_dags()
    for each, family in product(months, EXTRACT_FAMILIES):
        if has_nothing_new(settings, each, family):
            progress.step(f"{each}: {family.replace('_', ' ')}, as landed before")
        else:
            _run_one(settings, dags[f"land_{family}"], each)
    _run_one(settings, dags["monthly_pack"], month)


def _run_one(settings: Settings, dag: object, month: Month) -> None:
    from pipeline.airflow_home import run_dag

    position = _end_of_alerts(settings)
    conf = {"month": str(month), **({"as_of": settings.as_of} if settings.as_of else {})}
    if run_dag(dag, conf):
        return
    alerts = alerts_from(settings, position)
    if not alerts:
        require_room(settings)
    refusals = [alert for alert in alerts if alert.refused]
    if refusals:
        raise PublicationRefused(*refusals[0].lines)
    told = "; ".join(f"{alert.task} {' '.join(alert.lines)}" for alert in alerts)
    raise RuntimeError(f"a step failed: {told or 'no alert was written'}")


def _end_of_alerts(settings: Settings) -> int:
    file = alerts_file(settings)
    return file.stat().st_size if file.exists() else 0


def _settings(asked: argparse.Namespace, environment: Mapping[str, str]) -> Settings:
    if environment.get("AS_OF") and not asked.month:
        raise PublicationRefused("AS_OF asks how a later month knows an earlier one: give MONTH.")
    if environment.get("SIGN_OFF"):
        raise PublicationRefused(
            "SIGN_OFF needs somebody to ask, so it works under a scheduler only: leave it out here."
        )
    out = Path(asked.out or DEFAULT_OUT).resolve()
    inbox = Path(asked.inbox).resolve() if asked.inbox else out
    wanted = {"PACK_INBOX": str(inbox), "PACK_OUT": str(out)}
    for name in ("RERUN_MONTHS", "REPAIRS", "PACK_COVER_TEMPLATE", "AS_OF"):
        if environment.get(name):
            wanted[name] = environment[name]
    try:
        return Settings.from_environment(wanted)
    except ValueError as problem:
        raise PublicationRefused(f"{problem}.") from problem


def _read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pipeline.pack", description="Publish one month's pack.")
    given = os.environ
    parser.add_argument("--inbox", default=given.get("INBOX", ""), help="folder of month folders")
    parser.add_argument("--out", default=given.get("OUT", ""), help="where to publish: build/")
    parser.add_argument("--month", default=given.get("MONTH", ""), help="2026-10; else the newest")
    return parser.parse_args(arguments)


def _print_refusal(lines: Iterable[str]) -> None:
    print("Not published:")
    for line in lines:
        print(f"  {line}")


if __name__ == "__main__":
    sys.path.append(str(ROOT))
    sys.exit(main())
