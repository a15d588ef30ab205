"""Builds the tiny extracts of the worked examples, row for row as they are written there."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction

from .council import CareAt
from .dates import Span
from .extract import Extract, Involvement, Post
from .figures import figures_at
from .reading import Row, read_date
from .reference import Population, Reference, Term
from .values import Figure

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
TERM = Term(date(2018, 9, 3), date(2018, 12, 21))
REFERENCE = Reference(holidays=HOLIDAYS, terms=(TERM,), populations=POPULATIONS, council="invented")
HOUSEHOLD = (
    "household_id approval_date carer_type approved_places reg24_start reg24_end end_date end_route"
)
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


def looked_after(children: str, births: dict[str, str] | None = None) -> Extract:
    """Children who have been in care since the start of 2018."""
    return extract_of(since(children, "2018-01-01"), births)


def figure_of(extract: Extract, day_d: str, indicator_id: str, basis: str = "month_end") -> Figure:
    """One unbroken figure of an extract."""
    return parts_of(extract, day_d, indicator_id, basis)[""]


def parts_of(
    extract: Extract, day_d: str, indicator_id: str, basis: str = "month_end"
) -> dict[str, Figure]:
    """A figure with its breakdown."""
    found = figures_at(extract, day(day_d))
    return {key[3]: one for key, one in found.items() if (key[0], key[2]) == (indicator_id, basis)}


def days_of(text: str) -> dict[str, list[date]]:
    """What happened to whom: ``A,2023-01-01`` for each."""
    found: dict[str, list[date]] = defaultdict(list)
    for person, when in (line.split(",") for line in text.split()):
        found[person].append(day(when))
    return found


def spans_of(text: str) -> dict[str, list[Span]]:
    """What ran for whom: ``A,2023-01-01,2023-02-01`` for each, without an end where it runs on."""
    found: dict[str, list[Span]] = defaultdict(list)
    for person, first, last in (line.split(",") for line in text.split()):
        found[person].append(Span(day(first), read_date(last)))
    return found


def households(text: str) -> list[Row]:
    """Rows of ext_foster_household, a cell for each of HOUSEHOLD."""
    return [
        dict(zip(HOUSEHOLD.split(), line.strip().split(","), strict=True))
        for line in text.strip().splitlines()
    ]


def workforce(extract: Extract, text: str) -> Extract:
    """Give workers to an extract: id, role, grade, team, hours, end and number of children."""
    extract.involvements, extract.posts, extract.professionals = [], {}, {}
    for line in text.strip().splitlines():
        worker, role, grade, team, hours, end, number = (cell.strip() for cell in line.split(","))
        span = Span(date(2010, 1, 1), read_date(end))
        extract.posts[worker] = [Post(role, grade, team, Fraction(hours), span)]
        extract.involvements += [
            Involvement(f"{worker}{n}", worker, team, f"{worker}{n}", Span(date(2018, 1, 1)))
            for n in range(int(number))
        ]
    return extract
