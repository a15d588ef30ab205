"""The extracts of an invented council in memory, month by month, where faults can be typed in."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from synthetic.council import Council
from synthetic.records import make_council
from synthetic.reference import write_reference
from synthetic.settings import CouncilSettings
from synthetic.spelling import Spelling
from synthetic.tables import FAMILIES, columns_of
from synthetic.writers import write_table

Value = str | int | float | date | None
Row = dict[str, Value]
One = TypeVar("One")
PLAIN = Spelling()


class Table(Iterable[Row]):
    """The rows of a table in one month, in order, and found by what stands in a column.

    Rows are changed in place; only a column by which rows are found is changed by ``rename``.
    """

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        """Hold the rows."""
        self._rows = list(rows)
        self._gone: set[int] = set()
        self._by: dict[str, dict[str, list[Row]]] = {}

    def __iter__(self) -> Iterator[Row]:
        """Go through the rows, without those that were taken out."""
        if self._gone:
            self._rows = [row for row in self._rows if id(row) not in self._gone]
            self._gone.clear()
        return iter(self._rows)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._rows) - len(self._gone)

    def by(self, column: str) -> Mapping[str, Sequence[Row]]:
        """Return the rows by what stands in a column, each list in the table's order."""
        if column not in self._by:
            found: dict[str, list[Row]] = {}
            for row in self:
                found.setdefault(str(row[column]), []).append(row)
            self._by[column] = found
        return self._by[column]

    def add(self, row: Row) -> Row:
        """Add a row; return it."""
        self._rows.append(row)
        for column, found in self._by.items():
            found.setdefault(str(row[column]), []).append(row)
        return row

    def remove(self, rows: Iterable[Row]) -> None:
        """Take out rows of the table."""
        for row in tuple(rows):
            self._gone.add(id(row))
            for column in self._by:
                self._forget(column, row)

    def rename(self, row: Row, column: str, value: str) -> None:
        """Type another value into a column by which rows are found."""
        if column in self._by:
            self._forget(column, row)
            self._by[column].setdefault(value, []).append(row)
        row[column] = value

    def _forget(self, column: str, row: Row) -> None:
        found, key = self._by[column], str(row[column])
        found[key] = [other for other in found[key] if other is not row]
        if not found[key]:
            del found[key]


@dataclass(eq=False)
class Extracts:
    """Every table of every monthly extract as lists of rows; values are as the tables hold them.

    ``months`` are in order, as ``2026-10``; each month has its own copy of every row, so that a
    fault typed in one month can be right in the month before.
    """

    settings: CouncilSettings
    months: tuple[str, ...]
    _tables: dict[tuple[str, str], Table]
    taken: set[str] = field(default_factory=set)
    _found: dict[Callable[[Extracts], Any], Any] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: CouncilSettings) -> Extracts:
        """Invent the council and take its extracts."""
        council = make_council(settings)
        tables = {
            (f"{day:%Y-%m}", table): Table(_as_known(council, family, table, day))
            for day in settings.month_ends
            for family, tables in FAMILIES.items()
            for table in tables
        }
        return cls(settings, tuple(f"{day:%Y-%m}" for day in settings.month_ends), tables)

    @property
    def latest(self) -> str:
        """The last month."""
        return self.months[-1]

    @property
    def tables(self) -> Mapping[tuple[str, str], Table]:
        """Every table by its month and name."""
        return self._tables

    def rows(self, table: str, month: str | None = None) -> Table:
        """The rows of a table in a month, the latest where none is given; change them in place."""
        return self._tables[month or self.latest, table]

    def rows_of(
        self, table: str, column: str, month: str | None = None
    ) -> Mapping[str, Sequence[Row]]:
        """The rows of a table by person (or any other id), in the table's order."""
        return self.rows(table, month).by(column)

    def where(
        self, table: str, column: str, value: Value, month: str | None = None
    ) -> tuple[Row, ...]:
        """The rows of a person (or any other id) in a month, the latest where none is given."""
        return tuple(self.rows_of(table, column, month).get(str(value), ()))

    def blank(self, table: str) -> Row:
        """Return a row of a table with nothing in it."""
        family = next(name for name, tables in FAMILIES.items() if table in tables)
        return dict.fromkeys(columns_of(family, table))

    def remove(
        self,
        table: str,
        column: str,
        value: Value,
        months: Iterable[str] = (),
        unwanted: Callable[[Row], bool] = lambda row: True,
    ) -> None:
        """Take the rows of a person (or any other id) out of the months given, or of all."""
        for month in months or self.months:
            rows = self.where(table, column, value, month)
            self.rows(table, month).remove(row for row in rows if unwanted(row))

    def free(self, find: Callable[[Extracts], Mapping[str, One]]) -> dict[str, One]:
        """Return what a function finds of the persons that no shape has had.

        Nothing of theirs has changed, so the function is asked once.
        """
        if find not in self._found:
            self._found[find] = find(self)
        found: Mapping[str, One] = self._found[find]
        return {name: one for name, one in found.items() if name not in self.taken}

    def take(
        self,
        names: Iterable[str],
        chance: random.Random,
        number: int,
        offer: Callable[[str], One | None],
    ) -> list[tuple[str, One]]:
        """Choose up to so many persons (or households) who offer something, by chance.

        Only those are asked that no shape has had before; nobody has those chosen after it.
        """
        chosen: list[tuple[str, One]] = []
        for name in self._by_chance(names, chance) if number else ():
            offered = offer(name)
            if offered is not None:
                self.taken.add(name)
                chosen.append((name, offered))
            if len(chosen) == number:
                break
        return chosen

    def _by_chance(self, names: Iterable[str], chance: random.Random) -> Iterator[str]:
        left = sorted(name for name in names if name not in self.taken)
        while left:
            place = chance.randrange(len(left))
            left[place], left[-1] = left[-1], left[place]
            yield left.pop()

    def write(self, folder: Path) -> Path:
        """Write an inbox of plain CSV files with the reference data; return ``folder``."""
        for (month, table), rows in self._tables.items():
            family = next(name for name, tables in FAMILIES.items() if table in tables)
            path = folder / month / family / f"{table}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            columns = columns_of(family, table)
            write_table(path, columns, _values(rows, columns), PLAIN)
        write_reference(self.settings, folder / "reference")
        return folder


def _as_known(council: Council, family: str, table: str, day: date) -> Iterator[Row]:
    columns = columns_of(family, table)
    for values in council.system.as_known(table, day):
        yield dict(zip(columns, values, strict=True))


def _values(rows: Iterable[Row], columns: tuple[str, ...]) -> Iterator[tuple[Value, ...]]:
    return (tuple(row[column] for column in columns) for row in rows)
