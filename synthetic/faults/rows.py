"""Shapes told by the rows they change, of any table: children, workers, households, prices.

A shape is told in two halves: who suits it, and what is changed for one of them; the second half
says which cell is wrong (or, for a look-alike, must not be blamed).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from synthetic.tables import FAMILIES, columns_of

from .cares import day_of, text_of, today
from .extracts import Extracts, Row, Value
from .injection import Issue, Shape, Truth

One = TypeVar("One")


@dataclass(frozen=True)
class Spot:
    """One cell that a shape touched or points at; ``true_value`` None: what stands is right."""

    table: str
    row_id: str
    column: str
    recorded: Value
    true_value: Value = None
    is_sound: bool = False
    person_id: str = ""
    is_repairable: bool = False


Make = Callable[[Extracts, random.Random, int], list[Spot]]


def each_of(
    suitable: Callable[[Extracts], Mapping[str, One]],
    change: Callable[[Extracts, random.Random, One], Spot],
) -> Make:
    """Return a shape that changes so many of those who suit it."""

    def make(extracts: Extracts, chance: random.Random, number: int) -> list[Spot]:
        found = suitable(extracts)
        chosen = extracts.take(found, chance, number, found.get)
        return [change(extracts, chance, one) for _, one in chosen]

    return make


def issue_of(issue_id: str, faults: Mapping[str, Make], look_alikes: Mapping[str, Make]) -> Issue:
    """Return an issue from the shapes' makers."""
    return Issue(
        issue_id,
        {name: _shape(issue_id, name, make, is_fault=True) for name, make in faults.items()},
        {name: _shape(issue_id, name, make, is_fault=False) for name, make in look_alikes.items()},
    )


def _shape(issue_id: str, name: str, make: Make, *, is_fault: bool) -> Shape:
    def shape(extracts: Extracts, chance: random.Random, number: int) -> list[Truth]:
        return [
            Truth(
                issue_id=issue_id,
                shape=name,
                is_fault=is_fault,
                snapshot_month=extracts.latest,
                person_id=spot.person_id,
                table=spot.table,
                row_id=spot.row_id,
                column=spot.column,
                recorded_value=text_of(spot.recorded),
                true_value=text_of(spot.true_value if is_fault else spot.recorded),
                is_repairable=spot.is_repairable,
            )
            for spot in make(extracts, chance, number)
        ]

    return shape


def missing_from(table: str) -> str:
    """Return the true value where a whole row of a table is what is missing."""
    return f"(row missing in {table})"


def id_column(table: str) -> str:
    """Return the column that names a table's rows: its first."""
    family = next(name for name, tables in FAMILIES.items() if table in tables)
    return columns_of(family, table)[0]


def rows_with(extracts: Extracts, table: str, row_id: Value, month: str | None = None) -> list[Row]:
    """Return the rows of an id in a month."""
    return list(extracts.where(table, id_column(table), row_id, month))


def row_with(extracts: Extracts, table: str, row_id: Value, month: str | None = None) -> Row:
    """Return the only row of an id in a month."""
    (row,) = rows_with(extracts, table, row_id, month)
    return row


def single_rows(extracts: Extracts, table: str) -> dict[str, Row]:
    """Return the rows of the latest month whose id stands once, by id."""
    found = extracts.rows_of(table, id_column(table))
    return {row_id: rows[0] for row_id, rows in found.items() if len(rows) == 1}


def retype(extracts: Extracts, table: str, row: Row, column: str, value: Value) -> Value:
    """Type a value over a cell in every month that says what the latest says; return what stood."""
    stood, key = row[column], row[id_column(table)]
    for month in extracts.months:
        for other in rows_with(extracts, table, key, month):
            if other[column] == stood:
                other[column] = value
    return stood


def add_as_known(extracts: Extracts, table: str, row: Row, begins: str) -> None:
    """Add a row to every month that may know it by its first day, without its later dates."""
    for month in extracts.months:
        end = today(extracts, month)
        if day_of(row[begins]) <= end:
            known = {key: _by(value, end) for key, value in row.items()}
            extracts.rows(table, month).add(known)


def _by(value: Value, end: date) -> Value:
    return None if isinstance(value, date) and value > end else value
