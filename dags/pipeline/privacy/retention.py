"""``make retention``: delete what is older than the council's rule.

    python -m pipeline.privacy.retention [--out DIR]

PACK_KEEP_EXTRACTS_MONTHS says how many months of landed extracts are kept,
PACK_KEEP_RESTRICTED_MONTHS how many of published lists about children; what is not set is kept for
good. Months are counted back from the newest landed one, not from today. Published figures and
packs stay, byte for byte.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from pipeline import publications
from pipeline.month import Month
from pipeline.privacy.deleted import mark_deleted
from pipeline.privacy.remove_old import Removed, remove_extract, remove_lists, unname_archive
from pipeline.publication_lock import output_lock
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings
from pipeline.snapshots import landed_months

KEEP_EXTRACTS = "PACK_KEEP_EXTRACTS_MONTHS"
KEEP_RESTRICTED = "PACK_KEEP_RESTRICTED_MONTHS"
_ALWAYS_KEPT = 2
_COLUMNS = ("council", "place", "month", "table", "rows", "files", "rule", "newest_month")


@dataclass(frozen=True)
class Rule:
    """How many months are kept of what; None: all. ``least`` months are kept whatever they say."""

    extracts: int | None = None
    restricted: int | None = None
    least: int = _ALWAYS_KEPT + 2

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Rule:
        """Read the rule; raise ValueError, in plain words, where a number cannot be used."""
        values = os.environ if environment is None else environment
        rerun = _number(values, "RERUN_MONTHS")
        least = _ALWAYS_KEPT + (2 if rerun is None else rerun)
        return cls(_number(values, KEEP_EXTRACTS), _number(values, KEEP_RESTRICTED), least)

    def oldest_kept(self, landed: Sequence[Month], keep: int) -> Month:
        """Return the first month that is kept; ``landed`` come oldest first and are not empty."""
        return min(landed[-1].plus(1 - keep), landed[-self.least :][0])


@dataclass(frozen=True)
class Line:
    """What was deleted by one rule in one go."""

    council: str
    what: Removed
    rule: str
    newest: Month


def main(arguments: Sequence[str] | None = None, stream: TextIO | None = None) -> int:
    """Apply the rule of the environment; print what was deleted; return the exit status."""
    parser = argparse.ArgumentParser(prog="pipeline.privacy.retention")
    parser.add_argument("--out", default=os.environ.get("OUT", ""), help="published folder: build/")
    out = Path(parser.parse_args(arguments).out or "build").resolve()
    told = stream or sys.stdout
    try:
        lines = retain(Settings(inbox=out, out=out), Rule.from_environment())
    except (PublicationRefused, ValueError) as refusal:
        print(str(refusal), file=told)
        return 1
    print(*_told(lines), sep="\n", file=told)
    return 0


def retain(settings: Settings, rule: Rule, wait: float = 0) -> list[Line]:
    """Delete what the rule says, under the lock, and write it to ``private/retention.csv``.

    Waits up to ``wait`` seconds for another run, then refuses.
    Never goes the extract of a month that was not published, of the newest two landed months, or
    of those that a run computes again. Cut off, a second call completes it.
    """
    if not settings.lake.is_dir():
        return []
    with output_lock(settings, "make retention", wait=wait):
        lines = []
        for folder in sorted((settings.lake / "ledger").glob("la=*")):
            la = folder.name.partition("=")[2]
            landed = landed_months(settings, la)
            if landed:
                lines += [*_extracts(settings, la, landed, rule)]
                lines += [*_lists(settings, la, landed, rule)]
        _write(settings, lines)
    return lines


def rule_in_words(rule: Rule) -> list[str]:
    """Return the rule in plain words, for whoever runs it and for the data-protection page."""
    kept = {"landed extracts": (rule.extracts, KEEP_EXTRACTS)}
    kept |= {"lists about children": (rule.restricted, KEEP_RESTRICTED)}
    return [
        f"{what}: the newest {max(months, rule.least)} months are kept ({name}={months}, and never "
        f"fewer than {rule.least})"
        if months is not None
        else f"{what}: all are kept, for {name} is not set"
        for what, (months, name) in kept.items()
    ]


def _extracts(settings: Settings, la: str, landed: list[Month], rule: Rule) -> Iterator[Line]:
    if rule.extracts is None:
        return
    oldest, words = rule.oldest_kept(landed, rule.extracts), f"{KEEP_EXTRACTS}={rule.extracts}"
    published = publications.latest(settings, la, landed[-1])
    for month in landed:
        if month < oldest and str(month) in published:
            mark_deleted(settings, la, month, words, landed[-1])
            for removed in remove_extract(settings, la, month):
                yield Line(la, removed, words, landed[-1])


def _lists(settings: Settings, la: str, landed: list[Month], rule: Rule) -> Iterator[Line]:
    if rule.restricted is None:
        return
    oldest = rule.oldest_kept(landed, rule.restricted)
    words = f"{KEEP_RESTRICTED}={rule.restricted}"
    for removed in (*remove_lists(settings, oldest), *unname_archive(settings, la, oldest)):
        yield Line(la, removed, words, landed[-1])


def _write(settings: Settings, lines: Iterable[Line]) -> None:
    path = settings.private / "retention.csv"
    is_new = not path.exists()
    rows = [
        (one.council, *(getattr(one.what, name) for name in _COLUMNS[1:6]), one.rule, one.newest)
        for one in lines
    ]
    if rows:
        with path.open("a", encoding="utf-8", newline="") as file:
            written = csv.writer(file, lineterminator="\n")
            written.writerows([_COLUMNS, *rows] if is_new else rows)


def _told(lines: Sequence[Line]) -> Iterator[str]:
    yield from rule_in_words(Rule.from_environment())
    rows: Counter[tuple[str, str]] = Counter()
    for one in lines:
        rows[one.what.place, one.what.month] += one.what.rows
    for (place, month), number in rows.items():
        yield f"deleted: {place} of {month}, {number} rows"
    yield "The list is in private/retention.csv." if lines else "Nothing was old enough to delete."


def _number(values: Mapping[str, str], name: str) -> int | None:
    given = values.get(name, "")
    if given and not (given.isdigit() and (int(given) > 0 or name == "RERUN_MONTHS")):
        raise ValueError(f"{name} is '{given}': give a whole number of months such as 36")
    return int(given) if given else None


if __name__ == "__main__":
    sys.exit(main())
