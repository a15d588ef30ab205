"""Figures of earlier months that read otherwise than in last month's pack, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reporting import wording
from reporting.page.measures import Cell, cell
from reporting.rows import SUPPRESSED, ChangedFigure, Figure, PackRows

NO_CHANGE = (
    "No figure of an earlier month reads otherwise than in last month’s pack, or there was none"
    " to compare with."
)
ALL_HIDDEN = "The figures that changed since last month’s pack are hidden."
# How the children or events behind a figure can have moved.
_MOVES = (
    ("rows_added", "more counted"),
    ("rows_removed", "no longer counted"),
    ("rows_changed", "judged otherwise"),
)
_ALL_HIDDEN = "small numbers of records, which are hidden"
_REST_HIDDEN = "other small numbers are hidden"
_SAME_ROWS = (
    "the same are counted; what is recorded of them, or the number it is measured by, changed"
)


@dataclass(frozen=True)
class ChangedRow:
    """One figure as it was printed and as it is now."""

    month: str
    before: Cell
    now: Cell
    why: str


@dataclass(frozen=True)
class ChangedMeasure:
    """A measure and its changed figures, the latest month first."""

    id: str
    title: str
    rows: tuple[ChangedRow, ...]


@dataclass(frozen=True)
class ChangedTheme:
    """The changed figures of one theme, measure by measure."""

    id: str
    title: str
    measures: tuple[ChangedMeasure, ...]


@dataclass(frozen=True)
class Changes:
    """The sentence on top, and the figures theme by theme."""

    sentence: str
    themes: tuple[ChangedTheme, ...]


def build_changes(rows: PackRows) -> Changes:
    """Lay out what changed, theme by theme and in the order of the scorecard."""
    themes = {
        row.indicator_id: (row.theme_order, row.theme, row.theme_title) for row in rows.indicators
    }
    mine = [row for row in rows.changed if row.indicator_id in themes]
    known = list(listed(mine))
    known.sort(key=lambda row: row.period_end, reverse=True)
    position = {row.indicator_id: index for index, row in enumerate(rows.indicators)}
    ordered = sorted(known, key=lambda row: (*themes[row.indicator_id], position[row.indicator_id]))
    grouped = groupby(ordered, key=lambda row: themes[row.indicator_id])
    return Changes(
        sentence=sentence(ordered, hidden=sum(not _is_readable(row) for row in mine)),
        themes=tuple(
            ChangedTheme(theme, title, _measures(tuple(members)))
            for (_, theme, title), members in grouped
        ),
    )


def listed(changed: Sequence[ChangedFigure]) -> tuple[ChangedFigure, ...]:
    """Those that read otherwise: neither printed the same as before, nor hidden both times."""
    return tuple(row for row in changed if _is_readable(row) and row.before != row.now)


def _is_readable(row: ChangedFigure) -> bool:
    return row.before.status != SUPPRESSED or row.now.status != SUPPRESSED


def sentence(changed: Sequence[ChangedFigure], hidden: int = 0) -> str:
    """`17 figures of August and September read otherwise than in last month's pack, because …`

    `hidden` figures changed too and are not listed.
    """
    if not changed:
        return ALL_HIDDEN if hidden else NO_CHANGE
    many, verb = wording.start(wording.in_words(hidden)), "is" if hidden == 1 else "are"
    also = f" {many} more changed and {verb} hidden." if hidden else ""
    return _listed_sentence(changed) + also


def _listed_sentence(changed: Sequence[ChangedFigure]) -> str:
    days = sorted({row.period_end for row in changed})
    one_year = len({day.year for day in days}) == 1
    names = [wording.MONTHS[d.month - 1] if one_year else wording.month_year(d) for d in days]
    figures, read = ("figure", "reads") if len(changed) == 1 else ("figures", "read")
    return (
        f"{wording.start(wording.in_words(len(changed)))} {figures} of {wording.and_list(names)}"
        f" {read} otherwise than in last month’s pack, because records arrived or were put right"
        " since."
    )


def _measures(changed: Sequence[ChangedFigure]) -> tuple[ChangedMeasure, ...]:
    grouped = groupby(changed, key=lambda row: (row.indicator_id, row.title))
    return tuple(
        ChangedMeasure(indicator_id, title, tuple(_row(row) for row in members))
        for (indicator_id, title), members in grouped
    )


def _row(row: ChangedFigure) -> ChangedRow:
    return ChangedRow(
        month=wording.short_month(row.period_end),
        before=cell(row.before, row.unit),
        now=cell(row.now, row.unit),
        why=why(row),
    )


def why(row: ChangedFigure) -> str:
    """`14 more counted, 7 judged otherwise`; numbers of rows that are hidden are not named."""
    moves: tuple[tuple[Figure, str], ...] = tuple(
        (getattr(row, name), words) for name, words in _MOVES
    )
    told = ", ".join(
        _moved(shown.value, words) for shown, words in moves if shown.is_shown and shown.value
    )
    if any(shown.status == SUPPRESSED for shown, _ in moves):
        return wording.start(f"{told}; {_REST_HIDDEN}" if told else _ALL_HIDDEN)
    if told:
        return wording.start(told)
    return wording.start(_SAME_ROWS) if row.before.is_shown or row.now.is_shown else "–"


def _moved(rows: float, words: str) -> str:
    return f"{rows:,.0f}\u00a0{words}"
