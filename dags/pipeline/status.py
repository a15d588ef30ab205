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
from datetime import datetime
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
from pipeline.publication_lock import holder
from pipeline.refusal import PublicationRefused
from pipeline.run_log import ENDED, Entry
from pipeline.run_plan import waits_to_be_published
from pipeline.settings import Settings
from pipeline.snapshots import landed_months, plan_run
from pipeline.warehouse import plan_file

_MONTHS_SHOWN = 6
_ALERTS_SHOWN = 5


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


def _landed(settings: Settings, la: str, months: Sequence[Month], log: list[Entry]) -> Table:
    """What each family brought: tables landed of those known, refused ones, and when."""
    table = Table("month", *(family.replace("_", " ") for family in EXTRACT_FAMILIES))
    for month in months:
        rows = ledger(settings, la, month)
        cells = []
        for family in EXTRACT_FAMILIES:
            mine = [row for row in rows if row.family == family or _stands_for(row.family, family)]
            landed = sum(row.status == "landed" for row in mine)
            refused = sum(row.status == "refused" for row in mine)
            end = _last(log, month, "land", family)
            told = f"{landed} tables" if landed else "missing"
            told += f", {refused} refused" if refused else ""
            cells.append(f"{told}\n{_when(end, '%d %b %Y')}" if end else told)
        table.add_row(str(month), *cells)
    return table


def _stands_for(family: str, wanted: str) -> bool:
    return family == "ssda903" and wanted == "social_care"


def _published(settings: Settings, la: str, months: Sequence[Month], log: list[Entry]) -> Table:
    table = Table("month", "published", "by", "approved by", "computed")
    shown = publications.published(settings, la)
    for month in months:
        is_out = (settings.out / str(month) / "manifest.json").exists()
        end = _last(log, month, "publish", "") if is_out else None
        times = sum(one.snapshot_month == str(month) for one in shown)
        table.add_row(
            str(month),
            _when(end) if end else ("yes" if is_out else "not published"),
            end.by if end else "",
            run_log.approved_by(log, end) if end else "",
            f"{times} times" if times != 1 else "once",
        )
    return table


def _running(settings: Settings, log: list[Entry]) -> list[str]:
    running = holder(settings)
    if running:
        return [f"Running now: {running}."]
    waits = waits_to_be_published(plan_file(settings))
    return [waits] * bool(waits) + [
        f"The {one.words} was cut off (it began {run_log.in_words(one.at)}): start it again."
        for one in run_log.unfinished(log)
        if not _ended_later(log, one)
    ]


def _ended_later(log: Sequence[Entry], cut_off: Entry) -> bool:
    return any(
        (one.month, one.step, one.what, one.outcome)
        == (cut_off.month, cut_off.step, cut_off.what, ENDED)
        for one in log[log.index(cut_off) :]
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


def _last(log: Sequence[Entry], month: Month, step: str, what: str) -> Entry | None:
    found = [
        entry
        for entry in log
        if (entry.month, entry.step, entry.what, entry.outcome) == (str(month), step, what, ENDED)
    ]
    return found[-1] if found else None


def _when(entry: Entry, form: str = "%d %b %Y, %H:%M") -> str:
    return datetime.fromisoformat(entry.at).strftime(form)


def _read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pipeline.status", description="How things stand.")
    parser.add_argument("--inbox", default=os.environ.get("INBOX", ""))
    parser.add_argument("--out", default=os.environ.get("OUT", ""))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
