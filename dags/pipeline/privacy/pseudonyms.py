"""What the officers' marts show in place of what identifies a child.

Every id becomes a keyed pseudonym: the same child has the same one in every table and month, and
nobody can make it from the id without the key. The hash is of council and id alone, so a new key
changes all of them and nothing joins an export of before with one of after.

Free text is left out: the words of a finding name other rows, days and birthdays. A recorded or
repaired value is left out too, since it may be an id or a date of birth; only what the figures did
with a row is kept. An amount in years is an age, and becomes its band.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb
import pyarrow as pa

from pipeline.privacy.keys import Key

PERSON_COLUMNS = ("person_id",)
# A row of the source, a household, a fault or a repair: all are hashed alike, so they join.
RECORD_COLUMNS = ("event_id", "row_id", "repair_id", "fault_name")
LEFT_OUT = ("bad_value", "detail", "evidence")
WORDS_OF_A_REPAIR = ("(dropped)", "(folded)")
_AGES = """
    select indicator_id from source.main.dim_indicator where unit = 'years'
"""
_BAND = """
    case
        when amount < 1 then 'under 1'
        when amount < 5 then '1-4'
        when amount < 10 then '5-9'
        when amount < 16 then '10-15'
        else '16+'
    end
"""


def add_pseudonyms(connection: duckdb.DuckDBPyConnection, key: Key, marts: Iterable[str]) -> None:
    """Add a table ``pseudonym`` (la, id, hash) for every id in these marts of ``source``."""
    parts = [
        f"select la, {column} as id from source.main.{mart} where {column} is not null"
        for mart in marts
        for column in _columns(connection, mart)
        if column in (*PERSON_COLUMNS, *RECORD_COLUMNS)
    ]
    parts.append("select '' as la, '' as id where false")
    ids = connection.sql(" union ".join(parts)).fetchall()
    rows = [(la, name, key.pseudonym(la, name)) for la, name in ids]
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    texts = [pa.array(column, pa.string()) for column in columns]
    connection.register("hashed_ids", pa.table(texts, ["la", "id", "hash"]))
    connection.execute("create temp table pseudonym as from hashed_ids")
    connection.unregister("hashed_ids")


def without_identifiers(connection: duckdb.DuckDBPyConnection, mart: str) -> str:
    """Return the query that gives a mart of ``source`` with pseudonyms in place of ids."""
    columns = _columns(connection, mart)
    hashed = [name for name in columns if name in (*PERSON_COLUMNS, *RECORD_COLUMNS)]
    joins = " ".join(
        f"left join pseudonym as p_{name} on rows.la = p_{name}.la and rows.{name} = p_{name}.id"
        for name in hashed
    )
    wanted = ", ".join(f"{_shown(name, columns)} as {name}" for name in columns)
    return f"select {wanted} from source.main.{mart} as rows {joins}"


def _shown(name: str, columns: Sequence[str]) -> str:
    if name in PERSON_COLUMNS:
        return f"'p-' || p_{name}.hash"
    if name in RECORD_COLUMNS:
        return f"'r-' || p_{name}.hash"
    if name in LEFT_OUT:
        return "cast(null as varchar)"
    if name == "repaired_value":
        words = ", ".join(f"'{word}'" for word in WORDS_OF_A_REPAIR)
        return f"case when rows.{name} in ({words}) then rows.{name} end"
    is_age = f"rows.indicator_id in ({_AGES}) and rows.amount is not null"
    if "person_id" in columns and "amount" in columns and name in ("amount", "base_amount"):
        return f"case when not ({is_age}) then rows.{name} end"
    if "person_id" in columns and "amount" in columns and name == "category":
        return f"case when {is_age} then {_BAND} else rows.{name} end"
    return f"rows.{name}"


def _columns(connection: duckdb.DuckDBPyConnection, mart: str) -> list[str]:
    rows = connection.execute(
        "select column_name from duckdb_columns() where database_name = 'source' "
        "and schema_name = 'main' and table_name = ? order by column_index",
        [mart],
    ).fetchall()
    return [row[0] for row in rows]
