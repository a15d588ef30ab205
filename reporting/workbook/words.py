"""The sheets of words: faults and repairs, definitions, commentary, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from reporting import wording
from reporting.rows import Definition, Impact, Issue, PackRows
from reporting.workbook.cells import EMPTY, UNITS, Cell, figure, month, people
from reporting.workbook.lists import basis_name, columns
from reporting.workbook.scorecard import by_theme
from reporting.workbook.sheets import A3, Column, Table

if TYPE_CHECKING:
    from reporting.commentary.reading import Commentary

BEFORE_THE_THEMES, AFTER_THE_THEMES = ("summary",), ("recommendations", "implications")


def repaired(rows: PackRows) -> Table:
    """The scorecard's figures as recorded and after repair."""
    return Table(
        name="Repaired figures",
        title="What recording faults did to the figures",
        intro="Each figure of the scorecard as recorded and after repair. The pack shows it after"
        " repair.",
        columns=columns(
            ("Measure", 60), ("Unit", 18), ("Of", 14), ("As recorded", 15), ("After repair", 15),
            ("Moved by a repair", 10), ("Children behind the move", 15), ("Faults", 24),
        ),
        rows=[_impact(row) for row in rows.impacts],
        nothing="The figures as recorded are not there to compare with.",
        frozen=1,
    )  # fmt: skip


def _impact(row: Impact) -> list[Cell]:
    return [
        Cell(row.title),
        Cell(UNITS.get(row.unit, row.unit)),
        Cell("Year to date" if row.place == "ytd" else "The month"),
        figure(row.recorded, row.unit),
        figure(row.repaired, row.unit),
        Cell("Yes" if row.is_moved else "No"),
        figure(row.children, "count"),
        Cell(", ".join(row.issue_ids)),
    ]


def faults(rows: PackRows) -> Table:
    """The known recording issues and how many of each stand in the month's extract."""
    return Table(
        name="Recording faults",
        title="Recording faults",
        intro="What can be wrong in the records, how many stand in this month’s extract, what the"
        " figures do about it and who puts it right.",
        columns=columns(
            ("Id", 8), ("Fault", 38), ("Severity", 10), ("Found this month", 10), ("Found", 15),
            ("New this month", 15), ("Put right at the source", 15),
            ("Repaired in the figures", 15), ("The oldest has stood since", 16),
            ("What it is", 42), ("How it moves figures", 48), ("What our figures do", 48),
            ("Who puts it right", 20), ("Measures it can move", 130),
        ),
        rows=[_issue(row) for row in rows.issues],
        nothing="No list of recording faults came with this month.",
        paper=A3,
        printed=13,
    )  # fmt: skip


def _issue(row: Issue) -> list[Cell]:
    counted = (row.faults, row.new_faults, row.fixed_faults, row.repaired_faults)
    since = row.oldest_since
    return [
        Cell(row.issue_id),
        Cell(row.title, "strong"),
        Cell(wording.start(row.severity)),
        Cell("Yes" if row.is_found else "No"),
        *(figure(each, "count") for each in counted),
        month(wording.month_end(since)) if since else EMPTY,
        *(Cell(wording.sentence(text)) for text in (row.description, row.effect, row.repaired)),
        Cell(wording.start(row.owner)),
        Cell("; ".join(row.affected)),
    ]


def definitions(rows: PackRows) -> Table:
    """What each measure means."""
    titles = {row.theme: row.theme_title for row in rows.indicators}
    fields: tuple[tuple[str, float, Callable[[Definition], str]], ...] = (
        ("Ref", 13.5, lambda row: row.ref),
        ("Measure", 30, lambda row: row.title),
        ("Theme", 13, lambda row: titles.get(row.theme, wording.start(row.theme))),
        ("What it counts", 56, lambda row: row.definition),
        ("Over whom", 32, lambda row: row.over_whom),
        ("Why it matters", 30, lambda row: row.why),
        ("What to know", 28, lambda row: row.caveat),
        ("Breaks in the series", 28, _breaks),
        ("Since when", 22, wording.since_when),
        ("Answered for by", 16, lambda row: row.owner),
        ("Good is", 16, lambda row: wording.GOOD_IS.get(row.good_is, "")),
        ("Speaks of", 17, lambda row: basis_name(row.headline_basis)),
        ("Green is", 10, lambda row: row.green),
        ("Amber is", 10, lambda row: row.amber),
        ("Red is", 10, lambda row: row.red),
        ("Broken down by", 20, lambda row: row.breakdowns.replace("_", " ")),
        ("Rests on", 22, lambda row: row.authority),
        ("Made from", 40, lambda row: row.source_tables),
        ("Version", 10, lambda row: f"Version {row.definition_version}"),
    )
    return Table(
        name="Definitions",
        title="Definitions",
        intro="What each measure counts, over whom, why, since when, and who answers for it.",
        columns=[Column(header, width) for header, width, _ in fields],
        rows=[[Cell(read(row)) for *_, read in fields] for row in rows.definitions],
        paper=A3,
        printed=10,
    )


def _breaks(row: Definition) -> str:
    return " ".join(wording.series_break(text) for text in wording.breaks(row.series_breaks))


def commentary_table(rows: PackRows, commentary: Mapping[str, Commentary]) -> Table:
    """What the heads of service wrote, or what was said for them, a paragraph a row."""
    themes = {row.theme: row.theme_title for row in by_theme(rows)}
    order = [*BEFORE_THE_THEMES, *themes, *AFTER_THE_THEMES]
    return Table(
        name="Commentary",
        title="Commentary",
        intro="What heads of service say of each theme. Where they have written nothing, the"
        " sentences are made from the figures.",
        columns=columns(("Theme", 26), ("Paragraph", 11), ("Commentary", 100), ("Written by", 34)),
        rows=[
            [Cell(themes.get(key, wording.start(key)), "strong"), people(number), Cell(text),
             Cell(_writer(commentary[key]))]
            for key in order if key in commentary
            for number, text in enumerate(commentary[key].paragraphs, start=1)
        ],
        nothing="There is no commentary this month.",
        frozen=1,
    )  # fmt: skip


def _writer(said_by: Commentary) -> str:
    if not said_by.is_written:
        return "Made from the figures"
    return f"Head of service ({said_by.source})" if said_by.source else "Head of service"


def extracts(rows: PackRows) -> Table:
    """The files the month was made from."""
    return Table(
        name="How this was made",
        title="How this was made",
        intro="The files the month was made from: what each one held and what of it could not be"
        " read.",
        columns=columns(
            ("System", 26), ("Table", 34), ("File", 44), ("Rows read", 15), ("Rows refused", 15),
            ("Status", 14),
        ),
        rows=[
            [
                Cell(wording.FAMILIES.get(each.family, each.family)), Cell(each.table_name),
                Cell(each.file_name),
                _rows(each.landed_rows) if each.status == "landed" else EMPTY,
                _rows(each.refused_rows) if each.status != "absent" else EMPTY,
                Cell(wording.extract_status(each)),
            ]
            for each in rows.extracts
        ],
        nothing="The list of files did not come with this month.",
    )  # fmt: skip


def _rows(count: int | None) -> Cell:
    return Cell(wording.rows(count), "quiet") if count is None else Cell(count, "count")
