"""What the templates show: the rows of one edition turned into texts, cells and charts.

Nothing is worked out here but counts of the rows on the page and calendar dates; every figure is
one the report models published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporting import wording
from reporting.asks import Pick, ask_first, going_well
from reporting.headlines import Sentence, headline
from reporting.page.changes import Changes, build_changes
from reporting.page.data_quality import DataQualityPage, build_data_quality
from reporting.page.history import HistoryPart, build_history
from reporting.page.measures import (
    Measure,
    Theme,
    build_themes,
    headline_rows,
    month_names,
    reason,
)
from reporting.rows import NOT_AVAILABLE, SUPPRESSED, Edition, Front, Gap, PackRows

if TYPE_CHECKING:
    from reporting.commentary.reading import Commentary


# The pack's other forms, beside the page: file and what it is.
FORMS = (
    ("pack.pdf", "PDF to print"),
    ("pack.xlsx", "Excel workbook"),
    ("cover-report.docx", "Word cover report"),
)


@dataclass(frozen=True)
class Page:
    """Everything on the page, in words.

    `known` is the month and, where it is not the published pack, the one it is known from; then
    `as_of` says so. `forms` are those of FORMS that were made beside it; whoever makes them fills
    it in.
    """

    council: str
    edition: str
    is_public: bool
    month: str
    known: str
    as_of: str
    extract_month: str
    date: str
    month_names: tuple[str, str, str]
    last_year: str
    a_year_ago: str
    year_to_date: str
    notes: tuple[str, ...]
    gaps: tuple[str, ...]
    quiet_gaps: tuple[str, ...]
    summary: Commentary | None
    headlines: tuple[Sentence, ...]
    tiles: tuple[Measure, ...]
    ratings: tuple[tuple[str, str, int], ...]
    ask_first: tuple[Pick, ...]
    going_well: tuple[Pick, ...]
    themes: tuple[Theme, ...]
    changes: Changes
    history: HistoryPart
    quality: DataQualityPage
    not_available: tuple[tuple[str, str, str], ...]
    has_hidden: bool
    defined: frozenset[str]
    versions: str
    hiding: str
    extracts: tuple[tuple[str, str, str, str, str, str], ...]
    forms: tuple[tuple[str, str], ...] = ()


def build_page(rows: PackRows, commentary: Mapping[str, Commentary]) -> Page:
    """Lay out the council's rows of one edition, with the commentary of its themes."""
    front = rows.front
    themes = build_themes(rows, commentary)
    measures = {measure.id: measure for theme in themes for measure in theme.measures}
    heads = headline_rows(rows)
    return Page(
        council=front.council_name,
        edition=rows.edition.label,
        is_public=rows.edition.is_public,
        month=wording.month_year(front.period_end),
        known=wording.known(front),
        as_of=wording.as_of(front),
        extract_month=wording.month_name(front.snapshot_month),
        date=wording.long_date(front.period_end),
        month_names=month_names(front),
        last_year=wording.long_date(wording.previous_year_end(front.period_end)),
        a_year_ago=wording.short_month(wording.last_of_month(front.period_end, 12)),
        year_to_date=wording.year_to_date(front.period_end),
        notes=rows.notes,
        gaps=tuple(wording.gap(gap) for gap in rows.gaps if _is_for_the_front(gap)),
        quiet_gaps=tuple(wording.gap(gap) for gap in rows.gaps if not _is_for_the_front(gap)),
        summary=commentary.get("summary"),
        headlines=tuple(headline(row, front) for row in heads),
        tiles=tuple(measures[row.indicator_id] for row in heads),
        ratings=_ratings(measures.values()),
        ask_first=ask_first(rows),
        going_well=going_well(rows),
        themes=themes,
        changes=build_changes(rows),
        history=build_history(rows),
        quality=build_data_quality(rows),
        not_available=_not_available(rows),
        has_hidden=_has_hidden(rows),
        defined=frozenset(row.indicator_id for row in rows.definitions),
        versions=_versions(rows),
        hiding=_hiding(rows.front),
        extracts=_extracts(rows),
    )


def _is_for_the_front(gap: Gap) -> bool:
    """A refused file always; an absent one when an indicator needs it."""
    return gap.status == "refused" or bool(gap.indicators)


def _ratings(measures: Iterable[Measure]) -> tuple[tuple[str, str, int], ...]:
    """How many measures on the page have each rating: a count of rows, not of children."""
    words = Counter((measure.rating, measure.rating_word) for measure in measures)
    order = [(kind, word) for kind, word in wording.RATINGS.items() if kind]
    order += [("", wording.NO_TARGET), ("", wording.RATINGS[""])]
    return tuple((kind, word, words[kind, word]) for kind, word in order)


def _not_available(rows: PackRows) -> tuple[tuple[str, str, str], ...]:
    """Id, title and reason of every measure without a figure for the month."""
    return tuple(
        (row.indicator_id, row.title, reason(rows, row))
        for row in rows.indicators
        if row.month.status == NOT_AVAILABLE
    )


def _has_hidden(rows: PackRows) -> bool:
    return any(point.status == SUPPRESSED for months in rows.trend.values() for point in months)


def _versions(rows: PackRows) -> str:
    """`66 definitions, each in its first version but for …`: the versions this page knows."""
    later = [row for row in rows.definitions if row.definition_version > 1]
    many = len(rows.definitions)
    said = wording.start(f"{wording.in_words(many)} definition{'' if many == 1 else 's'}")
    if not later:
        return f"{said}, each in its first version."
    named = "; ".join(f"{row.title} (version {row.definition_version})" for row in later)
    return f"{said}, each in its first version but for {named}."


def _hiding(front: Front) -> str:
    """The rule on small numbers that the month keeps, and who decided it."""
    decided = f" This was decided by: {front.disclosure_owner}." if front.disclosure_owner else ""
    return (
        "A figure is hidden when it, or the number of children behind it, is above 0 and below"
        f" {front.smallest_shown}; a percentage also when as few do not meet it, or when it is of"
        f" fewer than {front.smallest_denominator}. A figure is hidden too where it would let such"
        f" a number be worked out from others.{decided}"
    )


def _row_count(count: int | None, edition: Edition) -> str:
    """A number of rows of a file; one model serves both editions, and it leaves out a few."""
    if count is None and not edition.is_public:
        return "a few"
    return wording.rows(count)


def _extracts(rows: PackRows) -> tuple[tuple[str, str, str, str, str, str], ...]:
    return tuple(
        (
            wording.FAMILIES.get(each.family, each.family),
            each.table_name,
            each.file_name or "–",
            _row_count(each.landed_rows, rows.edition) if each.status == "landed" else "–",
            _row_count(each.refused_rows, rows.edition) if each.status != "absent" else "–",
            wording.extract_status(each),
        )
        for each in rows.extracts
    )
