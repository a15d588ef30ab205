"""Reading the report models of history of one edition (`reporting.history.rows`)."""

from __future__ import annotations

from reporting.history.rows import (
    ChangeCause,
    DefinitionChange,
    History,
    Lateness,
    Movement,
    RestatedChild,
)
from reporting.rows import OFFICERS
from reporting.source import Source, refuse_leak, text

_FIGURE = ("indicator_id", "period_end", "basis")
_CAUSES = (
    "records_added", "records_changed", "records_removed", "records_late", "children",
    "median_days_late", "longest_days_late",
)  # fmt: skip
_LATENESS = ("records", "records_late", "median_days", "ninth_decile_days")
_MOVEMENT = (
    "months", "median", "smallest", "largest", "first_decile", "ninth_decile", "rose_pct",
    "fell_pct", "stayed_pct",
)  # fmt: skip


def read_history(source: Source) -> History:
    """Everything the edition tells of the past; children are in the officers' edition alone."""
    is_for_officers = source.models == OFFICERS.models
    return History(
        causes=_causes(source),
        lateness=_lateness(source),
        movements=_movements(source),
        definition_changes=_definition_changes(source),
        restated_children=_restated_children(source) if is_for_officers else (),
    )


def _causes(source: Source) -> tuple[ChangeCause, ...]:
    texts = (*_FIGURE, "table_name", "table_title", "team")
    rows = source.rows_with_figures("change_cause", texts, _CAUSES, ", ".join(texts))
    return tuple(ChangeCause(**row | {"team": text(row["team"])}) for row in rows)


def _lateness(source: Source) -> tuple[Lateness, ...]:
    texts = ("snapshot_month", "table_name", "table_title", "team")
    order = "table_title, table_name, team, snapshot_month"
    rows = source.rows_with_figures("lateness", texts, _LATENESS, order)
    return tuple(Lateness(**row | {"team": text(row["team"])}) for row in rows)


def _movements(source: Source) -> tuple[Movement, ...]:
    columns = ("indicator_id", "basis", "unit", "months_later", "status", *_MOVEMENT)
    order = "position, indicator_id, basis, months_later"
    rows = source.rows(source.model("movement"), columns, order)
    for row in rows:
        for name in _MOVEMENT:
            refuse_leak("movement", row["indicator_id"], name, row["status"], row[name])
    return tuple(Movement(**row) for row in rows)


def _definition_changes(source: Source) -> tuple[DefinitionChange, ...]:
    texts = ("indicator_id", "title", "version", "from_month", "note", "period_end", "basis")
    order = "title, indicator_id, version, period_end, basis"
    numbers = ("old_value", "new_value")
    rows = source.rows_with_figures("definition_change", texts, numbers, order)
    return tuple(DefinitionChange(**row | {"note": text(row["note"])}) for row in rows)


def _restated_children(source: Source) -> tuple[RestatedChild, ...]:
    """The children behind the changed figures of the pack, and behind no other."""
    texts = ("person_id", "event_id", "change", "cause", "table_name", "team")
    columns = (*_FIGURE, *texts, "days_late")
    figure = ", ".join(_FIGURE)
    query = (
        f"select distinct {', '.join(columns)} from rpt_restated_child where la = ? and ({figure})"
        f" in (select ({figure}) from {source.model('changed_figure')} where la = ?) order by all"
    )
    found = source.connection.execute(query, [source.la, source.la]).fetchall()
    rows = (dict(zip(columns, row, strict=True)) for row in found)
    return tuple(RestatedChild(**row | {name: text(row[name]) for name in texts}) for row in rows)
