"""The rating as a live formula, and the same rule in Python for the value the formula has now.

Ruling F15: a threshold cell is `<x`, `<=x`, `>x`, `x+`, `a-b` (both ends in) or empty; the first of
green, amber and red that is met counts. Outside a range that is good in itself it is amber up to 1%
of the nearer end, else red. Nothing of the data enters a formula: it names cells and constants.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reporting import wording
from reporting.rows import Indicator, PackDataError

_NUMBER = r"\s*\d+(?:\.\d+)?\s*"
_ONE_SIDED = re.compile(rf"(<=|<|>)({_NUMBER})")
_AT_LEAST = re.compile(rf"({_NUMBER})\+")
_RANGE = re.compile(rf"({_NUMBER})-({_NUMBER})")
KINDS = ("green", "amber", "red")
# What stands where a typed threshold is none of the forms.
UNREADABLE = "unreadable"
CHECK = "Check thresholds"
NEAR, FAR = "within 1%", "outside"


@dataclass(frozen=True)
class Rated:
    """The values of the formulas of one row: the workings, and the word of the rating."""

    met: tuple[bool | str, bool | str, bool | str]
    range: str
    word: str


def rated(row: Indicator) -> Rated:
    """What the formulas of a row come to now.

    Raises PackDataError where that is not the rating the row was published with.
    """
    cells = (row.green, row.amber, row.red)
    number = row.month.value if row.month.is_shown else None
    green, amber, red = (meets(number, cell) for cell in cells)
    met = (green, amber, red)
    near = outside(number, row.green) if row.good_is == "range" else ""
    word = _word(cells, number, met, near)
    published = wording.RATINGS.get(row.rag, row.rag)
    if word != published and not (row.rag == "" and word in (wording.NO_TARGET, CHECK)):
        raise PackDataError(
            f"{row.indicator_id} is published as {published!r}, but its own thresholds make it"
            f" {word!r}: build the month again, with the thresholds it was rated by"
        )
    return Rated(met, near, word)


def meets(number: float | None, cell: str) -> bool | str:
    """True where the figure meets a threshold cell; `unreadable` where the cell is none."""
    if number is None or not cell:
        return False
    if found := _ONE_SIDED.fullmatch(cell):
        limit = float(found[2])
        return {"<=": number <= limit, "<": number < limit, ">": number > limit}[found[1]]
    if found := _AT_LEAST.fullmatch(cell):
        return number >= float(found[1])
    if found := _RANGE.fullmatch(cell):
        return float(found[1]) <= number <= float(found[2])
    return UNREADABLE


def outside(number: float | None, green: str) -> str:
    """Where a figure stands to a range that is good in itself, 1% of the nearer end included."""
    found = _RANGE.fullmatch(green)
    if number is None or not found:
        return ""
    low, high = round(0.99 * float(found[1]), 6), round(1.01 * float(found[2]), 6)
    return NEAR if low <= number <= high else FAR


def _word(
    cells: tuple[str, ...], number: float | None, met: tuple[bool | str, ...], near: str
) -> str:
    words = wording.RATINGS
    if not any(cells):
        return wording.NO_TARGET
    if number is None:
        return words[""]
    if UNREADABLE in met:
        return CHECK
    for kind, is_met in zip(KINDS, met, strict=True):
        if is_met:
            return words[kind]
    return {NEAR: words["amber"], FAR: words["red"]}.get(near, words[""])


def meets_formula(number: str, cell: str) -> str:
    """The formula of `meets`, of the addresses of a figure and of a threshold cell."""
    most, below = _read(f"MID({cell},3,20)"), _read(f"MID({cell},2,20)")
    least = _read(f"LEFT({cell},LEN({cell})-1)")
    low, high = _ends(cell)
    return (
        f'=IF(OR({cell}="",NOT(ISNUMBER({number}))),FALSE,IFERROR('
        f'IF(LEFT({cell},2)="<=",{number}<={most},'
        f'IF(LEFT({cell},1)="<",{number}<{below},'
        f'IF(LEFT({cell},1)=">",{number}>{below},'
        f'IF(RIGHT({cell},1)="+",{number}>={least},'
        f'AND({number}>={low},{number}<={high}))))),"{UNREADABLE}"))'
    )


def range_formula(number: str, green: str, good_is: str) -> str:
    """The formula of `outside`, for rows whose measure is best within a range."""
    low, high = _ends(green)
    return (
        f'=IF(AND({good_is}="{wording.GOOD_IS["range"]}",ISNUMBER({number}),'
        f'ISNUMBER(FIND("-",{green}))),IFERROR('
        f"IF(AND({number}>=ROUND(0.99*{low},6),{number}<=ROUND(1.01*{high},6)),"
        f'"{NEAR}","{FAR}"),""),"")'
    )


def rating_formula(
    number: str, cells: tuple[str, str, str], met: tuple[str, str, str], near: str
) -> str:
    """The formula of the rating, of the addresses of the figure, its thresholds and workings."""
    words = {kind: f'"{word}"' for kind, word in wording.RATINGS.items()}
    no_target = ",".join(f'{cell}=""' for cell in cells)
    unreadable = ",".join(f'{each}="{UNREADABLE}"' for each in met)
    return (
        f'=IF(AND({no_target}),"{wording.NO_TARGET}",IF(NOT(ISNUMBER({number})),{words[""]},'
        f'IF(OR({unreadable}),"{CHECK}",'
        f"IF({met[0]},{words['green']},IF({met[1]},{words['amber']},IF({met[2]},{words['red']},"
        f'IF({near}="{NEAR}",{words["amber"]},IF({near}="{FAR}",{words["red"]},{words[""]}'
        "))))))))"
    )


def _ends(cell: str) -> tuple[str, str]:
    """The two ends of a range in a cell, as formulas."""
    dash = f'FIND("-",{cell})'
    return _read(f"LEFT({cell},{dash}-1)"), _read(f"MID({cell},{dash}+1,20)")


def _read(text: str) -> str:
    """A number out of a text, with the point as its decimal sign in every country."""
    return f'_xlfn.NUMBERVALUE({text},".",",")'
