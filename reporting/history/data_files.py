"""The data files of history beside the page: what changed, why, how late, how much is usual."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reporting.rows import Figure, PackRows

_FIGURE = ("indicator_id", "title", "unit", "period_end", "basis")
_CHANGED = ("before", "now", "rows_added", "rows_changed", "rows_removed")
_CAUSES = (
    "records_added", "records_changed", "records_removed", "records_late", "children",
    "median_days_late", "longest_days_late",
)  # fmt: skip
_LATENESS = ("records", "records_late", "median_days", "ninth_decile_days")
_MOVEMENT = (
    "indicator_id", "basis", "unit", "months_later", "status", "months", "median", "smallest",
    "largest", "first_decile", "ninth_decile", "rose_pct", "fell_pct", "stayed_pct",
)  # fmt: skip

# The columns of a file and its lines, each value with its unit.
Lines = tuple[Sequence[str], Iterable[list[tuple[Any, str]]]]


def history_files(rows: PackRows) -> Mapping[str, Lines]:
    """Every file of history by its name; only figures that the scorecard has are in it."""
    known = {row.indicator_id for row in rows.indicators}
    history = rows.history
    cause = ("indicator_id", "period_end", "basis", "table_name", "table_title", "team")
    late = ("snapshot_month", "table_name", "table_title", "team")
    return {
        "changed_figures.csv": _file((*_FIGURE, "reason", "definition_version"), _CHANGED,
                                     [row for row in rows.changed if row.indicator_id in known]),
        "change_causes.csv": _file(cause, _CAUSES,
                                   [row for row in history.causes if row.indicator_id in known]),
        "lateness.csv": _file(late, _LATENESS, history.lateness),
        "movement.csv": _file(_MOVEMENT, (),
                              [row for row in history.movements if row.indicator_id in known]),
    }  # fmt: skip


def _file(texts: Sequence[str], numbers: Sequence[str], rows: Iterable[Any]) -> Lines:
    header = (*texts, *(column for name in numbers for column in (name, f"{name}_status")))
    return header, (_line(row, texts, numbers) for row in rows)


def _line(row: Any, texts: Sequence[str], numbers: Sequence[str]) -> list[tuple[Any, str]]:
    line = [(getattr(row, name), "as it is") for name in texts]
    for name in numbers:
        shown: Figure = getattr(row, name)
        unit = row.unit if name in ("before", "now") else "as it is"
        line += [(shown.value, unit), (shown.status, "")]
    return line
