"""The sheets of history: what changed, why, how late records come, how much figures move."""

from __future__ import annotations

from reporting import wording
from reporting.history import movement
from reporting.history.causes import of_figure
from reporting.history.rows import ChangeCause, Lateness, Movement
from reporting.page import changes
from reporting.rows import SHOWN, SUPPRESSED, ChangedFigure, Figure, PackRows
from reporting.workbook.cells import EMPTY, UNITS, Cell, figure, month, moved, people, value
from reporting.workbook.lists import basis_name, columns, names
from reporting.workbook.sheets import A3, Table

ALL_TEAMS = "All"


def history_tables(rows: PackRows) -> tuple[Table, ...]:
    """The four sheets, in their order."""
    return changed(rows), change_causes(rows), lateness(rows), usual_movement(rows)


def changed(rows: PackRows) -> Table:
    """The scorecard's figures of earlier months that read otherwise than in last month's pack."""
    named, ordered = names(rows), _listed(rows)
    return Table(
        name="Changed figures",
        title=changes.title(rows.front),
        intro=changes.sentence(ordered, since=changes.than(rows.front)),
        columns=columns(
            ("Ref", 13.5), ("Measure", 44), ("Unit", 14), ("Month", 10), ("Speaks of", 17),
            (wording.start(changes.than(rows.front)), 15), ("Now", 15), ("Rows that came", 15),
            ("Rows judged otherwise", 15), ("Rows that went", 15), ("Why", 74),
        ),
        rows=[
            [
                Cell(named.get(row.indicator_id, ("", ""))[0]), Cell(row.title),
                Cell(UNITS.get(row.unit, row.unit)), month(row.period_end),
                Cell(basis_name(row.basis)),
                figure(row.before, row.unit), figure(row.now, row.unit),
                *(figure(each, "count")
                  for each in (row.rows_added, row.rows_changed, row.rows_removed)),
                Cell(changes.why(row, rows)),
            ]
            for row in ordered
        ],
        nothing=changes.NO_CHANGE.format(since=changes.than(rows.front)),
        paper=A3,
    )  # fmt: skip


def change_causes(rows: PackRows) -> Table:
    """The records behind each changed figure, table by table; for officers team by team too."""
    titles = names(rows)
    behind = [cause for row in _listed(rows) for cause in of_figure(row, rows.history.causes)]
    return Table(
        name="Records behind changes",
        title="Records behind changed figures",
        intro="One row for each changed figure and table of records that came, changed or went"
        " since. Late: of a day that the extract before could have held.",
        columns=columns(
            ("Ref", 13.5), ("Measure", 44), ("Month", 10), ("Records", 34), ("Team", 16),
            ("Added", 14), ("Late", 14), ("Changed", 14), ("Taken out", 14), ("Children", 14),
            ("Half of the late within, days", 14), ("Latest after, days", 14),
        ),
        rows=[
            [
                *map(Cell, titles.get(cause.indicator_id, ("", cause.indicator_id))),
                month(cause.period_end), *_records(cause),
            ]
            for cause in behind
        ],
        nothing="No record explains a changed figure.",
        paper=A3,
    )  # fmt: skip


def lateness(rows: PackRows) -> Table:
    """How long after the event the new records of each extract were first in one."""
    return Table(
        name="Lateness",
        title="How late records arrive",
        intro="One row for each extract and table: the records that are new in it, how many are of"
        " a day that the extract before could have held, and the days from event to extract.",
        columns=columns(
            ("Extract", 12), ("Records", 40), ("Team", 20), ("New", 14), ("Late", 14),
            ("Half within, days", 14), ("Nine in ten within, days", 14),
        ),
        rows=[_late(row) for row in rows.history.lateness],
        nothing="There is no extract before this one to compare with.",
    )  # fmt: skip


def usual_movement(rows: PackRows) -> Table:
    """How far each figure had moved when it was run again."""
    titles, by_measure = names(rows), {row.indicator_id for row in rows.indicators}
    return Table(
        name="Usual movement",
        title="How much each figure usually moves",
        intro="From our own history: a figure as first published, and the same month run again"
        " later, in this financial year and the last. In points, or in the unit of the figure.",
        columns=columns(
            ("Ref", 13.5), ("Measure", 50), ("Unit", 18), ("Months later", 10), ("Usually", 28),
            ("Middle movement", 12), ("Smallest", 12), ("Largest", 12), ("A tenth up to", 12),
            ("Nine tenths up to", 12), ("Rose", 10), ("Fell", 10), ("Stayed", 10), ("Months", 10),
        ),
        rows=[
            [
                *map(Cell, titles.get(row.indicator_id, ("", row.indicator_id))),
                Cell(UNITS.get(row.unit, row.unit)), *_movement(row),
            ]
            for row in rows.history.movements
            if row.indicator_id in by_measure
        ],
        nothing="No figure has been run again yet.",
        paper=A3,
    )  # fmt: skip


def _listed(rows: PackRows) -> list[ChangedFigure]:
    """The changed figures that are listed, theme by theme."""
    themes = {row.indicator_id: row.theme_order for row in rows.indicators}
    known = [row for row in changes.listed(rows.changed) if row.indicator_id in themes]
    return sorted(known, key=lambda row: themes[row.indicator_id])


def _records(row: ChangeCause) -> list[Cell]:
    numbers = (
        row.records_added, row.records_late, row.records_changed, row.records_removed, row.children,
    )  # fmt: skip
    return [
        Cell(wording.start(row.table_title)),
        Cell(wording.start(wording.team(row.team)) or ALL_TEAMS),
        *(figure(each, "count") for each in numbers),
        _days(row.median_days_late),
        _days(row.longest_days_late),
    ]


def _late(row: Lateness) -> list[Cell]:
    return [
        month(wording.month_end(row.snapshot_month)),
        Cell(wording.start(row.table_title)),
        Cell(wording.start(wording.team(row.team)) or ALL_TEAMS),
        figure(row.records, "count"),
        figure(row.records_late, "count"),
        _days(row.median_days),
        _days(row.ninth_decile_days),
    ]


def _movement(row: Movement) -> list[Cell]:
    levels = (row.median, row.smallest, row.largest, row.first_decile, row.ninth_decile)
    unit = "" if row.unit == "count" and row.median and row.median % 1 else row.unit
    return [
        people(row.months_later),
        Cell(_usually(row)),
        moved(row.median, unit),
        *(moved(level, row.unit) for level in levels[1:]),
        *(value(share, "percent") for share in (row.rose_pct, row.fell_pct, row.stayed_pct)),
        people(row.months),
    ]


def _usually(row: Movement) -> str:
    if row.status == SHOWN:
        return wording.start(movement.moves(row))
    return wording.HIDDEN if row.status == SUPPRESSED else "Too little history"


def _days(shown: Figure) -> Cell:
    """A number of days as it is; empty where there is nothing late."""
    if shown.is_shown:
        return people(shown.value)
    return figure(shown, "days") if shown.status == SUPPRESSED else EMPTY
