"""What the cover report says: the names that a Word template may use, and their words.

`reporting/word_templates/README.md` lists these names for the officer who edits the template.
Every text is one line of plain characters, so nothing of it can break the Word file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from reporting import wording
from reporting.asks import Pick, ask_first
from reporting.commentary.reading import Commentary
from reporting.cover.paragraphs import CoverParagraph, clean, paragraphs
from reporting.headlines import headline
from reporting.page import changes
from reporting.page.measures import Measure, Theme, build_themes, headline_rows, month_names
from reporting.rows import SUPPRESSED, PackRows

# Pale enough for dark text, and the word stands in the cell: colour never says it alone.
SHADES = {"green": "D3EBDB", "amber": "FFE8AE", "red": "F9D2D6", "": "auto"}
NOT_SHOWN = "not shown"
NONE = "–"


@dataclass(frozen=True)
class CoverMeasure:
    """One line of a theme's table."""

    title: str
    last_month: str
    this_month: str
    people: str
    change: str
    rating: str
    shade: str
    target: str
    signal: str


@dataclass(frozen=True)
class CoverTheme:
    """A theme: what its head of service wrote, or else made sentences, and its table."""

    title: str
    paragraphs: tuple[CoverParagraph, ...]
    measures: tuple[CoverMeasure, ...]


@dataclass(frozen=True)
class CoverPick:
    """A measure to ask about, with its rating and what to know of it."""

    title: str
    rating: str
    words: str


@dataclass(frozen=True)
class Cover:
    """Every name the template may use."""

    council: str
    month: str
    date: str
    last_month: str
    this_month: str
    edition: str
    is_public: bool
    has_hidden: bool
    summary: tuple[CoverParagraph, ...]
    headlines: tuple[str, ...]
    changed: str
    as_of: str
    recommendations: tuple[CoverParagraph, ...]
    appendices: tuple[str, ...]
    notes: tuple[str, ...]
    themes: tuple[CoverTheme, ...]
    ask_first: tuple[CoverPick, ...]
    implications: tuple[CoverParagraph, ...]

    def names(self) -> dict[str, Any]:
        """The names and what they stand for."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def build_cover(rows: PackRows, commentary: Mapping[str, Commentary]) -> Cover:
    """Put one edition's published rows and its commentary into words."""
    front = rows.front
    _, last_month, this_month = month_names(front)
    month = wording.known(front)
    return Cover(
        council=clean(front.council_name),
        month=month,
        date=wording.long_date(front.period_end),
        last_month=last_month,
        this_month=this_month,
        edition=clean(rows.edition.label),
        is_public=rows.edition.is_public,
        has_hidden=rows.edition.is_public and _has_hidden(rows),
        summary=paragraphs(commentary.get("summary")),
        headlines=_cleaned(str(headline(row, front)) for row in headline_rows(rows)),
        changed=clean(_changed(rows)),
        as_of=clean(wording.as_of(front)),
        recommendations=paragraphs(commentary.get("recommendations")),
        appendices=_appendices(rows, month),
        notes=_cleaned(rows.notes),
        themes=tuple(_theme(theme, _wholes(rows)) for theme in build_themes(rows, commentary)),
        ask_first=tuple(_pick(pick) for pick in ask_first(rows)),
        implications=paragraphs(commentary.get("implications")),
    )


def _cleaned(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in map(clean, texts) if text)


def _has_hidden(rows: PackRows) -> bool:
    return any(point.status == SUPPRESSED for points in rows.trend.values() for point in points)


def _changed(rows: PackRows) -> str:
    """What changed since last month's pack: how many figures, and one of them with its reason."""
    told = changes.build_changes(rows).sentence
    example = changes.example(rows)
    pack = "The pack lists each with its reason, and says how much each figure usually moves."
    return f"{told} {example} {pack}" if example else told


def _appendices(rows: PackRows, month: str) -> tuple[str, ...]:
    return (
        f"Corporate Parenting performance pack, {month} ({clean(rows.edition.label)})",
        f"The same figures as a workbook, {month} (pack.xlsx)",
    )


def _wholes(rows: PackRows) -> frozenset[str]:
    """The measures that are always 100%, for only their parts differ: the pack shows those."""
    return frozenset(
        row.indicator_id
        for row in rows.indicators
        if row.unit == "percent" and rows.parts.get(row.indicator_id)
    )


def _theme(theme: Theme, wholes: frozenset[str]) -> CoverTheme:
    return CoverTheme(
        title=clean(theme.title),
        paragraphs=paragraphs(theme.commentary),
        measures=tuple(_measure(each) for each in theme.measures if each.id not in wholes),
    )


def _measure(measure: Measure) -> CoverMeasure:
    _, last_month, this_month = measure.months
    return CoverMeasure(
        title=clean(measure.title),
        last_month=last_month.text,
        this_month=this_month.text,
        people=measure.people,
        change=_change(measure.change),
        rating=measure.rating_word,
        shade=SHADES[measure.rating],
        target=clean(dict(measure.thresholds).get("green", "")) or NONE,
        signal=measure.signal.word or NONE,
    )


def _change(change: wording.Change | None) -> str:
    if change is None:
        return NOT_SHOWN
    return f"{change.word}, {change.judgement}" if change.judgement else change.word


def _pick(pick: Pick) -> CoverPick:
    rating = wording.RATINGS.get(pick.rating, wording.RATINGS[""])
    return CoverPick(clean(pick.title), rating, clean(pick.words))
