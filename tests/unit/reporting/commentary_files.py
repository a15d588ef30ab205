"""Commentary files of an invented council, and the rows they are read with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from reporting.commentary.reading import Commentary, CommentaryError, read_commentary
from reporting.queries import read_rows
from reporting.rows import Figure, PackRows
from tests.unit.reporting.public_rows import LA, tables, write_warehouse

MONTH = "2026-10"
MODELS = Path(__file__).parents[3] / "dbt_project" / "models" / "indicators"
HIDDEN = Figure(None, "suppressed")


def public_rows(folder: Path) -> PackRows:
    """The public rows of the invented council."""
    return read_rows(write_warehouse(folder / "warehouse.duckdb", tables()), LA)


def officers_rows(rows: PackRows) -> PackRows:
    """The same with nothing hidden: 4 of 14 left care to a permanent home."""
    shown = {"month": Figure(28.6, "ok"), "numerator": 4.0, "denominator": 14.0}
    return replace(
        rows,
        indicators=tuple(
            replace(row, **shown) if row.indicator_id == "ceased_permanence_pct" else row
            for row in rows.indicators
        ),
    )


def write(folder: Path, text: str | bytes, theme: str = "health", month: str = MONTH) -> Path:
    """Write one file and return the folder of all commentary."""
    path = folder / month / f"{theme}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def read(folder: Path, rows: PackRows, text: str | bytes, theme: str = "health") -> Commentary:
    """The commentary of one theme, of which this is the text."""
    return read_commentary([write(folder, text, theme)], rows, officers_rows(rows))[theme]


def refused(folder: Path, rows: PackRows, text: str | bytes, theme: str = "health") -> str:
    """The message with which the text is refused."""
    with pytest.raises(CommentaryError) as error:
        read(folder, rows, text, theme)
    return str(error.value)


def catalogue() -> dict[str, dict[str, str]]:
    """The catalogue entry of every indicator, as its model has it."""
    entries = {}
    for path in sorted(MODELS.glob("*/ind_*.yml")):
        model = yaml.safe_load(path.read_text())["models"][0]
        entries[path.stem.removeprefix("ind_")] = model["config"]["meta"]["indicator"]
    return entries
