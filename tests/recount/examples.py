"""Builds the tiny extracts of the worked examples, row for row as they are written there."""

from __future__ import annotations

from datetime import date

from .council import CareAt
from .extract import Extract
from .reading import read_date
from .reference import Population, Reference

HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        "2022-12-26",
        "2022-12-27",
        "2023-01-02",
        "2023-04-07",
        "2023-04-10",
        "2024-03-29",
    )
)
POPULATIONS = (
    Population("invented", date(2016, 6, 30), date(2017, 6, 22), 56580),
    Population("invented", date(2017, 6, 30), date(2018, 6, 28), 56946),
)
REFERENCE = Reference(holidays=HOLIDAYS, populations=POPULATIONS, council="invented")
COLUMNS = ("child", "decom", "rne", "ls", "place", "urn", "dec", "rec")
OTHERS = ("cin", "place_provider", "reason_place_change", "home_post", "pl_post")


def day(text: str) -> date:
    """A date as the examples write it."""
    return date.fromisoformat(text)


def extract_of(text: str, births: dict[str, str] | None = None) -> Extract:
    """An extract with the episodes of a text: child, start, rne, ls, place, urn, end, rec.

    Children are born on 1 January 2013 unless said.
    """
    rows = []
    for number, line in enumerate(text.split(), start=2):
        row = dict.fromkeys(OTHERS, "") | dict(zip(COLUMNS, line.split(","), strict=True))
        row["_row"] = str(number)
        rows.append(row)
    children = {row["child"] for row in rows}
    born: dict[str, date | None] = {child: date(2013, 1, 1) for child in children}
    born |= {child: read_date(text) for child, text in (births or {}).items()}
    return Extract(reference=REFERENCE, episode_rows=rows, births=born, is_903=True)


def care_of(text: str, day_d: str, births: dict[str, str] | None = None) -> CareAt:
    """The periods of care of such a text, as known at D."""
    return CareAt(extract_of(text, births), day(day_d))


def since(children: str, start: str, place: str = "U6") -> str:
    """One open episode under a care order for each of some children."""
    return " ".join(f"{child},{start},S,C2,{place},,," for child in children)
