"""``make forget``: take one child or young person out of everything that is held here.

    python -m pipeline.privacy.forget [PERSON] [--out DIR] [--dry-run]

What is not given is read from PERSON, OUT and DRY_RUN. It needs the council's own id. Published
figures stay as they are, byte for byte, and nothing is computed again. The inbox is the council's
own, and so are backups and what was handed on: this removes nothing there.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import duckdb

from pipeline.folders import put_back
from pipeline.marts import officers_group, publish_marts, require_marts
from pipeline.privacy.erase_files import (
    erase_lists,
    erase_pages,
    erase_texts,
    erase_workbooks,
    files_that_still_name,
)
from pipeline.privacy.erase_rows import Found, erase_archive, erase_landed, erase_quarantine
from pipeline.privacy.erase_warehouse import erase_in_warehouse
from pipeline.privacy.erased import PERSON, Erased, add_erased, erasure_key
from pipeline.privacy.keys import marts_key
from pipeline.privacy.person import Person, find
from pipeline.publication_lock import output_lock
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings
from pipeline.snapshots import landed_months
from pipeline.worklists import write_worklists

_COLUMNS = ("person", "place", "table", "rows", "newest_month")
_DRY_RUN = "Nothing was changed: leave DRY_RUN out to erase them."
_NOT_OURS = (
    "The inbox, backups and whatever was handed on are the council's own: erase them there too. "
    "A later extract that brings this person back is landed without them."
)


@dataclass(frozen=True)
class Erasure:
    """What was found of a person, by place and table, and the files that still name them."""

    found: tuple[Found, ...]
    left: tuple[Path, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows there were in all."""
        return sum(one.rows for one in self.found)


def main(arguments: Sequence[str] | None = None, stream: TextIO | None = None) -> int:
    """Erase, or only count; print how many rows of what; return the exit status."""
    asked = _read_arguments(arguments)
    told = stream or sys.stdout
    out = Path(asked.out or "build").resolve()
    try:
        if not asked.person:
            raise PublicationRefused("Say who: make forget PERSON=... [DRY_RUN=1] [OUT=dir]")
        erasure = forget(Settings(inbox=out, out=out), asked.person, dry_run=asked.dry_run)
    except PublicationRefused as refusal:
        print(*refusal.lines, sep="\n", file=told)
        return 1
    print(*_lines(erasure, asked.dry_run), sep="\n", file=told)
    return 1 if erasure.left and not asked.dry_run else 0


def forget(settings: Settings, person_id: str, *, dry_run: bool) -> Erasure:
    """Erase a person under the lock; with ``dry_run`` only count what would go.

    The person is on the list of those erased before the first row goes, so an erasure that is cut
    off is completed by a second call. Refuses where no row of the person is held.
    """
    if not settings.lake.is_dir():
        raise PublicationRefused(f"{settings.out}: nothing has been landed there.")
    with output_lock(settings, "make forget"):
        put_back(settings)
        require_marts(settings)
        la = _council(settings, person_id)
        person = find(settings.lake, la, person_id)
        found = _added_up(_everywhere(settings, la, person, dry_run=True))
        if not found:
            raise PublicationRefused(f"No row of this person is held in {settings.out}.")
        if dry_run:
            return Erasure(found)
        add_erased(settings, la, person)
        done = _added_up(_everywhere(settings, la, person, dry_run=False))
        _write_report(settings, la, person_id, done)
        return Erasure(done, tuple(files_that_still_name(settings, person)))


def _council(settings: Settings, person_id: str) -> str:
    """Return the council that landed here; where there are several, the one that knows the id."""
    folders = sorted((settings.lake / "ledger").glob("la=*"))
    known = [folder.name.partition("=")[2] for folder in folders]
    if len(known) > 1:
        known = [la for la in known if find(settings.lake, la, person_id).records]
    if len(known) != 1:
        raise PublicationRefused(
            f"{settings.out}: it is not clear which council's person this is: "
            f"{', '.join(known) or 'none of those landed here'} has the id."
        )
    return known[0]


def _everywhere(settings: Settings, la: str, person: Person, *, dry_run: bool) -> Iterator[Found]:
    """Go through all that is held, the landed extracts last: they tell whose rows are whose."""
    if not dry_run:
        shutil.rmtree(settings.build, ignore_errors=True)
    yield from erase_archive(settings.lake, la, person, dry_run=dry_run)
    yield from erase_lists(settings, person, dry_run=dry_run)
    yield from erase_workbooks(settings, person, dry_run=dry_run)
    yield from erase_pages(settings, person, dry_run=dry_run)
    yield from erase_texts(settings, person, dry_run=dry_run)
    yield from _warehouse(settings, la, person, dry_run=dry_run)
    yield from erase_quarantine(settings.lake, la, person, dry_run=dry_run)
    yield from erase_landed(settings.lake, la, person, dry_run=dry_run)


def _warehouse(settings: Settings, la: str, person: Person, *, dry_run: bool) -> Iterator[Found]:
    """The warehouse, and what is made from it: the officers' marts and the month's worklists."""
    if not settings.warehouse.exists():
        return
    yield from erase_in_warehouse(settings.warehouse, person, dry_run=dry_run)
    if dry_run:
        return
    publish_marts(settings, settings.warehouse, marts_key(settings), officers_group())
    folder = settings.out / _month_of(settings.warehouse)
    if (folder / "restricted" / "worklists").is_dir():
        write_worklists(settings.warehouse, la, folder)


def _month_of(warehouse: Path) -> str:
    with suppress(duckdb.CatalogException), duckdb.connect(str(warehouse), read_only=True) as db:
        row = db.execute("select month from dim_publication").fetchone()
        if row:
            return str(row[0])
    return "no month"


def _added_up(found: Iterable[Found]) -> tuple[Found, ...]:
    rows: Counter[tuple[str, str]] = Counter()
    for one in found:
        rows[one.place, one.table] += one.rows
    return tuple(Found(*place, number) for place, number in rows.items() if number)


def _write_report(settings: Settings, la: str, person_id: str, found: Iterable[Found]) -> None:
    """Add to ``private/erasures.csv`` how many rows of what went; the id is not in it."""
    path = settings.private / "erasures.csv"
    who = Erased(erasure_key(settings), {}).hash(la, PERSON, person_id)
    newest = max(landed_months(settings, la), default="")
    is_new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        written = csv.writer(file, lineterminator="\n")
        if is_new:
            written.writerow(_COLUMNS)
        written.writerows([f"x-{who}", one.place, one.table, one.rows, newest] for one in found)
    path.chmod(0o600)


def _lines(erasure: Erasure, dry_run: bool) -> Iterator[str]:
    places: Counter[str] = Counter()
    for one in erasure.found:
        places[one.place] += one.rows
    yield f"{'Would be erased' if dry_run else 'Erased'}: {erasure.rows} rows"
    for place, rows in places.items():
        tables = [one for one in erasure.found if one.place == place]
        shown = ", ".join(f"{one.table} {one.rows}" for one in tables)
        yield f"  {place}: {rows} ({shown})" if len(tables) <= 40 else f"  {place}: {rows}"
    if dry_run:
        yield _DRY_RUN
        return
    yield "Published figures and packs are unchanged. The counts are in private/erasures.csv."
    if erasure.left:
        yield "These files still hold the id, look at them: "
        yield from (f"  {path}" for path in erasure.left)
    yield _NOT_OURS


def _read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pipeline.privacy.forget", description="Erase a person.")
    given = os.environ
    parser.add_argument("person", nargs="?", default=given.get("PERSON", ""))
    parser.add_argument("--out", default=given.get("OUT", ""), help="published folder: build/")
    parser.add_argument("--dry-run", action="store_true", default=bool(given.get("DRY_RUN")))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
