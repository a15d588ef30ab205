"""The tables a council gives us: contract section 2 with the columns of rulings C.

``tables/<family>.yml`` holds them; this module reads them once and gives each a type.
The columns listed are the allow-list: nothing else of an extract is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypedDict, cast

import yaml

ColumnType = Literal["text", "date", "number", "integer"]
SQL_TYPES: dict[ColumnType, str] = {
    "text": "varchar",
    "date": "date",
    "number": "double",
    "integer": "bigint",
}
EXTRACT_FAMILIES = ("social_care", "fostering", "adoption", "care_leavers")
FAMILIES = (*EXTRACT_FAMILIES, "ssda903", "reference")
REPLACED_BY_903 = ("social_care", "adoption", "care_leavers")
_FOLDER = Path(__file__).parent / "tables"


@dataclass(frozen=True)
class Column:
    """One column of a landed table.

    ``written`` is its name in the council's file. A ``postcode`` is cut to its sector at landing;
    a derived column is made there from ``derived_from`` and is never read from a file.
    """

    name: str
    type: ColumnType
    required: bool = True
    derived: bool = False
    written: str = ""
    postcode: bool = False
    derived_from: str = ""


@dataclass(frozen=True)
class Table:
    """One table of the lake, and the names its file may have.

    ``key`` columns must be filled in, or the row is refused. ``unique`` columns should not repeat
    between rows; where they do, the door warns.
    """

    name: str
    family: str
    required: bool
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """The name its file has in the inbox; the SSDA903 files carry no prefix there."""
        return self.name.removeprefix("ssda903_")

    @property
    def read_columns(self) -> tuple[Column, ...]:
        """The columns that come from the file."""
        return tuple(column for column in self.columns if not column.derived)

    @property
    def identifiers(self) -> tuple[str, ...]:
        """The columns that name a record, of this table or another, and are joined on."""
        texts = (c.name for c in self.read_columns if c.type == "text" and not c.postcode)
        return tuple(name for name in texts if name in self.key or name.endswith("_id"))

    def column(self, name: str) -> Column:
        """Return a column by its landed name; raise KeyError where there is none."""
        return {column.name: column for column in self.columns}[name]


class _Entry(TypedDict, total=False):
    required: bool
    key: list[str]
    unique: list[str]
    aliases: list[str]
    columns: dict[str, str]


def _column(name: str, text: str) -> Column:
    kind, *notes = [part.strip() for part in text.split(",")]
    note = notes[0] if notes else ""
    return Column(
        name=name,
        type=cast(ColumnType, "text" if kind == "postcode" else kind),
        required=note != "optional" and not note.startswith("derived"),
        derived=note.startswith("derived"),
        written=note.removeprefix("written ") if note.startswith("written ") else name,
        postcode=kind == "postcode",
        derived_from=note.removeprefix("derived from ") if note.startswith("derived") else "",
    )


def _table(family: str, name: str, entry: _Entry) -> Table:
    return Table(
        name=f"ssda903_{name}" if family == "ssda903" else name,
        family=family,
        required=entry.get("required", False),
        key=tuple(entry.get("key", ())),
        columns=tuple(_column(column, text) for column, text in entry["columns"].items()),
        aliases=tuple(entry.get("aliases", ())),
        unique=tuple(entry.get("unique", ())),
    )


def _read(family: str) -> dict[str, Table]:
    entries: dict[str, _Entry] = yaml.safe_load((_FOLDER / f"{family}.yml").read_bytes())
    return {table.name: table for table in (_table(family, n, e) for n, e in entries.items())}


TABLES: dict[str, Table] = {
    name: table for family in FAMILIES for name, table in _read(family).items()
}


def tables_of(family: str) -> tuple[Table, ...]:
    """Return the tables of a family in the contract's order."""
    return tuple(table for table in TABLES.values() if table.family == family)


def contract_sha256(family: str) -> str:
    """Return the hash of a family's contract: where it changes, its files are landed again."""
    return sha256((_FOLDER / f"{family}.yml").read_bytes()).hexdigest()
