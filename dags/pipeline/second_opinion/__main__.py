"""``make second-opinion``: what do the national rules say of a month's SSDA903 files?

    python -m pipeline.second_opinion [--inbox DIR] [--out DIR] [--month YYYY-MM]

What is not given is read from INBOX, OUT and MONTH; without a month the newest one with SSDA903
files is taken. Needs ``make validator`` once. Ends with status 0 only if the page was written.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from pipeline.inbox import has_903, month_folders
from pipeline.month import Month
from pipeline.publication_lock import output_lock
from pipeline.reference import ReferenceUnreadable, council_code
from pipeline.refusal import PublicationRefused
from pipeline.second_opinion.findings import findings, our_issues
from pipeline.second_opinion.returns import ReturnFile, collection_year, read_returns
from pipeline.second_opinion.validator import ENVIRONMENT, NOT_RUN, ask, python_of
from pipeline.second_opinion.writing import write
from pipeline.settings import Settings

DEFAULT_OUT = "build"


def main(
    arguments: Sequence[str] | None = None,
    stream: TextIO | None = None,
    environment: Path = ENVIRONMENT,
) -> int:
    """Ask the validator about the month; print a few lines; return the exit status."""
    stream = stream or sys.stdout
    asked = _read_arguments(arguments)
    try:
        python = python_of(environment)
        month = _month(Path(asked.inbox), asked.month) if asked.inbox else None
        if month is None:
            raise PublicationRefused("Say which inbox: make second-opinion INBOX=dir MONTH=2026-10")
        settings = Settings(Path(asked.inbox), Path(asked.out))
        files = read_returns(settings.inbox, month)
        with output_lock(settings, "make second-opinion"):
            _run(settings, month, files, python, stream)
    except (PublicationRefused, ReferenceUnreadable) as refusal:
        print(refusal, file=stream)
        return 1
    return 0


def _run(
    settings: Settings, month: Month, files: Sequence[ReturnFile], python: Path, stream: TextIO
) -> None:
    print(f"Asking the national rules about the SSDA903 files of {month} ...", file=stream)
    opinion = ask(python, files, collection_year(month), council_code(settings))
    found = findings(opinion, files)
    ours = our_issues(settings.out / str(month))
    page = write(settings.out, month, opinion, found, ours)
    not_run = len(opinion.with_status(NOT_RUN))
    print(
        f"{len(opinion.rules) - not_run} rules ran, {not_run} did not (named on the page); "
        f"{len(found)} findings. A second opinion, not our findings: {page}",
        file=stream,
    )


def _month(inbox: Path, asked: str) -> Month:
    """The month asked for, else the newest one with SSDA903 files."""
    if not inbox.is_dir():
        raise PublicationRefused(f"{inbox}: there is no such folder.")
    try:
        if asked:
            return Month.parse(asked)
        months = [month for month in month_folders(inbox) if has_903(inbox, month)]
    except ValueError as problem:
        raise PublicationRefused(f"{problem}.") from problem
    if not months:
        raise PublicationRefused(f"{inbox}: no month in it has SSDA903 files (folder ssda903).")
    return months[-1]


def _read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="pipeline.second_opinion", description="Ask the national rules of the 903 return."
    )
    given = os.environ
    parser.add_argument("--inbox", default=given.get("INBOX", ""), help="holds the month folders")
    parser.add_argument("--out", default=given.get("OUT") or DEFAULT_OUT, help="default: build/")
    parser.add_argument("--month", default=given.get("MONTH", ""), help="2026-10; else the newest")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
