"""Whether reference rows name what there is: a month, and an indicator of the catalogue.

A row that names neither would change no figure and no page, so nobody would see the slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyarrow as pa

from pipeline.casting import BadCell
from pipeline.dbt_build import DBT_PROJECT

# What a council says of one indicator from one month on.
_FROM_A_MONTH = ("ref_series_break", "ref_spc_decision")
_NOT_A_MONTH = "is not a month: write it as 2026-10"
_NO_MONTH = "is empty: write the first month it holds for, as 2026-10"
_NO_INDICATOR = (
    "is not the id of an indicator: take it from the list of `make indicator`, or remove the row"
)


def faults(table_name: str, rows: pa.Table, project: Path = DBT_PROJECT) -> Iterator[BadCell]:
    """Give each cell of a landed reference table that names no month or no indicator."""
    if table_name not in _FROM_A_MONTH:
        return
    known = _indicators(project)
    for row in rows.select(["source_row", "indicator_id", "from_month"]).to_pylist():
        number, indicator_id, month = row["source_row"], row["indicator_id"], row["from_month"]
        if indicator_id not in known:
            yield BadCell(number, "indicator_id", indicator_id, _NO_INDICATOR)
        if not month:
            yield BadCell(number, "from_month", None, _NO_MONTH)
        elif not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
            yield BadCell(number, "from_month", month, _NOT_A_MONTH)


@cache
def _indicators(project: Path) -> frozenset[str]:
    files = (project / "models" / "indicators").glob("*/ind_*.sql")
    return frozenset(file.stem.removeprefix("ind_") for file in files)
