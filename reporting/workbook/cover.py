"""The first sheet: what the workbook is, how to read it, what to ask first, and what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reporting import wording
from reporting.asks import Pick, ask_first, going_well
from reporting.rows import PackRows
from reporting.workbook.cells import RATING_COLOURS, SHAPES, Cell, clean, height, tag
from reporting.workbook.sheets import A4, Book, write

if TYPE_CHECKING:
    from reporting.commentary.reading import Commentary

COVER = "Cover"
TITLE = "Corporate parenting performance"
WIDTHS = (22, 116)
_HEADING_HEIGHT = 30


@dataclass(frozen=True)
class Line:
    """A line of the cover: its first and second cell, and the sheet the first one leads to."""

    first: Cell
    second: Cell
    sheet: str = ""


def write_cover(
    book: Book, commentary: Mapping[str, Commentary], sheets: Sequence[tuple[str, str]]
) -> None:
    """Write the cover; `sheets` are the names of the other sheets and what each one holds."""
    sheet = book.sheet(COVER, A4)
    sheet.set_portrait()
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    write(book, sheet, 0, 0, Cell(TITLE, "title"))
    last = 0
    for last, line in enumerate(_lines(book.rows, commentary, sheets), start=1):
        _write_line(book, sheet, last, line)
    sheet.print_area(0, 0, last, 1)
    for kind, (ink, paper) in RATING_COLOURS.items():
        look = tag(SHAPES[kind], (ink, paper))
        rule = {"type": "cell", "criteria": "==", "value": f'"{wording.RATINGS[kind]}"'}
        sheet.conditional_format(1, 0, last, 0, rule | {"format": book.format(look)})


def _write_line(book: Book, sheet: Any, number: int, line: Line) -> None:
    is_heading = line.first.look == "heading"
    needed = height(zip((line.first, line.second), WIDTHS, strict=True))
    sheet.set_row(number, _HEADING_HEIGHT if is_heading else needed + 2)
    if line.sheet:
        link = f"internal:'{line.sheet}'!A1"
        sheet.write_url(number, 0, link, book.look("link"), clean(str(line.first.value)))
    else:
        write(book, sheet, number, 0, line.first)
    write(book, sheet, number, 1, line.second)


def _lines(
    rows: PackRows, commentary: Mapping[str, Commentary], sheets: Sequence[tuple[str, str]]
) -> Iterator[Line]:
    yield from _facts(rows)
    if "summary" in commentary:
        yield from _listed("Summary", [("", text) for text in commentary["summary"].paragraphs])
    yield from _listed("Ask about these first", _picks(ask_first(rows)), "pick")
    yield from _listed("Going well", _picks(going_well(rows)), "pick")
    yield from _listed("What to know about this month", [("", text) for text in rows.notes])
    gaps = [("", wording.gap(gap)) for gap in rows.gaps if gap.indicators]
    yield from _listed("What did not come", gaps)
    yield from _listed("How to read this workbook", _how_to_read(rows))
    yield _heading("Sheets")
    for name, holds in sheets:
        yield Line(Cell(name), Cell(holds, "plain"), name)


def _facts(rows: PackRows) -> Iterator[Line]:
    facts = (
        ("Council", rows.front.council_name),
        ("Month", wording.known(rows.front)),
        ("Please note", wording.as_of(rows.front)),
        ("Figures at", wording.long_date(rows.front.period_end)),
        ("Edition", rows.edition.label),
        ("What this is", "The figures of the Corporate Parenting Panel’s pack, to look up, filter"
         " and chart: the same figures as on the page and in the PDF of this edition."),
    )  # fmt: skip
    for label, text in facts:
        if text:
            yield Line(Cell(label, "plain"), Cell(text, "plain"))


def _how_to_read(rows: PackRows) -> list[tuple[str, str]]:
    hidden = (
        f"“{wording.HIDDEN}” stands where a number of children is above 0 and below"
        f" {rows.front.smallest_shown}, or would give such a number away. It is nowhere in this"
        " file."
        if rows.edition.is_public
        else "Nothing is hidden in this edition: a small number can point to a child."
    )
    return [
        ("Small numbers", hidden),
        ("No figure", f"“{wording.UNAVAILABLE}” stands where the records to count from did not"
         f" come; “{wording.NOBODY}” where there was nobody to count."),
        ("Rating", "Green, Amber or Red: where the month’s figure stands against its thresholds."
         " It is worked out in the sheet, so another threshold may be tried."),
        ("Direction", "Up, Down or No change since last month, and in the next column whether that"
         " is better or worse."),
        ("Signal", "Whether the month differs from its own past by more than chance would have"
         " it. Rating, direction and signal say three things; none changes another."),
    ]  # fmt: skip


def _picks(picks: Sequence[Pick]) -> list[tuple[str, str]]:
    return [
        (wording.RATINGS.get(pick.rating, pick.rating), f"{pick.title}: {pick.words}")
        for pick in picks
    ]


def _listed(heading: str, lines: Sequence[tuple[str, str]], look: str = "plain") -> Iterator[Line]:
    """A heading and its lines; nothing where there is no line."""
    if lines:
        yield _heading(heading)
    for label, text in lines:
        yield Line(Cell(label, look), Cell(text, "plain"))


def _heading(text: str) -> Line:
    return Line(Cell(text, "heading"), Cell(None, "plain"))
