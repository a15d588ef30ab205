"""What only paper needs: months side by side, texts in columns, charts as pictures.

Nothing is worked out here; every text is one that the pages already carry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from reporting.assets import FONT_FOLDER, WEIGHTS
from reporting.page.data_quality import DataQualityPage
from reporting.page.measures import Measure, MonthRow, Theme

STYLE = FONT_FOLDER.parent / "templates" / "style.css"
CARDS_A_ROW = 3
FACTS = 3
# Facts of a definition that stand on its page alone.
SCREEN_ONLY = ("Made from", "Version")
# Pale grounds that no text stands on.
GROUNDS = {"grid": "#dfe4e8", "gap": "#e4e7ea"}
_TOKEN = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6})")

# The kind of a file and what is in it.
File = tuple[str, bytes]
T = TypeVar("T")


@dataclass(frozen=True)
class MonthLine:
    """One measure and its months, oldest first; None where the measure has no such month."""

    measure: Measure
    cells: tuple[MonthRow | None, ...]


@dataclass(frozen=True)
class Told:
    """A sentence about the months of one measure, or of all that it is true of."""

    titles: str
    sentence: str


@dataclass(frozen=True)
class Sheet:
    """A theme laid out for paper."""

    theme: Theme
    meanings: tuple[tuple[Measure, ...], ...]
    cards: tuple[tuple[Measure, ...], ...]
    months: tuple[str, ...]
    lines: tuple[MonthLine, ...]
    signals: tuple[tuple[Told, ...], ...]


def sheets(themes: Iterable[Theme]) -> tuple[Sheet, ...]:
    """Every theme, laid out."""
    return tuple(_sheet(theme) for theme in themes)


def _sheet(theme: Theme) -> Sheet:
    meant = [measure for measure in theme.measures if measure.meaning]
    drawn = tuple(measure for measure in theme.measures if measure.month_rows)
    months = _months(drawn)
    return Sheet(
        theme=theme,
        meanings=columns(meant, 3, lambda one: 12 + len(one.title) + len(_counts(one))),
        cards=tuple(
            drawn[start : start + CARDS_A_ROW] for start in range(0, len(drawn), CARDS_A_ROW)
        ),
        months=months,
        lines=tuple(MonthLine(measure, _cells(measure, months)) for measure in drawn),
        signals=columns(_signals(theme), 3, lambda one: len(one.titles) + len(one.sentence)),
    )


def _signals(theme: Theme) -> list[Told]:
    """What is said of the months; measures of which the same is said stand together."""
    titles: dict[str, list[str]] = {}
    for measure in theme.measures:
        if measure.signal.sentence:
            titles.setdefault(measure.signal.sentence, []).append(measure.title)
    return [Told("; ".join(named), sentence) for sentence, named in titles.items()]


def _counts(measure: Measure) -> str:
    return measure.meaning.counts if measure.meaning else ""


def _months(measures: Sequence[Measure]) -> tuple[str, ...]:
    """The months of the measure that has most of them, oldest first."""
    rows = max((measure.month_rows for measure in measures), key=len, default=())
    return tuple(row.month for row in reversed(rows))


def _cells(measure: Measure, months: tuple[str, ...]) -> tuple[MonthRow | None, ...]:
    by_month = {row.month: row for row in measure.month_rows}
    return tuple(by_month.get(month) for month in months)


def fact_names(quality: DataQualityPage) -> tuple[str, ...]:
    """The first facts told of recording faults, each a column of their table."""
    return _labels(entry.facts for entry in quality.entries)[:FACTS]


def number_names(quality: DataQualityPage) -> tuple[str, ...]:
    """What is counted of recording faults, each a column of their table."""
    return _labels(entry.numbers for entry in quality.entries)


def _labels(told: Iterable[tuple[tuple[str, str], ...]]) -> tuple[str, ...]:
    """Every label once, in the order of the first who has it."""
    return tuple(dict.fromkeys(label for facts in told for label, _ in facts))


def columns(items: Sequence[T], many: int, length: Callable[[T], int]) -> tuple[tuple[T, ...], ...]:
    """Items in their order, cut into columns of about the same length of text."""
    if len(items) <= many:
        return (*((item,) for item in items), *(() for _ in range(many - len(items))))
    total, so_far = sum(length(item) for item in items), 0.0
    cut: list[list[T]] = [[] for _ in range(many)]
    for item in items:
        middle = so_far + length(item) / 2
        cut[min(int(middle * many / total), many - 1)].append(item)
        so_far += length(item)
    return tuple(tuple(column) for column in cut)


def ink() -> dict[str, str]:
    """The colours of the screen by name (`style.css`), and the grounds of the charts."""
    return GROUNDS | dict(_TOKEN.findall(STYLE.read_text(encoding="utf-8")))


def _font(weight: str) -> bytes:
    return (FONT_FOLDER / f"source-sans-3-latin-{weight}-normal.woff2").read_bytes()


class Shelf:
    """The files of a page to print, by the address they are named by in it."""

    def __init__(self) -> None:
        self.files: dict[str, File] = {}

    def picture(self, svg: str) -> str:
        """Keep a drawing and return its address."""
        return self._put(
            f"pack:picture-{len(self.files)}.svg", "image/svg+xml", svg.strip().encode()
        )

    def fonts(self) -> dict[str, str]:
        """The address of each weight of the font."""
        return {
            weight: self._put(f"pack:font-{weight}.woff2", "font/woff2", _font(weight))
            for weight in WEIGHTS
        }

    def _put(self, address: str, kind: str, content: bytes) -> str:
        self.files[address] = (kind, content)
        return address
