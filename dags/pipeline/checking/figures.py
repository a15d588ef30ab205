"""Every figure of the scorecard stands on the page, as the data file beside it has it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.checking.pages import Page

SHOWN_IN_THE_ROW = ("month_minus_2", "month_minus_1", "month", "ytd", "previous_year")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def missing_figures(page: Page, scorecard: Path, results: Path) -> Iterator[str]:
    """Give one sentence for each figure that the page lacks; a hidden figure is none.

    ``scorecard`` is the edition's own data file, ``results`` the month's `scorecard.csv`, all of
    whose measures have to be in the pack.
    """
    rows = _read(scorecard)
    shown = {row["indicator_id"] for row in rows}
    for row in _read(results):
        if row["indicator_id"] not in shown:
            yield f"{row['indicator_id']} is not in the scorecard"
    lines = _lines(page)
    for row in rows:
        yield from _missing(row, lines)


def missing_measures(words: str, scorecard: Path) -> Iterator[str]:
    """Give one sentence for each measure whose title is not among the words of a file."""
    together = " ".join(words.split())
    for row in _read(scorecard):
        if _title(row) not in together:
            yield f"{row['indicator_id']} is not in it"


def _title(row: Mapping[str, str]) -> str:
    return " ".join(row["title"].removeprefix("'").split())


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _lines(page: Page) -> list[tuple[str, frozenset[float]]]:
    """Every table row with a heading of its own: the heading, and the numbers beside it."""
    lines = []
    for row in page.all("tr"):
        heading = next((one.text for one in row.all("th")), "")
        cells = " ".join(cell.text for cell in row.all("td"))
        numbers = (found.replace(",", "") for found in _NUMBER.findall(cells))
        lines.append((heading, frozenset(float(number) for number in numbers)))
    return lines


def _missing(row: Mapping[str, str], lines: list[tuple[str, frozenset[float]]]) -> Iterator[str]:
    candidates = [numbers for heading, numbers in lines if _title(row) in heading]
    if not candidates:
        yield f"{row['indicator_id']} has no line in the scorecard"
        return
    wanted = {
        name: float(row[name])
        for name in SHOWN_IN_THE_ROW
        if row[name] and row.get(f"{name}_status", "ok") == "ok"
    }
    if not any(numbers.issuperset(wanted.values()) for numbers in candidates):
        absent = (name for name, value in wanted.items() if value not in candidates[0])
        names = ", ".join(absent) or "a figure"
        yield f"{row['indicator_id']}: its line lacks {names} of the data file"
