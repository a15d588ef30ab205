"""What a cell of the workbook holds and how it looks; nothing here knows a sheet.

Every text passes `clean`, so a control character or an endless text in a source system cannot
make a file that Excel refuses to open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import repeat

from reporting import wording
from reporting.rows import Figure, TrendPoint

LONGEST_TEXT = 32_767
# How wide letters of the font are, against a digit, by which columns are measured; the rest are 1.
_WIDTHS = {
    letter: width
    for width, letters in (
        (0.5, "ijlI .,;:'’"), (0.6, "fJ()-"), (0.7, "rt!"), (0.8, "szL/“”"), (0.9, "cgkvxyFSZ?"),
        (1.1, "bdhnopquBCRV"), (1.2, "ADH"), (1.3, "GNOQU"), (1.4, "w%&"), (1.7, "mM"),
        (1.8, "W—"),
    )
    for letter in letters
}  # fmt: skip
BOLD = 1.02
# Of a line of text and of the highest row a sheet can have, in points.
LINE, HIGHEST_ROW = 14.5, 409.0
CUT = " … [cut here: a cell holds no more]"
# What XML 1.0 cannot hold; a reader sees that something stood there.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")

UNITS = {
    "count": "Number",
    "percent": "%",
    "rate_per_10000": "Per 10,000 children",
    "days": "Days",
    "years": "Years",
    "children_per_fte": "Children per worker",
}

# The palette of the pages (style.css): every pair has a contrast of at least 4.5 to 1.
INK, MUTED, NAVY, LINK, RULE = "#14181a", "#4a545b", "#0b3d66", "#0b4f8a", "#c9d1d7"
SIMILAR, ENGLAND, TARGET = "#6b3fa0", "#6b5b00", "#3d474e"
RATING_COLOURS = {
    "green": ("#ffffff", "#00662f"),
    "amber": ("#14181a", "#ffc845"),
    "red": ("#ffffff", "#b3112b"),
}
SHAPES = {"green": "✔", "amber": "▲", "red": "◆"}
BETTER, WORSE = "#0b5cad", "#a83f00"

Look = dict[str, str | int | bool]
_BODY: Look = {
    "font_color": INK, "valign": "top", "text_wrap": True, "bottom": 1, "bottom_color": RULE,
}  # fmt: skip
# A digit’s width is kept free to the right of a number, so that it stands clear of the next cell.
_NUMBER: Look = _BODY | {"align": "right"}
_HEADER: Look = {
    "bold": True, "font_color": "#ffffff", "bg_color": NAVY, "text_wrap": True,
    "valign": "top", "border": 1, "border_color": "#ffffff",
}  # fmt: skip
LOOKS: dict[str, Look] = {
    "title": {"bold": True, "font_size": 18, "font_color": NAVY},
    "intro": {"font_color": MUTED},
    "heading": {"bold": True, "font_size": 13, "font_color": NAVY, "valign": "bottom"},
    "pick": {
        "bold": True, "font_color": INK, "valign": "top", "border": 2, "border_color": "#ffffff",
    },
    "plain": {"font_color": INK, "valign": "top", "text_wrap": True},
    "link": {"font_color": LINK, "underline": 1, "valign": "top", "text_wrap": True},
    "caption": {"font_color": MUTED, "font_size": 9, "valign": "top", "text_wrap": True},
    "header": _HEADER,
    "header right": _HEADER | {"align": "right", "indent": 1},
    "text": _BODY,
    "strong": _BODY | {"bold": True},
    "quiet": _NUMBER | {"font_color": MUTED, "italic": True, "indent": 1},
    "working": _BODY | {"font_color": MUTED, "align": "center"},
    "input": _BODY | {"num_format": "@", "bg_color": "#fff6e0", "border": 1, "border_color": RULE,
                      "align": "center", "locked": False},
    "count": _NUMBER | {"num_format": "#,##0_0"},
    "decimal": _NUMBER | {"num_format": "#,##0.0_0"},
    "percent": _NUMBER | {"num_format": '#,##0.0"%"_0'},
    "count moved": _NUMBER | {"num_format": "+#,##0_0;-#,##0_0;0_0"},
    "decimal moved": _NUMBER | {"num_format": "+#,##0.0_0;-#,##0.0_0;0.0_0"},
    "date": _BODY | {"num_format": "d mmm yyyy", "align": "left"},
    "month": _BODY | {"num_format": "mmm yyyy", "align": "left"},
}  # fmt: skip


# The looks of what is set to the right, its heading with it.
NUMBERS = ("quiet", "count", "decimal", "percent", "count moved", "decimal moved")


@dataclass(frozen=True)
class Cell:
    """A text, a number, a date or nothing; or a formula, with the value it has now."""

    value: str | float | bool | date | None = None
    look: str = "text"
    formula: str = ""


EMPTY = Cell()


def clean(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text as a cell can hold it: `�` for what XML cannot hold, cut where it is too long.

    Excel counts UTF-16 units, so a text of rare characters is cut sooner.
    """
    text = _ILLEGAL.sub("\ufffd", _LINE_END.sub("\n", text))
    if 2 * len(text) <= longest:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * longest:
        return text
    return units[: 2 * (longest - len(CUT))].decode("utf-16-le", errors="ignore") + CUT


def height(cells: Iterable[tuple[Cell, float]], more: int = 0) -> float:
    """The height in points a row needs for its wrapped texts, of cells and their columns' widths.

    It is written down because not every program works it out on opening a file.
    """
    texts = ((cell.value, width) for cell, width in cells if isinstance(cell.value, str))
    most = max((_lines(text, width) for text, width in texts), default=1)
    return min((most + more) * LINE + 2, HIGHEST_ROW)


@cache
def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column, a bold one included."""
    if len(text) <= width * 0.7 and "\n" not in text:
        return 1
    lines = 0
    for paragraph in text.split("\n"):
        lines, used = lines + 1, 0.0
        for word in paragraph.split(" "):
            long = sum(map(_WIDTHS.get, word, repeat(1.0))) * BOLD
            if used and used + long > width:
                lines, used = lines + 1, 0.0
            lines += int(long // width)
            used += long % width + _WIDTHS[" "]
    return lines


def tag(shape: str, colours: tuple[str, str] | None) -> Look:
    """A shape before the word of a cell, in ink and on paper of these colours where given.

    The cell itself holds the word alone, to be filtered and read out.
    """
    look: Look = {"num_format": f'"{shape} "@', "bold": True}
    if colours:
        look |= {"font_color": colours[0]}
    if colours and colours[1]:
        look |= {"bg_color": colours[1]}
    return look


def look_of(unit: str) -> str:
    """The number format of a unit: counts whole, percentages with their sign, else one decimal."""
    return {"count": "count", "percent": "percent"}.get(unit, "decimal")


def figure(shown: Figure | TrendPoint, unit: str) -> Cell:
    """A figure as a number, or the words that stand for a hidden, absent or impossible one."""
    if shown.is_shown and shown.value is not None:
        return Cell(float(shown.value), look_of(unit))
    return Cell(wording.figure(shown, unit), "quiet")


def value(number: float | None, unit: str) -> Cell:
    """A level beside a figure, such as a benchmark or a limit; empty where there is none."""
    return EMPTY if number is None else Cell(float(number), look_of(unit))


def people(number: float | None) -> Cell:
    """A numerator or denominator as it is: whole, or with one decimal."""
    if number is None:
        return EMPTY
    return Cell(float(number), "count" if float(number).is_integer() else "decimal")


def moved(amount: float | None, unit: str) -> Cell:
    """A difference with its sign."""
    if amount is None:
        return EMPTY
    places, look = (0, "count moved") if unit == "count" else (1, "decimal moved")
    return Cell(round(float(amount), places), look)


def month(day: date) -> Cell:
    """A month, held as its last day."""
    return Cell(day, "month")
