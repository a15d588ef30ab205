"""Who was erased: a list of keyed hashes, and the landing that keeps these people out.

``private/erased.json`` holds no id, only what a key of its own makes of one. The key is not that of
the marts, so that a new one there does not forget who was erased.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.contract import Table
from pipeline.lake import QuarantineRow
from pipeline.landed_table import LandedTable
from pipeline.privacy.keys import Key, kept_key
from pipeline.privacy.person import Person, row_condition
from pipeline.privacy.register import PERSONAL, Personal
from pipeline.settings import Settings
from pipeline.whole_file import write_whole

REASON = "erased"
PERSON = "person"


@dataclass(frozen=True)
class Erased:
    """The hashes of those who were erased, by kind: person, or a link such as a period of care."""

    key: Key
    hashes: Mapping[str, frozenset[str]]

    def holds(self, la: str, kind: str, value: str) -> bool:
        """Whether this id is of somebody who was erased."""
        return self.hash(la, kind, value) in self.hashes.get(kind, frozenset())

    def hash(self, la: str, kind: str, value: str) -> str:
        """Return what stands for an id in the list."""
        return self.key.pseudonym(la, kind, value)


def read_erased(settings: Settings) -> Erased | None:
    """Return the list of those erased; None where nobody was."""
    path = _list_file(settings)
    if not path.exists():
        return None
    known = json.loads(path.read_text(encoding="utf-8"))
    hashes = {kind: frozenset(several) for kind, several in known.items()}
    return Erased(erasure_key(settings), hashes)


def add_erased(settings: Settings, la: str, person: Person) -> None:
    """Put a person, and the links that are theirs alone, on the list; for good."""
    known = read_erased(settings) or Erased(erasure_key(settings), {})
    hashes = {kind: set(several) for kind, several in known.hashes.items()}
    for kind, ids in {PERSON: {person.id}, **person.links}.items():
        hashes.setdefault(kind, set()).update(known.hash(la, kind, one) for one in ids)
    content = {kind: sorted(several) for kind, several in sorted(hashes.items())}
    write_whole(_list_file(settings), json.dumps(content, indent=1) + "\n")


def erasure_key(settings: Settings) -> Key:
    """Return the key of the list, made once and kept beside it."""
    return kept_key(settings.private / "erasure.key", "the list of erased people")


def keep_out(settings: Settings, la: str, tables: list[LandedTable]) -> list[LandedTable]:
    """Take the rows of erased people out of a delivery; quarantine says which rows they were.

    The ledger still counts them as delivered: what was landed is the same file as ever, and no
    figure of an earlier extract is computed again because of an erasure.
    """
    erased = read_erased(settings)
    if erased is None:
        return tables
    delivery = _Delivery(erased, la, tables)
    return [delivery.without_erased(one) for one in tables]


@dataclass(frozen=True)
class _Delivery:
    """One family's tables as delivered, and who in them was erased."""

    erased: Erased
    la: str
    tables: list[LandedTable]

    def without_erased(self, one: LandedTable) -> LandedTable:
        about = PERSONAL.get(one.table.name)
        condition = row_condition(about, self._wanted) if about else "false"
        if condition == "false" or not one.rows.num_rows:
            return one
        kept = _query(one.rows, f"select * from rows where not coalesce({condition}, false)")
        if kept.num_rows == one.rows.num_rows:
            return one
        gone = _query(one.rows, f"select source_file, source_row from rows where {condition}")
        lines = tuple(_lines(one.table, gone))
        rows = kept.cast(one.rows.schema)
        return replace(one, rows=rows, quarantine=(*one.quarantine, *lines))

    @cached_property
    def _wanted(self) -> dict[str, frozenset[str]]:
        """The erased ids of this delivery: those on the list, and the links that lead to them."""
        wanted = {PERSON: frozenset(self._on_the_list(PERSON))}
        kinds = {kind for about in PERSONAL.values() for kind in about.links.values()}
        wanted |= {kind: frozenset(self._on_the_list(kind)) for kind in sorted(kinds)}
        for one in self.tables:
            about = PERSONAL.get(one.table.name)
            if about and about.person and wanted[PERSON]:
                mine = row_condition(about, {PERSON: wanted[PERSON]})
                for column, kind in about.links.items():
                    theirs = frozenset(_values(one.rows, column, f"not ({mine})"))
                    found = frozenset(_values(one.rows, column, mine)) - theirs
                    wanted[kind] = wanted[kind] | found
        return wanted

    def _on_the_list(self, kind: str) -> Iterator[str]:
        for one in self.tables:
            about = PERSONAL.get(one.table.name)
            for column in _columns(about, kind) if about else ():
                for value in _values(one.rows, column):
                    if self.erased.holds(self.la, kind, value):
                        yield value


def _columns(about: Personal, kind: str) -> Iterable[str]:
    if kind == PERSON:
        return (about.person,) if about.person else ()
    return [column for column, of in about.through.items() if of == kind]


def _values(rows: pa.Table, column: str, condition: str = "true") -> list[str]:
    if not rows.num_rows:
        return []
    query = f"select distinct {column} from rows where {column} is not null and ({condition})"
    values: list[str] = _query(rows, query).column(0).to_pylist()
    return values


def _query(rows: pa.Table, query: str) -> pa.Table:
    with duckdb.connect() as connection:
        connection.register("rows", rows)
        return connection.sql(query).to_arrow_table()


def _lines(table: Table, gone: pa.Table) -> Iterator[QuarantineRow]:
    for row in gone.to_pylist():
        file, number = str(row["source_file"]), int(row["source_row"])
        place = (table.family, table.name, file, number)
        yield QuarantineRow(*place, None, None, REASON, 1, "row refused")


def _list_file(settings: Settings) -> Path:
    return settings.private / "erased.json"
