"""What there is to know about one figure: read from the published marts, and only read.

The owner of the output reads them in the warehouse, where children have the council's own ids. The
officers' copy shows pseudonyms. Both hold the children behind the newest months; those behind an
older month's figure are in the archive, which only the owner can read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import duckdb

from pipeline import archive, publications
from pipeline.month import Month
from pipeline.settings import Settings

Row = Mapping[str, object]

_NEAR = 0.4
_FIGURES = """
    select * from fct_indicator_value
    where indicator_id = ? and (period_end = ? or basis in ('term', 'fy') and period_end < ?)
    qualify rank() over (partition by basis order by period_end desc) = 1
    order by basis, breakdown
"""
_COHORT = """
    select person_id, event_id, category, further_category, in_numerator, amount, base_amount
    from {rows}
    where indicator_id = $id and period_end = $day and basis = $basis
    order by person_id nulls last, event_id nulls last, category nulls last
"""
# The rows of the computation that the current figure comes from: the latest of its snapshot.
_IN_THE_MARTS = """(
    from fct_indicator_cohort where snapshot_month = $month
    qualify computation = max(computation) over ()
)"""
_RESTATEMENTS = """
    select * from fct_restatement
    where indicator_id = ? and period_end = ? order by basis, breakdown, snapshot_month
"""


class NothingToShow(Exception):
    """There is no answer, for a reason that the reader can act on."""


@dataclass(frozen=True)
class IndicatorFacts:
    """One indicator at one month.

    ``figures`` and ``figures_before`` hold every basis and breakdown of the month and of the one
    before it; ``members`` and ``members_before`` the rows behind the two headline figures.
    ``scorecard`` is empty for a month other than the published one. ``are_pseudonyms`` says that
    the members are shown under other names than the council's own ids.
    """

    catalogue: Row
    month: Month
    figures: Sequence[Row]
    figures_before: Sequence[Row]
    members: Sequence[Row]
    members_before: Sequence[Row]
    restatements: Sequence[Row]
    scorecard: Row
    are_pseudonyms: bool

    @property
    def headline(self) -> Row:
        """The figure of the scorecard's month column; empty where there is none."""
        return headline_of(self.figures, self.catalogue)


class Marts:
    """The marts of one output folder, opened read-only: the owner's, else the officers' copy."""

    def __init__(self, out: Path) -> None:
        self._out = out
        path = _readable(out)
        self._are_pseudonyms = path == officers_marts(out)
        self._connection = duckdb.connect(str(path), read_only=True)

    def catalogue(self) -> list[Row]:
        """Return every indicator in the order of the scorecard."""
        return self._rows("select * from dim_indicator order by position, indicator_id")

    def facts(self, indicator_id: str, month: str = "") -> IndicatorFacts:
        """Return what there is to know about an indicator; the published month where none is given.

        Raises NothingToShow where there is no such indicator, or no figure of that month.
        """
        entry = self._entry(indicator_id)
        published = self._published()
        asked = _month(month) if month else published
        before = asked.plus(-1)
        figures, figures_before = (self._figures(entry, each) for each in (asked, before))
        if not figures:
            raise NothingToShow(
                f"There is no figure of {asked}: the published month is {published}."
            )
        return IndicatorFacts(
            catalogue=entry,
            month=asked,
            figures=figures,
            figures_before=figures_before,
            members=self._members(headline_of(figures, entry)),
            members_before=self._members(headline_of(figures_before, entry)),
            restatements=self._rows(_RESTATEMENTS, [indicator_id, asked.last_day]),
            scorecard=self._scorecard(indicator_id) if asked == published else {},
            are_pseudonyms=self._are_pseudonyms,
        )

    def _entry(self, indicator_id: str) -> Row:
        catalogue = {str(row["indicator_id"]): row for row in self.catalogue()}
        if indicator_id not in catalogue:
            raise NothingToShow(_no_such(indicator_id, list(catalogue)))
        return catalogue[indicator_id]

    def _published(self) -> Month:
        return Month.parse(str(self._rows("select month from dim_publication")[0]["month"]))

    def _figures(self, entry: Row, month: Month) -> list[Row]:
        day = month.last_day
        return self._rows(_FIGURES, [entry["indicator_id"], day, day])

    def _members(self, figure: Row) -> list[Row]:
        if not figure:
            return []
        names = {"id": "indicator_id", "day": "period_end", "basis": "basis"}
        wanted = {key: figure[name] for key, name in names.items()}
        month = str(figure["snapshot_month"])
        is_here = "select 1 from fct_indicator_cohort where snapshot_month = ? limit 1"
        if self._rows(is_here, [month]):
            return self._rows(_COHORT.format(rows=_IN_THE_MARTS), wanted | {"month": month})
        kept = kept_cohort(self._out, str(figure["la"]), Month.parse(month))
        return self._rows(_COHORT.format(rows="read_parquet($file)"), wanted | {"file": str(kept)})

    def _scorecard(self, indicator_id: str) -> Row:
        found = self._rows("select * from rpt_scorecard where indicator_id = ?", [indicator_id])
        return found[0] if found else {}

    def _rows(self, query: str, values: object = None) -> list[Row]:
        try:
            cursor = self._connection.execute(query, values)
        except duckdb.CatalogException as problem:
            raise NothingToShow(
                "The published marts are those of an older version: publish the month again with"
                " `make pack`."
            ) from problem
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def kept_cohort(out: Path, la: str, month: Month) -> Path:
    """Return the archive's file of the children behind the figures that an extract gave last.

    Raises NothingToShow where it cannot be read.
    """
    settings = Settings(inbox=out, out=out)
    shown = publications.latest(settings, la, month).get(str(month))
    files = archive.files(settings, la, "archive_cohort", [shown] if shown else [])
    if not files:
        raise NothingToShow(
            f"The children behind this figure are those of the extract of {month}. They are kept in"
            f" {settings.lake}, and cannot be read there: ask whoever publishes the pack."
        )
    return files[0]


def headline_of(figures: Sequence[Row], entry: Row) -> Row:
    """Return the unbroken figure on the headline basis; empty where there is none."""
    for figure in figures:
        if figure["basis"] == entry["headline_basis"] and not figure["breakdown"]:
            return figure
    return {}


def figure_before(figure: Row, before: Sequence[Row]) -> Row:
    """Return the earlier figure with the same basis and breakdown; none where no new one came."""
    key = ("basis", "breakdown")
    same = [row for row in before if all(row[name] == figure[name] for name in key)]
    return same[0] if same and same[0]["period_end"] != figure["period_end"] else {}


def members_met(members: Sequence[Row]) -> set[str]:
    """Return who is in the numerator, by person or, where there is none, by event."""
    return {who(row) for row in members if row["in_numerator"]}


def who(member: Row) -> str:
    """Return whom a row is about: a person, else a household or another event."""
    return str(member["person_id"] or member["event_id"])


def is_a_state(figure: Row) -> bool:
    """Whether the same people can be in it two months running, so that they can be compared."""
    return figure.get("basis") in ("month_end", "rolling_12m")


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as problem:
        raise NothingToShow(f"MONTH: {problem}.") from problem


def _no_such(indicator_id: str, ids: list[str]) -> str:
    inside = [one for one in ids if indicator_id.lower() in one]
    near = get_close_matches(indicator_id.lower(), ids, n=5, cutoff=_NEAR)
    meant = list(dict.fromkeys([*inside, *near]))[:5]
    hint = f"Did you mean {', '.join(meant)}?" if meant else "`make indicator` lists them all."
    return f"There is no indicator '{indicator_id}'. {hint}"


def officers_marts(out: Path) -> Path:
    """Return the officers' copy of the marts."""
    return out / "restricted" / "marts.duckdb"


def _readable(out: Path) -> Path:
    warehouse, path = Settings(inbox=out, out=out).warehouse, officers_marts(out)
    with suppress(OSError):
        warehouse.open("rb").close()
        return warehouse
    try:
        path.open("rb").close()
    except FileNotFoundError as problem:
        raise NothingToShow(
            f"No pack is published in {out} yet: run `make pack` first, or say where with OUT=."
        ) from problem
    except PermissionError as problem:
        raise NothingToShow(
            f"{path} is closed to you. It holds rows about children: ask whoever publishes the pack"
            " for the right to read it."
        ) from problem
    return path
