"""One person taken out of the lake: landed extracts, quarantine and the archive.

Rows of an extract go. Of what the archive counted, the row stays without anything that says whose
it was: figures, and the rows that explain how one changed, add up as they were published.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.privacy.person import Person, landed_files, text
from pipeline.privacy.register import PERSONAL
from pipeline.whole_file import written_whole

GONE = "erased"
_TELLING_NUMBER = 6
_TELLING_WORD = 4


@dataclass(frozen=True)
class Found:
    """How many rows of one place were a person's: a table of the lake, or a kind of file."""

    place: str
    table: str
    rows: int


def is_telling(one: str) -> bool:
    """Whether an id can be told from the other words and numbers of a text."""
    return len(one) >= (_TELLING_NUMBER if one.isdigit() else _TELLING_WORD)


def erase_landed(lake: Path, la: str, person: Person, *, dry_run: bool) -> Iterator[Found]:
    """Take a person's rows out of every landed extract, superseded ones included.

    Tables that name them by way of a link come first: cut off anywhere, a second call finds the
    rest.
    """
    tables = [name for name, about in PERSONAL.items() if about.is_of_a_child]
    for table in sorted(tables, key=lambda name: bool(PERSONAL[name].links)):
        condition = person.condition(table)
        found = hits(landed_files(lake, la, table), condition)
        for path in () if dry_run else found:
            without(path, condition)
        yield Found("landed extracts", table, sum(found.values()))


def erase_quarantine(lake: Path, la: str, person: Person, *, dry_run: bool) -> Iterator[Found]:
    """Blank the refused values that are this person's id, or that of a row of theirs."""
    named = _names(person, "value")
    found = hits(landed_quarantine(lake, la), named)
    for path in () if dry_run else found:
        rewrite(path, named, f"* replace ('{GONE}' as value)")
    yield Found("landed extracts", "quarantine", sum(found.values()))


def landed_quarantine(lake: Path, la: str) -> list[Path]:
    """Return every file of refused values, superseded ones included."""
    kept = (lake / "quarantine" / f"la={la}").glob("*/*.parquet")
    earlier = (lake / "_superseded" / "quarantine" / f"la={la}").glob("*/*/*.parquet")
    return sorted([*kept, *earlier])


def erase_archive(lake: Path, la: str, person: Person, *, dry_run: bool) -> Iterator[Found]:
    """Take from the archive whose rows they were; the rows themselves still count."""
    salt = secrets.token_hex()
    for folder in sorted(lake.glob("archive_*")):
        files = sorted((folder / f"la={la}").glob("*/*.parquet"))
        columns = pq.read_schema(files[0]).names if files else []
        if "person_id" in columns:
            condition = _in_the_archive(person, columns)
            found = hits(files, condition)
            for path in () if dry_run else found:
                rewrite(path, condition, nameless(columns, salt))
            yield Found("archive", folder.name, sum(found.values()))


def nameless(columns: Sequence[str], salt: str) -> str:
    """Return the select list that keeps a row of the archive and not whose it is.

    An id becomes a random word, the same in each month, so that what is compared still agrees;
    without the salt, which is thrown away, nobody can make it again.
    """
    person = "coalesce(person_id, '')"
    words = {
        "person_id": "cast(null as varchar)",
        "event_id": _word(salt, "indicator_id", person, "coalesce(event_id, '')"),
        "row_id": _word(salt, "issue_id", "table_name", "row_id"),
        "repair_id": _word(salt, "repair_id"),
        "bad_value": _word(salt, "issue_id", "column_name", "bad_value"),
        "detail": f"'{GONE}'",
        "evidence": f"'{GONE}'",
        "repaired_value": f"if(repaired_value like '(%)', repaired_value, '({GONE})')",
    }
    always = ("person_id", "event_id")
    replaced = ", ".join(
        f"{sql if name in always else f'case when {name} is not null then {sql} end'} as {name}"
        for name, sql in words.items()
        if name in columns
    )
    return f"* replace ({replaced})"


def _word(salt: str, *parts: str) -> str:
    joined = ", '|', ".join((text(salt), *parts))
    return f"concat('{GONE}-', left(sha256(concat({joined})), 12))"


def _in_the_archive(person: Person, columns: Sequence[str]) -> str:
    conditions = [f"person_id = {text(person.id)}"]
    if "row_id" in columns:
        nobody = "person_id is null"
        conditions.append(f"{nobody} and ({_names(person, 'row_id')})")
        conditions += [_names(person, name) for name in ("bad_value", "detail", "evidence")]
    return " or ".join(f"({one})" for one in conditions)


def _names(person: Person, column: str) -> str:
    """Return the condition that a text is an id of this person, or has one in it."""
    ids = {person.id, *person.records, *(one for ids in person.links.values() for one in ids)}
    telling = sorted(one for one in ids if is_telling(one))
    exact = ", ".join(text(one) for one in telling) or "''"
    if not is_telling(person.id):
        return f"{column} in ({exact})"
    word = f"(^|\\W)\\Q{person.id}\\E(\\W|$)"
    return f"{column} in ({exact}) or regexp_matches({column}, {text(word)})"


def without(path: Path, condition: str) -> None:
    """Drop the rows that meet a condition from a file."""
    rows = pq.ParquetFile(path).read()
    with duckdb.connect() as connection:
        connection.register("rows", rows)
        kept = connection.sql(f"select * from rows where not coalesce({condition}, false)")
        _replace(path, kept.to_arrow_table().cast(rows.schema))


def rewrite(path: Path, condition: str, shown: str) -> None:
    """Show the rows of a file that meet a condition in another way."""
    rows = pq.ParquetFile(path).read()
    with duckdb.connect() as connection:
        connection.register("rows", rows)
        query = (
            f"select * from rows where not coalesce({condition}, false) "
            f"union all select {shown} from rows where {condition} order by all"
        )
        _replace(path, connection.sql(query).to_arrow_table().cast(rows.schema))


def hits(paths: Sequence[Path], condition: str) -> dict[Path, int]:
    """Return how many rows of each file meet a condition; only files with one are named."""
    if not paths or condition == "false":
        return {}
    names = ", ".join(text(path) for path in paths)
    with duckdb.connect() as connection:
        found = connection.execute(
            f"select filename, count(*) from read_parquet([{names}], hive_partitioning = false, "
            f"union_by_name = true, filename = true) as rows where {condition} group by filename"
        ).fetchall()
    return {Path(name): int(rows) for name, rows in found}


def _replace(path: Path, rows: pa.Table) -> None:
    with written_whole(path) as new:
        pq.write_table(rows.combine_chunks(), new, compression="zstd", store_schema=False)
