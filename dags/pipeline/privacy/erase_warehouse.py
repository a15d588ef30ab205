"""One person taken out of the published warehouse, which is then written anew.

Rows that are only deleted would still lie in the file's free blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from pipeline.privacy.erase_rows import GONE, Found, is_telling
from pipeline.privacy.person import Person, text

Table = tuple[str, str]
_LINKS = {"placement_id": "placement", "care_id": "care", "review_id": "review"}


def erase_in_warehouse(warehouse: Path, person: Person, *, dry_run: bool) -> Iterator[Found]:
    """Copy the warehouse without a person's rows and swap the copy in whole."""
    new = warehouse.with_name(f".{warehouse.name}.part")
    for left in (new, new.with_name(f"{new.name}.wal")):
        left.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"attach {text(warehouse)} as source (read_only)")
        tables = _tables(connection)
        for table, columns in tables.items():
            yield _count(connection, table, condition(columns, person))
        if dry_run:
            return
        connection.execute(f"attach {text(new)} as warehouse")
        for (schema, name), columns in tables.items():
            connection.execute(f'create schema if not exists warehouse."{schema}"')
            rows = _without(schema, name, columns, person)
            connection.execute(f'create table warehouse."{schema}"."{name}" as {rows}')
        _copy_views(connection)
        connection.execute("detach warehouse")
    new.chmod(0o600)
    new.replace(warehouse)


def condition(columns: Iterable[str], person: Person) -> str:
    """Return the SQL condition that a row of a model is this person's."""
    names = list(columns)
    people = [name for name in names if name.endswith("person_id")]
    mine = [f'"{name}" = {text(person.id)}' for name in people]
    nobody = "".join(f'"{name}" is null and ' for name in people)
    records = _LINKS if not people else {}
    links = {name: person.links.get(kind, frozenset()) for name, kind in records.items()}
    if people:
        links |= dict.fromkeys(("row_id", "event_id"), person.records)
    for name, ids in links.items():
        if name in names and ids:
            wanted = ", ".join(text(one) for one in sorted(ids))
            mine.append(f'{nobody}"{name}" in ({wanted})')
    return " or ".join(f"({one})" for one in mine) or "false"


def _without(schema: str, name: str, columns: Iterable[str], person: Person) -> str:
    source = f'source."{schema}"."{name}"'
    blanked = "*"
    if is_telling(person.id) and "bad_value" in columns:
        word = text(f"(^|\\W)\\Q{person.id}\\E(\\W|$)")
        texts = [one for one in ("bad_value", "detail", "evidence") if one in columns]
        cases = (
            f"case when regexp_matches({one}, {word}) then '{GONE}' else {one} end as {one}"
            for one in texts
        )
        blanked = f"* replace ({', '.join(cases)})"
    return f"select {blanked} from {source} where not coalesce({condition(columns, person)}, false)"


def _count(connection: duckdb.DuckDBPyConnection, table: Table, wanted: str) -> Found:
    query = f'select count(*) from source."{table[0]}"."{table[1]}" where {wanted}'
    found = connection.execute(query).fetchone() if wanted != "false" else None
    return Found("warehouse", table[1], int(found[0]) if found else 0)


def _tables(connection: duckdb.DuckDBPyConnection) -> dict[Table, list[str]]:
    rows = connection.execute(
        "select schema_name, table_name, list(column_name order by column_index) "
        "from duckdb_columns() inner join duckdb_tables() using (database_name, schema_name, "
        "table_name) where database_name = 'source' group by all order by all"
    ).fetchall()
    return {(schema, name): columns for schema, name, columns in rows}


def _copy_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the views again, in any order in which each finds what it reads."""
    views = connection.execute(
        "select schema_name, sql from duckdb_views() "
        "where database_name = 'source' and not internal order by view_oid"
    ).fetchall()
    connection.execute("use warehouse")
    for schema, sql in views:
        connection.execute(f'create schema if not exists warehouse."{schema}"')
        connection.execute(sql)
    connection.execute("use memory")
