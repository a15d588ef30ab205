"""One council's rows of an open warehouse, and the last door before they are printed.

A row that says it is hidden and still carries a figure stops the run here, before a template can
see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from reporting.rows import PUBLIC, SUPPRESSED, Figure, PackDataError


@dataclass(frozen=True)
class Source:
    """One council's rows of an open warehouse."""

    connection: duckdb.DuckDBPyConnection
    la: str
    models: str = PUBLIC.models

    def model(self, name: str) -> str:
        """The model of this edition; what holds no figure is read from the public one alone."""
        return f"{self.models}_{name}"

    def rows(self, model: str, columns: tuple[str, ...], order: str) -> list[dict[str, Any]]:
        """The named columns of a report model; names come from this program, never from data."""
        query = f"select {', '.join(columns)} from {model} where la = ? order by {order}"
        found = self.connection.execute(query, [self.la]).fetchall()
        return [dict(zip(columns, row, strict=True)) for row in found]

    def rows_with_figures(
        self, name: str, texts: tuple[str, ...], numbers: tuple[str, ...], order: str
    ) -> list[dict[str, Any]]:
        """Rows of a model of this edition, each number a figure with the status in its column.

        `before` has its status in `before_status`. Raises PackDataError for a hidden number.
        """
        columns = (*texts, *numbers, *(f"{number}_status" for number in numbers))
        rows = self.rows(self.model(name), columns, order)
        return [
            {text: row[text] for text in texts} | figures(name, row, row[texts[0]], numbers)
            for row in rows
        ]


def figures(model: str, row: dict[str, Any], which: str, names: tuple[str, ...]) -> dict[str, Any]:
    """The figures of a row, each with the status in its column of the same name."""
    return {name: figure(model, which, name, row[name], row[f"{name}_status"]) for name in names}


def figure(model: str, row: str, column: str, value: float | None, status: str) -> Figure:
    """A figure and its status; raises PackDataError where it is hidden and there."""
    refuse_leak(model, row, column, status, value)
    return Figure(value, status)


def refuse_leak(model: str, row: str, column: str, status: str, value: float | None) -> None:
    """Stop when a hidden row still carries its figure; the message never repeats the figure."""
    if status == SUPPRESSED and value is not None:
        raise PackDataError(
            f"rpt_public_{model}, {row}: {column} is marked suppressed but still holds a figure;"
            " nothing is published until the model leaves it empty"
        )


def text(value: str | None) -> str:
    """A text, empty where there is none."""
    return value or ""


def listed(value: str | None) -> tuple[str, ...]:
    """The parts of a text that a report model has joined with semicolons."""
    return tuple(part.strip() for part in (value or "").split(";") if part.strip())
