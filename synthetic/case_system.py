"""The case system: every row with what it said and since when, so any month end can be replayed.

A life is simulated once. What the system *knew* of it on a day is another matter: rows are typed
in late and corrected later. Each row is therefore a list of versions, each with the day it was
recorded; an extract shows the last version recorded by its month end.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

Value = str | int | float | date | None
Values = tuple[Value, ...]
Version = tuple[date, Values]


@dataclass(frozen=True)
class Told:
    """One fact as the system held it: entries of (recorded on, value), oldest first."""

    entries: tuple[tuple[date, Value], ...]

    def on(self, day: date) -> Value:
        """Return what was held at the end of a day; None before the first entry."""
        held: Value = None
        for recorded_on, value in self.entries:
            if recorded_on > day:
                break
            held = value
        return held


def told(*entries: tuple[date, Value]) -> Told:
    """Return a fact from its entries, in the order they were recorded."""
    return Told(tuple(sorted(entries, key=lambda entry: entry[0])))


class CaseSystem:
    """Rows of all tables with their versions; rows keep the order in which they were added."""

    def __init__(self) -> None:
        """Start with no rows."""
        self._rows: dict[str, list[tuple[Version, ...]]] = defaultdict(list)

    def add(self, table: str, recorded_on: date, *values: Value) -> None:
        """Add a row that was typed in once and never changed."""
        self._rows[table].append(((recorded_on, values),))

    def add_told(self, table: str, created_on: date, *columns: Value | Told) -> None:
        """Add a row whose columns may change; it is first seen on ``created_on``."""
        moments = {created_on}
        for column in columns:
            if isinstance(column, Told):
                moments.update(day for day, _ in column.entries if day > created_on)
        versions: list[Version] = []
        for moment in sorted(moments):
            values = tuple(c.on(moment) if isinstance(c, Told) else c for c in columns)
            if not versions or versions[-1][1] != values:
                versions.append((moment, values))
        self._rows[table].append(tuple(versions))

    def add_duplicates(self, table: str, positions: list[int], suffix: str) -> None:
        """Repeat some rows with another id (first column), as a double entry does."""
        for position in positions:
            versions = self._rows[table][position]
            copy = tuple((day, (f"{v[0]}{suffix}", *v[1:])) for day, v in versions)
            self._rows[table].append(copy)

    def row_count(self, table: str) -> int:
        """Return how many rows the table ever has."""
        return len(self._rows[table])

    def as_known(self, table: str, day: date) -> Iterator[Values]:
        """Yield the table's rows as an extract taken at the end of ``day`` shows them."""
        for versions in self._rows[table]:
            shown: Values | None = None
            for recorded_on, values in versions:
                if recorded_on > day:
                    break
                shown = values
            if shown is not None:
                yield shown
