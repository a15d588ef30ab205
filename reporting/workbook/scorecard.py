"""The scorecard sheet: every measure in the order of the themes, with a rating that is worked out.

An officer may type another threshold and see the rating change. The formulas stand in the columns
named in FORMULAS and read only cells of their own row, so the table may be sorted.
"""

from __future__ import annotations

from collections.abc import Sequence

from reporting import wording
from reporting.page.measures import footnotes, month_names
from reporting.rows import COMPARATORS, SHOWN, Definition, Indicator, PackRows
from reporting.signals import WORDS, said
from reporting.workbook.cells import (
    BETTER,
    EMPTY,
    RATING_COLOURS,
    SHAPES,
    UNITS,
    WORSE,
    Cell,
    figure,
    moved,
    people,
    tag,
    value,
)
from reporting.workbook.rating import (
    KINDS,
    meets_formula,
    range_formula,
    rated,
    rating_formula,
)
from reporting.workbook.sheets import A3, HEADER_ROW, Book, Column, Table, address, write_table

RATING, SIGNAL, DIRECTION, JUDGEMENT = "Rating", "Signal", "Direction", "Better or worse"
THRESHOLDS = ("Green is", "Amber is", "Red is")
WORKINGS = ("Working: green met", "Working: amber met", "Working: red met", "Working: range")
FORMULAS = (RATING, *WORKINGS)
# Where the figure of the month stands.
MONTH = 7
COMPARED = (
    "Statistical neighbour average",
    "Best statistical neighbour",
    "National average",
    "Top quartile",
    "Region",
)
_HOW_TO_TYPE = {
    "validate": "any",
    "input_title": "A threshold",
    "input_message": "Type <95, <=95, >5, 95+ or 14-20. The rating is worked out anew here only;"
    " to change the pack, change the targets it is built from.",
}
# A shape goes before each word, so that nothing rests on colour. The cell itself holds the word.
_TAGS = (
    *((RATING, wording.RATINGS[kind], SHAPES[kind], RATING_COLOURS[kind]) for kind in KINDS),
    (DIRECTION, wording.DIRECTIONS["up"], "↑", None),
    (DIRECTION, wording.DIRECTIONS["down"], "↓", None),
    (JUDGEMENT, "Better", "●", (BETTER, "")),
    (JUDGEMENT, "Worse", "■", (WORSE, "")),
    (SIGNAL, WORDS["improving"][0], "●", (BETTER, "")),
    (SIGNAL, WORDS["getting_worse"][0], "■", (WORSE, "")),
    (SIGNAL, WORDS["unusual"][0], "◇", None),
)


def write_scorecard(book: Book) -> None:
    """Write the sheet, its live ratings, and the shapes beside its words."""
    table = scorecard(book.rows)
    sheet = write_table(book, table)
    if not table.rows:
        return
    headers = [column.header for column in table.columns]
    last_row = HEADER_ROW + len(table.rows)
    for header, word, shape, colours in _TAGS:
        column = headers.index(header)
        look = tag(shape, colours)
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": book.format(look)}
        sheet.conditional_format(table.first_row, column, last_row, column, rule)
    for header in THRESHOLDS:
        column = headers.index(header)
        sheet.data_validation(table.first_row, column, last_row, column, _HOW_TO_TYPE)


def by_theme(rows: PackRows) -> list[Indicator]:
    """The measures in the order of the themes; within one, the order of the scorecard."""
    return sorted(rows.indicators, key=lambda row: row.theme_order)


def scorecard(rows: PackRows) -> Table:
    """The table, one row a measure."""
    columns = _columns(rows)
    headers = [column.header for column in columns]
    meanings = {row.indicator_id: row for row in rows.definitions}
    lines = []
    for number, row in enumerate(by_theme(rows), start=HEADER_ROW + 1):
        rating, workings = _rating(row, headers, number)
        judged = [rating, Cell(said(rows.signals.get(row.indicator_id)).word), *_thresholds(row)]
        compared = _compared(row, rows, meanings.get(row.indicator_id))
        lines.append([*_facts(row), *_figures(row), *judged, *compared, *workings])
    return Table(
        name="Scorecard",
        title=f"Scorecard, {wording.month_year(rows.front.period_end)}",
        intro="One row for each measure. The rating is worked out from the month’s figure and the"
        " thresholds in the shaded cells. Column headings filter and sort.",
        columns=columns,
        rows=lines,
        paper=A3,
        printed=len(columns) - len(WORKINGS),
    )


def _columns(rows: PackRows) -> list[Column]:
    end = rows.front.period_end
    last_year = wording.short_month(wording.last_of_month(end, 12))
    widths = (
        ("Ref", 13.5), ("Measure", 31), ("Theme", 12), ("Unit", 10), ("Good is", 10.5),
        *((name, 9.5) for name in month_names(rows.front)),
        ("Number counted", 9), ("Out of", 9), ("Change on last month", 9.5), (DIRECTION, 11),
        (JUDGEMENT, 10), ("Year to date", 9.5), (RATING, 10.5), (SIGNAL, 12),
        *((header, 8.5) for header in THRESHOLDS),
        (f"A year ago, {last_year}", 10),
        (f"Year end, {wording.short_month(wording.previous_year_end(end))}", 10),
        *((header, 10.5) for header in COMPARED), ("Compared for", 11), ("Notes", 40),
        *((header, 13) for header in WORKINGS),
    )  # fmt: skip
    return [Column(header, width) for header, width in widths]


def _facts(row: Indicator) -> list[Cell]:
    texts = (row.theme_title, UNITS.get(row.unit, row.unit), wording.GOOD_IS.get(row.good_is, ""))
    return [Cell(row.ref), Cell(row.title, "strong"), *(Cell(text) for text in texts)]


def _figures(row: Indicator) -> list[Cell]:
    """The three months, the people behind the last, and how it moved."""
    months = [figure(each, row.unit) for each in (row.month_minus_2, row.month_minus_1, row.month)]
    behind = (row.numerator, row.denominator) if row.month.status == SHOWN else (None, None)
    change = wording.change(row)
    moves = [EMPTY, EMPTY, EMPTY]
    if change:
        moves = [
            moved(row.change_amount, row.unit),
            Cell(change.word),
            Cell(wording.start(change.judgement)),
        ]
    return [*months, *(people(number) for number in behind), *moves, figure(row.ytd, row.unit)]


def _thresholds(row: Indicator) -> list[Cell]:
    return [Cell(getattr(row, kind), "input") for kind in KINDS]


def _rating(row: Indicator, headers: Sequence[str], line: int) -> tuple[Cell, list[Cell]]:
    """The live rating of a row, and its workings."""
    at = {header: address(line, column) for column, header in enumerate(headers)}
    number, good_is = address(line, MONTH), at["Good is"]
    green, amber, red = (at[header] for header in THRESHOLDS)
    met = (at[WORKINGS[0]], at[WORKINGS[1]], at[WORKINGS[2]])
    now = rated(row)
    workings = [
        Cell(is_met, "working", meets_formula(number, cell))
        for is_met, cell in zip(now.met, (green, amber, red), strict=True)
    ]
    workings.append(Cell(now.range, "working", range_formula(number, green, good_is)))
    formula = rating_formula(number, (green, amber, red), met, at[WORKINGS[3]])
    return Cell(now.word, formula=formula), workings


def _compared(row: Indicator, rows: PackRows, meaning: Definition | None) -> list[Cell]:
    notes = footnotes(row, rows.trend.get(row.indicator_id, ()), meaning)
    return [
        figure(row.year_ago, row.unit),
        figure(row.previous_year, row.unit),
        *(value(getattr(row, name), row.unit) for name in COMPARATORS),
        Cell(row.benchmark_period),
        Cell(" ".join(notes)),
    ]
