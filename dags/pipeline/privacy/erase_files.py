"""One person taken out of the files that officers read: every ``restricted/`` folder, and the logs.

A line of a list goes whole. A workbook that names them goes whole too: worklists are made anew each
month, and those of the published month at once.
"""

from __future__ import annotations

import csv
import html
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from pipeline.checking.documents import READABLE, texts
from pipeline.checking.identifiers import Identifiers
from pipeline.privacy.erase_rows import GONE, Found, is_telling
from pipeline.privacy.person import Person
from pipeline.settings import Settings
from pipeline.whole_file import write_whole

MONTHS = "????-??*"
_PERSON_COLUMNS = ("person_id", "child")
_OPINIONS = "second-opinion"
_RECORD_COLUMNS = ("event_id", "row_id")


def restricted_folders(settings: Settings) -> list[Path]:
    """Return every folder of the output that holds rows about children, published or not."""
    months = (path / "restricted" for path in settings.out.glob(MONTHS))
    return [path for path in (*sorted(months), settings.out / "restricted") if path.is_dir()]


def erase_lists(settings: Settings, person: Person, *, dry_run: bool) -> Iterator[Found]:
    """Take a person's lines out of every list, old months' too."""
    for folder in restricted_folders(settings):
        for path in sorted(folder.rglob("*.csv")):
            if not {"pack", _OPINIONS} & set(path.relative_to(folder).parts):
                rows = _erase_lines(path, person, dry_run=dry_run)
                yield Found("restricted lists", path.name, rows)


def erase_workbooks(settings: Settings, person: Person, *, dry_run: bool) -> Iterator[Found]:
    """Remove the worklists that name a person, and the second opinions that do."""
    for folder in restricted_folders(settings):
        for path in sorted(folder.glob("worklists/*.xlsx")):
            lines = [line for words in texts(path) for line in words.split("\n")]
            rows = lines.count(person.id)
            if rows and not dry_run:
                path.unlink()
            yield Found("worklists (removed whole)", path.name, rows)
        for path in sorted(folder.glob(f"{_OPINIONS}/*/findings.csv")):
            rows = _erase_lines(path, person, dry_run=True)
            if rows and not dry_run:
                shutil.rmtree(path.parent)
            yield Found("second opinions (removed whole)", _OPINIONS, rows)


def erase_pages(settings: Settings, person: Person, *, dry_run: bool) -> Iterator[Found]:
    """Blank a person's lines on the officers' pages, and the id wherever it is telling."""
    line = re.compile(rf"<li><b>{re.escape(html.escape(person.id))}</b>.*?</li>", re.DOTALL)
    for folder in restricted_folders(settings):
        for path in sorted(folder.rglob("*.html")):
            words = path.read_text(encoding="utf-8")
            blanked, rows = line.subn(f"<li><b>{GONE}</b></li>", words)
            if is_telling(person.id):
                blanked, more = _without_word(blanked, person.id)
                rows += more
            if rows and not dry_run:
                write_whole(path, blanked)
            yield Found("officers' pages", path.name, rows)


def erase_texts(settings: Settings, person: Person, *, dry_run: bool) -> Iterator[Found]:
    """Blank the id where it stands in a log or in what the door found; only one that is telling."""
    if not is_telling(person.id):
        return
    sought = Identifiers(frozenset({person.id}))
    for path in sorted(settings.private.rglob("*")):
        if path.suffix in (".json", ".jsonl", ".log") and path.is_file():
            words = path.read_text(encoding="utf-8", errors="replace")
            found = sought.stand_in(words)
            if found and not dry_run:
                write_whole(path, words.replace(person.id, GONE))
            yield Found("logs and findings of the door", path.suffix, int(found))


def files_that_still_name(settings: Settings, person: Person) -> list[Path]:
    """Return the files with words, outside the inbox, in which a telling id still stands."""
    if not is_telling(person.id):
        return []
    sought = Identifiers(frozenset({person.id}))
    return [
        path
        for path in sorted(settings.out.rglob("*"))
        if path.is_file()
        and path.suffix in (*READABLE, ".jsonl", ".log")
        and "invented_inbox" not in path.parts
        and sought.stand_in("\n".join(_words(path)))
    ]


def _words(path: Path) -> Iterator[str]:
    if path.suffix in READABLE:
        yield from texts(path)
    else:
        yield path.read_text(encoding="utf-8", errors="replace")


def _without_word(page: str, word: str) -> tuple[str, int]:
    """Blank a whole word in the texts of a page, not in its tags; return how often it stood."""
    whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    parts = re.split(r"(<[^>]*>)", page)
    done = [(part, 0) if part[:1] == "<" else whole.subn(GONE, part) for part in parts]
    return "".join(part for part, _ in done), sum(count for _, count in done)


def _erase_lines(path: Path, person: Person, *, dry_run: bool) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = list(_records(file.read())) or [""]
    columns = _cells(header)
    kept = [_kept(line, columns, person) for line in lines]
    changed = sum(now != before for now, before in zip(kept, lines, strict=True))
    if changed and not dry_run:
        write_whole(path, "".join([header, *kept]))
    return changed


def _kept(line: str, columns: list[str], person: Person) -> str:
    """Return a line as it stays: as it is, with a cell blanked, or empty where it goes."""
    cells = dict(zip(columns, _cells(line), strict=False))
    named = [cells[name].removeprefix("'") for name in _PERSON_COLUMNS if name in cells]
    if person.id in named:
        return ""
    records = {cells[name] for name in _RECORD_COLUMNS if cells.get(name)}
    if named and not any(named) and records & person.records:
        return ""
    if not is_telling(person.id):
        return line
    sought = Identifiers(frozenset({person.id}))
    texts_now = [GONE if sought.stand_in(text) else text for text in cells.values()]
    if texts_now == list(cells.values()):
        return line
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(texts_now)
    return written.getvalue()


def _records(content: str) -> Iterator[str]:
    """Give each record of a CSV file as it is written, its line breaks in quotes included."""
    record = ""
    for line in content.splitlines(keepends=True):
        record += line
        if record.count('"') % 2 == 0:
            yield record
            record = ""
    if record:
        yield record


def _cells(record: str) -> list[str]:
    return next(csv.reader([record]), [])
