"""No public file holds the id of a child, of a record about one, or a child's date of birth.

What is looked for is read from the month's own extract and from ``restricted/children.csv``. An
id is looked for as a whole word, and only where its shape tells it from other words and figures:

- a number of six digits or more (``7`` or ``12345`` could be a count);
- of a child, any other text of four characters or more;
- of a record or household, a text of five characters or more with a digit and no space.

A date of birth is looked for as a whole date in three spellings. One that lies less than three
years back, or on the last day of a month, could be a date of the pack itself, so it is not; and
neither is one that also stands in the definitions, which are the same for every council.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

import duckdb

from pipeline import lake
from pipeline.contract import EXTRACT_FAMILIES, TABLES, Table
from pipeline.month import Month
from pipeline.settings import Settings

_SHORTEST_NUMBER = 6
_SHORTEST_PERSON = 4
_SHORTEST_RECORD = 5
_YEARS_OF_THE_PACK = 3
_OF_STAFF = ("professional", "iro_id", "meeting_id")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# A number that is no part of an amount, a date or a longer code.
_NUMBER = re.compile(r"(?<![\w.,:/-])\d+(?!\w|[.,:/-]\d)")
_WORD = re.compile(r"\w+")
_DATE = re.compile(
    r"\b(?:(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)|(?P<d2>\d\d?)/(?P<m2>\d\d?)/(?P<y2>\d{4})"
    rf"|(?P<d3>\d\d?)\s(?P<name>{'|'.join(_MONTHS)})\s(?P<y3>\d{{4}}))\b"
)


@dataclass(frozen=True)
class Identifiers:
    """The ids and dates of birth to look for; only those that can be told from other words."""

    ids: frozenset[str]
    births: frozenset[date] = frozenset()

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(one for one in self.ids if one.isdigit())

    @cached_property
    def _words(self) -> Mapping[str, tuple[str, ...]]:
        """The other ids by their longest word, so that few are compared with a text."""
        found: dict[str, list[str]] = {}
        for one in self.ids - self._numbers:
            word = max(_WORD.findall(one), key=len, default="")
            if word:
                found.setdefault(word, []).append(one)
        return {word: tuple(ids) for word, ids in found.items()}

    def stand_in(self, text: str) -> bool:
        """Tell whether an id stands in the text."""
        if not self._numbers.isdisjoint(_NUMBER.findall(text)):
            return True
        words = self._words.keys() & set(_WORD.findall(text))
        return any(_is_whole(one, text) for word in words for one in self._words[word])

    def births_in(self, text: str) -> frozenset[date]:
        """Give the dates of birth that stand in the text."""
        return self.births & dates_in(text)


def dates_in(text: str) -> frozenset[date]:
    """Give every date of a text that has a day: 2014-05-31, 31/05/2014 or 31 May 2014."""
    return frozenset(found for match in _DATE.finditer(text) for found in _date(match))


def of_month(settings: Settings, la: str, month: Month, folder: Path) -> Identifiers:
    """Read what identifies a child in the month's extract and in its staged children's file."""
    found = _Found(_people_in(folder / "restricted" / "children.csv"), set(), set())
    with duckdb.connect() as connection:
        for table in TABLES.values():
            if table.family in (*EXTRACT_FAMILIES, "ssda903"):
                file = lake.partition(settings.lake, table.name, la, month)
                if file.exists():
                    found.add(connection, table, file)
    return Identifiers(
        frozenset((*_of_people(found.people), *_of_records(found.records))),
        frozenset(_of_births(found.births, month.last_day)),
    )


def _people_in(children: Path) -> set[str]:
    with children.open(encoding="utf-8", newline="") as file:
        return {row["person_id"].removeprefix("'") for row in csv.DictReader(file)}


@dataclass(frozen=True)
class _Found:
    """The ids of people, those of records, and the dates of birth of the tables read so far."""

    people: set[str]
    records: set[str]
    births: set[date]

    def add(self, connection: duckdb.DuckDBPyConnection, table: Table, file: Path) -> None:
        for column in table.columns:
            kind = _kind(column.name)
            if kind:
                query = f"select distinct {column.name} from read_parquet(?)"
                values = {row[0] for row in connection.execute(query, [str(file)]).fetchall()}
                getattr(self, kind).update(values - {None})


def _kind(column: str) -> str:
    """What a column holds: people, births, records, or nothing that identifies a child."""
    if column == "child" or column.endswith("person_id"):
        return "people"
    if column == "dob" or column.endswith("_dob"):
        return "births"
    if column.endswith("_id") and not any(of_staff in column for of_staff in _OF_STAFF):
        return "records"
    return ""


def _of_people(ids: Iterable[str]) -> Iterator[str]:
    for one in ids:
        if len(one) >= (_SHORTEST_NUMBER if one.isdigit() else _SHORTEST_PERSON):
            yield one


def _of_records(ids: Iterable[str]) -> Iterator[str]:
    for one in ids:
        is_long = len(one) >= (_SHORTEST_NUMBER if one.isdigit() else _SHORTEST_RECORD)
        if is_long and not re.search(r"\s", one) and re.search(r"\d", one):
            yield one


def _of_births(births: Iterable[date], period_end: date) -> Iterator[date]:
    latest = date(period_end.year - _YEARS_OF_THE_PACK, period_end.month, 1)
    for one in births:
        if one < latest and (one + timedelta(days=1)).day != 1:
            yield one


def _is_whole(one: str, text: str) -> bool:
    return one in text and bool(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text))


def _date(match: re.Match[str]) -> Iterator[date]:
    parts = match.groupdict()
    year = parts["y"] or parts["y2"] or parts["y3"]
    day = parts["d"] or parts["d2"] or parts["d3"]
    month = parts["m"] or parts["m2"] or _MONTHS.index(parts["name"]) + 1
    try:
        yield date(int(year), int(month), int(day))
    except ValueError:
        return
