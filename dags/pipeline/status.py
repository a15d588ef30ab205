"""``make status``: what was landed when, what is missing, what is running, what was published.

    python -m pipeline.status [--inbox DIR] [--out DIR]

Reads the ledger, the run log and the alerts of an output folder; it writes nothing. Ends with
status 0 where the newest month is published as it was landed, else with 1.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.table import Table

from pipeline import publications, run_log
from pipeline.alerts import alerts_file, alerts_from
from pipeline.contract import EXTRACT_FAMILIES
from pipeline.dbt_build import DBT_PROJECT
from pipeline.delivered import landed_council, ledger
from pipeline.month import Month
from pipeline.publication_lock import is_held
from pipeline.refusal import PublicationRefused
from pipeline.run_log import ENDED, Entry
from pipeline.settings import Settings
from pipeline.snapshots import landed_months, plan_run

_MONTHS_SHOWN = 6
_ALERTS_SHOWN = 5
_WIDTH_OF_A_FILE = 120


def main(arguments: Sequence[str] | None = None, stream: TextIO | None = None) -> int:
    """Print how things stand; return the exit status."""
    asked = _read_arguments(arguments)
    out = Path(asked.out or "build").resolve()
    settings = Settings(inbox=Path(asked.inbox).resolve() if asked.inbox else out, out=out)
    console = Console(file=stream or sys.stdout, highlight=False, markup=False, soft_wrap=True)
    try:
        la = landed_council(settings)
    except PublicationRefused as refusal:
        console.print(*refusal.lines)
        return 1
    log = run_log.entries(settings)
    months = landed_months(settings, la)[-_MONTHS_SHOWN:]
    console.print(_landed(settings, la, months, log))
    console.print(_published(settings, la, months, log))
    for line in (*_running(settings, log), *_alerts(settings)):
        console.print(line)
    waiting = _waiting(settings, la, months)
    for line in waiting or ["Nothing waits: the newest month is published as it was landed."]:
        console.print(line)
    return 1 if waiting else 0


def _landed(settings: Settings, la: str, months: Sequence[Month], log: Sequence[Entry]) -> Table:
    """What each family brought: tables landed of those known, refused ones, and when."""
    table = Table("month", *(family.replace("_", " ") for family in EXTRACT_FAMILIES))
    for month in months:
        rows = ledger(settings, la, month)
        cells = []
        for family in EXTRACT_FAMILIES:
            mine = [row for row in rows if row.family == family or _stands_for(row.family, family)]
            landed = sum(row.status == "landed" for row in mine)
            refused = sum(row.status == "refused" for row in mine)
            when = _last(log, month, "land", family)
            told = f"{landed} tables" if landed else "missing"
            cells.append(told + (f", {refused} refused" if refused else "") + when)
        table.add_row(str(month), *cells)
    return table


def _stands_for(family: str, wanted: str) -> bool:
    return family == "ssda903" and wanted == "social_care"


def _published(settings: Settings, la: str, months: Sequence[Month], log: Sequence[Entry]) -> Table:
    table = Table("month", "published", "by", "computed")
    shown = publications.published(settings, la)
    for month in months:
        ends = [
            entry
            for entry in log
            if (entry.month, entry.step, entry.what, entry.outcome)
            == (str(month), "publish", "", ENDED)
        ]
        is_out = (settings.out / str(month) / "manifest.json").exists()
        times = sum(one.snapshot_month == str(month) for one in shown)
        table.add_row(
            str(month),
            ends[-1].at if ends and is_out else ("yes" if is_out else "not published"),
            ends[-1].by if ends and is_out else "",
            f"{times} times" if times != 1 else "once",
        )
    return table


def _running(settings: Settings, log: list[Entry]) -> list[str]:
    open_ones = run_log.unfinished(log)
    if is_held(settings):
        newest = open_ones[-1:]
        told = [f"{one.step} of {one.month}, since {one.at}, by {one.by}" for one in newest]
        return [f"Running now: {told[0] if told else 'another program holds the output folder'}."]
    return [
        f"{one.step} of {one.month} was cut off (it began {one.at}): start it again."
        for one in open_ones
        if not _ended_later(log, one)
    ]


def _ended_later(log: Sequence[Entry], cut_off: Entry) -> bool:
    return any(
        (one.month, one.step, one.what, one.outcome)
        == (cut_off.month, cut_off.step, cut_off.what, ENDED)
        and one.at >= cut_off.at
        for one in log
    )


def _alerts(settings: Settings) -> list[str]:
    found = alerts_from(settings, 0) if alerts_file(settings).exists() else []
    return [
        f"Alert: {one.task} of {one.month}: {' '.join(one.lines)}" for one in found[-_ALERTS_SHOWN:]
    ]


def _waiting(settings: Settings, la: str, months: Sequence[Month]) -> list[str]:
    """What is landed and not published as it now stands."""
    if not months:
        return ["Nothing has been landed yet."]
    newest = months[-1]
    try:
        pending = plan_run(settings, la, newest, DBT_PROJECT).pending
    except PublicationRefused as refusal:
        return list(refusal.lines)
    known = publications.latest(settings, la, newest)
    return [
        f"{one.month}: landed, and not published yet."
        if one.month not in known
        else f"{one.month}: its extract, or what it rests on, has changed since it was published."
        for one in pending
    ]


def _last(log: Sequence[Entry], month: Month, step: str, what: str) -> str:
    found = [
        entry
        for entry in log
        if (entry.month, entry.step, entry.what, entry.outcome) == (str(month), step, what, ENDED)
    ]
    return f" ({found[-1].at[:16].replace('T', ' ')})" if found else ""


def _read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pipeline.status", description="How things stand.")
    parser.add_argument("--inbox", default=os.environ.get("INBOX", ""))
    parser.add_argument("--out", default=os.environ.get("OUT", ""))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
