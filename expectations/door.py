"""May this extract come in? One family of one month, all its tables, in one Great Expectations run.

Each table is a pandas frame of what was read. A checkpoint hands the same frame to all its suites,
so the tables are validated one by one in one ephemeral context instead. Results hold counts and the
names of columns, never a value of a row.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import pandas as pd
import pyarrow as pa
from great_expectations.core import ExpectationSuite

from expectations.findings import REFUSE, WARN, Finding
from expectations.suites import suite_of
from pipeline.casting import READABLE, CastTable
from pipeline.contract import Table
from pipeline.month import Month
from pipeline.read_table import Header

# Counts but no values: the default format would carry samples of children's records.
RESULT_FORMAT = {"result_format": "BASIC", "partial_unexpected_count": 0}


@dataclass(frozen=True)
class Arrived:
    """A table as it was read, and how many rows of it were landed the month before."""

    table: Table
    file: str
    header: Header
    cast: CastTable
    rows_before: int


@cache
def _extract() -> Any:
    """What every frame is handed to: made once, in a context that keeps and sends nothing."""
    context: Any = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("inbox").add_dataframe_asset("extract")
    return asset.add_batch_definition_whole_dataframe("all rows")


def check_family(
    month: Month, arrived: Iterable[Arrived]
) -> tuple[tuple[Finding, ...], dict[str, object]]:
    """Check a family's tables; return the findings and, by table, the results as JSON.

    Only the reasons of ruling F6 refuse; the decision is the severity of the expectation not met.
    """
    findings: list[Finding] = []
    validations: dict[str, object] = {}
    for one in arrived:
        result = _validate(month, one)
        failed = [each for each in result.results if not each.success]
        findings += [_finding(one, each) for each in failed]
        validations[one.table.name] = _without_run_details(result)
    return tuple(findings), validations


def _validate(month: Month, one: Arrived) -> Any:
    frame = _frame(one)
    batch = _extract().get_batch({"dataframe": frame})
    found = frozenset(str(name) for name in frame.columns)
    required = [
        c.name for c in one.table.read_columns if c.required or _is_repeated(one, c.written)
    ]
    expected = suite_of(one.table, month, found, required, one.rows_before)
    suite = ExpectationSuite(name=one.table.name, expectations=expected)
    return batch.validate(suite, result_format=RESULT_FORMAT)


def _frame(one: Arrived) -> pd.DataFrame:
    columns = [column.name for column in one.table.read_columns]
    found = [name for name in columns if name in one.header.positions]
    read = one.cast.everything.select([*found, READABLE])
    for at, field in enumerate(read.schema):
        if pa.types.is_date(field.type):
            # Great Expectations compares whole columns only where they are in nanoseconds.
            read = read.set_column(at, field.name, read.column(at).cast(pa.timestamp("ns")))
    frame: pd.DataFrame = read.to_pandas()
    return frame


def _is_repeated(one: Arrived, written: str) -> bool:
    return written in one.header.repeated


def _finding(one: Arrived, failed: Any) -> Finding:
    config, result = failed.expectation_config, failed.result
    effect = REFUSE if config.severity == "critical" else WARN
    if failed.exception_info.get("raised_exception"):
        return Finding(one.table.name, effect, f"{one.file}: {config.type} could not be checked")
    missing = result.get("details", {}).get("mismatched", {}).get("missing")
    says = _lacks(one, missing) if missing else config.meta["says"]
    count = result.get("unexpected_count")
    rows = f" ({count} of {result['element_count']} rows)" if count else ""
    return Finding(one.table.name, effect, f"{one.file} {says}{rows}")


def _lacks(one: Arrived, missing: list[str]) -> str:
    written = [one.table.column(name).written for name in missing]
    twice = [name for name in written if _is_repeated(one, name)]
    lacking = [name for name in written if name not in twice]
    parts = []
    if lacking:
        parts.append(f"lacks the required columns {', '.join(lacking)}: add them to the extract")
    if twice:
        parts.append(f"has more than one column {', '.join(twice)}: leave one of each")
    return "; ".join(parts)


def _without_run_details(result: Any) -> dict[str, object]:
    """The result as JSON, the same for the same rows: no time of day, no traceback."""
    found: dict[str, Any] = result.to_json_dict()
    found["meta"].pop("batch_markers", None)
    for one in found["results"]:
        one["exception_info"] = {
            "raised_exception": one["exception_info"].get("raised_exception", False),
            "exception_traceback": None,
            "exception_message": None,
        }
    return found
