"""The page of definitions: what each measure counts, over whom, why and since when.

Every sentence about a measure is the catalogue's own; only labels stand in the template.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from reporting import wording
from reporting.page.definition_changes import Comparison, comparisons, what_changed
from reporting.rows import Definition, PackRows

Fact = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """One measure: its heading, what it counts, and the facts that go with it."""

    id: str
    ref: str
    title: str
    definition: str
    bases: tuple[tuple[str, str], ...]
    headline_basis: str
    thresholds: tuple[tuple[str, str], ...]
    good_is: str
    meaning: tuple[Fact, ...]
    source: tuple[Fact, ...]
    comparisons: tuple[Comparison, ...]
    has_figures: bool


@dataclass(frozen=True)
class Theme:
    """A theme of the pack and its measures."""

    id: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class DefinitionsPage:
    """Everything on the page of definitions, in words."""

    council: str
    edition: str
    month: str
    date: str
    themes: tuple[Theme, ...]
    bases: tuple[tuple[str, str, str], ...]


def build_definitions(rows: PackRows) -> DefinitionsPage:
    """Lay out the catalogue in the order of the pack, theme by theme."""
    with_figures = {row.indicator_id for row in rows.indicators}
    known = {row.theme: (row.theme_order, row.theme, row.theme_title) for row in rows.indicators}
    placed = [(known.get(row.theme, _of_its_own(row)), row) for row in rows.definitions]
    grouped = groupby(sorted(placed, key=itemgetter(0)), key=itemgetter(0))
    themes = tuple(
        Theme(theme, title, tuple(_entry(row, rows, with_figures) for _, row in members))
        for (_, theme, title), members in grouped
    )
    return DefinitionsPage(
        council=rows.front.council_name,
        edition=rows.edition.label,
        month=wording.month_year(rows.front.period_end),
        date=wording.long_date(rows.front.period_end),
        themes=themes,
        bases=_bases_in_use(themes),
    )


def _of_its_own(row: Definition) -> tuple[int, str, str]:
    """The place of a measure in whose theme the scorecard has none: last, by its section."""
    return 100 + row.section_order, wording.slug(row.section), row.section


def _entry(row: Definition, rows: PackRows, with_figures: set[str]) -> Entry:
    return Entry(
        id=row.indicator_id,
        ref=row.ref,
        title=row.title,
        definition=row.definition,
        bases=wording.bases(row),
        headline_basis=row.headline_basis,
        thresholds=wording.thresholds(row),
        good_is=wording.GOOD_IS.get(row.good_is, ""),
        meaning=_meaning(row),
        source=_source(row),
        comparisons=comparisons(rows, row),
        has_figures=row.indicator_id in with_figures,
    )


def _meaning(row: Definition) -> tuple[Fact, ...]:
    facts = (
        ("Over whom", row.over_whom),
        ("Why it matters", row.why),
        ("What to know", row.caveat),
        ("Broken down by", row.breakdowns.replace("_", " ")),
        ("Breaks in the series", row.series_breaks),
    )
    return _told(facts)


def _source(row: Definition) -> tuple[Fact, ...]:
    facts = (
        ("Since when", wording.since_when(row)),
        ("Rests on", row.authority),
        ("Made from", row.source_tables),
        ("Answered for by", row.owner),
        ("Version", str(row.definition_version)),
        ("What changed", what_changed(row)),
    )
    return _told(facts)


def _told(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Label and text of what the catalogue says; what it does not say has no line."""
    return tuple((label, text) for label, text in facts if text)


def _bases_in_use(themes: tuple[Theme, ...]) -> tuple[tuple[str, str, str], ...]:
    used = {basis for theme in themes for entry in theme.entries for basis, _ in entry.bases}
    return tuple(
        (basis, name, meaning) for basis, (name, meaning) in wording.BASES.items() if basis in used
    )
