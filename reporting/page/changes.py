"""Figures of earlier months that read otherwise than in last month's pack, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reporting import wording
from reporting.history import causes
from reporting.page.measures import Cell, cell
from reporting.rows import SUPPRESSED, ChangedFigure, Figure, Front, PackRows

LAST_PACK, LAST_PUBLISHED = "in last month’s pack", "when it was last published"
NO_CHANGE = (
    "No figure of an earlier month reads otherwise than {since}, or there was none to compare with."
)
ALL_HIDDEN = "The figures that read otherwise than {since} are hidden."
TITLE = "Figures that changed since last month’s pack, and why"
TITLE_AS_OF = "Figures that changed since they were published, and why"
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
    """One figure as it was printed and as it is now, why, and what moved in what it counts."""

    month: str
    before: Cell
    now: Cell
    why: str
    moved: str


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
    """The heading, the sentence under it, and the figures theme by theme."""

    title: str
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
    hidden = sum(not _is_readable(row) for row in mine)
    return Changes(
        title=title(rows.front),
        sentence=sentence(ordered, hidden, than(rows.front)),
        themes=tuple(
            ChangedTheme(theme, title, _measures(tuple(members), rows))
            for (_, theme, title), members in grouped
        ),
    )


def title(front: Front) -> str:
    """The heading of the changed figures."""
    return TITLE_AS_OF if front.is_as_of else TITLE


def than(front: Front) -> str:
    """What a figure is held against: last month's pack, unless this is not the published one."""
    return LAST_PUBLISHED if front.is_as_of else LAST_PACK


def listed(changed: Sequence[ChangedFigure]) -> tuple[ChangedFigure, ...]:
    """Those that read otherwise: neither printed the same as before, nor hidden both times."""
    return tuple(row for row in changed if _is_readable(row) and row.before != row.now)


def _is_readable(row: ChangedFigure) -> bool:
    return row.before.status != SUPPRESSED or row.now.status != SUPPRESSED


def sentence(changed: Sequence[ChangedFigure], hidden: int = 0, since: str = LAST_PACK) -> str:
    """`17 figures of August and September read otherwise than in last month's pack.`

    `hidden` figures changed too and are not listed.
    """
    if not changed:
        return (ALL_HIDDEN if hidden else NO_CHANGE).format(since=since)
    many, verb = wording.start(wording.in_words(hidden)), "is" if hidden == 1 else "are"
    also = f" {many} more changed and {verb} hidden." if hidden else ""
    return _listed_sentence(changed, since) + also


def _listed_sentence(changed: Sequence[ChangedFigure], since: str) -> str:
    days = sorted({row.period_end for row in changed})
    one_year = len({day.year for day in days}) == 1
    names = [wording.MONTHS[d.month - 1] if one_year else wording.month_year(d) for d in days]
    figures, read = ("figure", "reads") if len(changed) == 1 else ("figures", "read")
    return (
        f"{wording.start(wording.in_words(len(changed)))} {figures} of {wording.and_list(names)}"
        f" {read} otherwise than {since}."
    )


def _measures(changed: Sequence[ChangedFigure], rows: PackRows) -> tuple[ChangedMeasure, ...]:
    grouped = groupby(changed, key=lambda row: (row.indicator_id, row.title))
    return tuple(
        ChangedMeasure(indicator_id, title, tuple(_row(row, rows) for row in members))
        for (indicator_id, title), members in grouped
    )


def _row(row: ChangedFigure, rows: PackRows) -> ChangedRow:
    return ChangedRow(
        month=wording.short_month(row.period_end),
        before=cell(row.before, row.unit),
        now=cell(row.now, row.unit),
        why=why(row, rows),
        moved=_behind(row),
    )


def why(row: ChangedFigure, rows: PackRows) -> str:
    """Which records, or what else, explain a changed figure."""
    month = wording.month_name(rows.front.snapshot_month)
    return causes.why(row, causes.of_figure(row, rows.history.causes), month)


def example(rows: PackRows) -> str:
    """The change of a headline, or of another figure, in a sentence; empty without one."""
    last = len(rows.indicators)
    order = {row.indicator_id: row.headline_order or last for row in rows.indicators}
    shown = [
        (order[row.indicator_id], -row.period_end.toordinal(), number, row)
        for number, row in enumerate(listed(rows.changed))
        if row.indicator_id in order and row.before.is_shown and row.now.is_shown
    ]
    if not shown:
        return ""
    *_, first = min(shown)
    return causes.sentence(first, why(first, rows), than(rows.front))


def _behind(row: ChangedFigure) -> str:
    """What moved, after the reason; nothing where it is hidden, which the reason says already."""
    said = wording.within(moved(row))
    return "" if said in (_ALL_HIDDEN, "–") else f"Behind it: {said}."


def moved(row: ChangedFigure) -> str:
    """`14 more counted, 7 judged otherwise`; numbers of rows that are hidden are not named."""
    moves: tuple[tuple[Figure, str], ...] = tuple(
        (getattr(row, name), words) for name, words in _MOVES
    )
    told = ", ".join(
        _counted(shown.value, words) for shown, words in moves if shown.is_shown and shown.value
    )
    if any(shown.status == SUPPRESSED for shown, _ in moves):
        return wording.start(f"{told}; {_REST_HIDDEN}" if told else _ALL_HIDDEN)
    if told:
        return wording.start(told)
    return wording.start(_SAME_ROWS) if row.before.is_shown or row.now.is_shown else "–"


def _counted(rows: float, words: str) -> str:
    return f"{rows:,.0f}\u00a0{words}"
