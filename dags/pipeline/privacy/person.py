"""One person in the landed tables: their rows, and the ids by which other rows are theirs.

A review names a period of care and no child; a price names a placement. So the links of a person
are followed from table to table. A link that another person has too is nobody's: ids of a case
system should not collide, but what is another child's must not be lost with this one's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipeline.contract import TABLES
from pipeline.privacy.register import PERSONAL, Personal

Links = Mapping[str, frozenset[str]]
# A link found in one table may lead to another: care to review, review to the work on it.
_STEPS = 3


@dataclass(frozen=True)
class Person:
    """A person's own id, the links that are theirs alone, and the ids of their rows."""

    id: str
    links: Links = field(default_factory=dict)
    records: frozenset[str] = frozenset()

    def condition(self, table: str) -> str:
        """Return the SQL condition that a row of a landed table is this person's."""
        return row_condition(PERSONAL[table], {"person": frozenset({self.id}), **self.links})


def row_condition(about: Personal, wanted: Links) -> str:
    """Return the SQL condition that a row names one of these people or of these links."""
    conditions = []
    if about.person:
        conditions.append(_is_in(about.person, wanted.get("person", frozenset())))
    for column, kind in about.through.items():
        named = f"{about.person} is null and " if about.person else ""
        conditions.append(f"{named}{_is_in(column, wanted.get(kind, frozenset()))}")
    return " or ".join(f"({one})" for one in conditions) or "false"


def find(lake: Path, la: str, person_id: str) -> Person:
    """Follow a person through every landed extract of a council, superseded ones included."""
    person = Person(person_id)
    with duckdb.connect() as connection:
        for _ in range(_STEPS):
            found = _links(connection, lake, la, person)
            if found == person.links:
                break
            person = Person(person_id, found)
        records = frozenset(_records(connection, lake, la, person))
    return Person(person_id, person.links, records)


def landed_files(lake: Path, la: str, table: str) -> list[Path]:
    """Return every delivery of a table that is kept, superseded ones included."""
    return sorted(
        path
        for root in (lake, lake / "_superseded")
        for path in (root / table / f"la={la}").glob("snapshot_month=*/*.parquet")
    )


def _links(
    connection: duckdb.DuckDBPyConnection, lake: Path, la: str, person: Person
) -> dict[str, frozenset[str]]:
    mine: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for table, about in PERSONAL.items():
        files = landed_files(lake, la, table) if about.links and about.is_of_a_child else []
        for column, kind in about.links.items() if files else ():
            is_mine = f"coalesce({person.condition(table)}, false)"
            query = f"select distinct {column}, {is_mine} from {_rows(files)}"
            for value, found in connection.execute(query).fetchall():
                if value is not None:
                    (mine if found else others).setdefault(kind, set()).add(value)
    return {kind: frozenset(ids - others.get(kind, set())) for kind, ids in mine.items()}


def _records(
    connection: duckdb.DuckDBPyConnection, lake: Path, la: str, person: Person
) -> Iterator[str]:
    """Give the ids of the person's own rows: by them findings name a row without a child."""
    for table, about in PERSONAL.items():
        unique = TABLES[table].unique
        files = landed_files(lake, la, table) if about.is_of_a_child and unique else []
        if files:
            column = unique[0]
            query = f"select distinct {column} from {_rows(files)} where {person.condition(table)}"
            yield from (row[0] for row in connection.execute(query).fetchall())


def _rows(files: Iterable[Path]) -> str:
    names = ", ".join(text(path) for path in files)
    return f"read_parquet([{names}], hive_partitioning = false, union_by_name = true)"


def text(value: object) -> str:
    """Return a value as a literal of SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def _is_in(column: str, values: Iterable[str]) -> str:
    wanted = ", ".join(text(value) for value in sorted(values))
    return f"{column} in ({wanted})" if wanted else "false"
