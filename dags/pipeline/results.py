"""The result files of contract section 3, written from the report models (rulings F5, F13)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb

from pipeline.parquet_file import write_parquet

Row = Mapping[str, object]
Writer = Callable[[object, Row], str]


def plain(value: object, row: Row) -> str:
    """Write a value as it is: ISO dates, true or false, whole numbers without a point.

    Text that a spreadsheet would take for a formula gets a leading ``'`` (ruling F13).
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return str(int(value)) if value == int(value) else str(value)
    text = str(value)
    return _quoted(f"'{text}" if text[:1] in ("=", "+", "-", "@") else text)


def published(value: object, row: Row) -> str:
    """Write a figure as published: counts without a decimal point, all others with one (C18)."""
    if value is None:
        return ""
    number = Decimal(str(value))
    if row.get("unit") == "count" and number == int(number):
        return str(int(number))
    return str(number.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def untouched(value: object, row: Row) -> str:
    """Write the refused value of a quarantined row as it came, always in quotes (F13)."""
    return "" if value is None else _quoted(str(value), always=True)


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@dataclass(frozen=True)
class Result:
    """One result file: its model, its columns in order, and where they differ from the model's.

    Rows are sorted by ``key``, then by every other column. ``also`` are columns that decide how a
    value is written and are not in the file.
    """

    file: str
    model: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    also: tuple[str, ...] = ()
    source: Mapping[str, str] = field(default_factory=dict)
    writers: Mapping[str, Writer] = field(default_factory=dict)


_PUBLISHED_INDICATOR = {
    "value": "published_value",
    "first_published_value": "first_published_published_value",
}
_INDICATOR_COLUMNS = _names(
    "indicator_id period_end basis breakdown value numerator denominator unit status "
    "note snapshot_month first_published_value first_published_snapshot"
)
_COMPARATORS = _names(
    "previous_year stat_neighbour_average best_stat_neighbour national_average top_quartile region"
)
_FIGURE = ("indicator_id", "period_end", "basis", "breakdown")
_SCORES = ("month_minus_2", "month_minus_1", "month", "ytd", *_COMPARATORS)

RESULTS = (
    Result(
        file="indicators.csv",
        model="rpt_indicator",
        columns=_INDICATOR_COLUMNS,
        key=_FIGURE,
        source=_PUBLISHED_INDICATOR,
        writers={"value": published, "first_published_value": published},
    ),
    Result(
        file="scorecard.csv",
        model="rpt_scorecard",
        columns=(
            *_names(
                "indicator_id ref title section unit good_is timeline month_minus_2 month_minus_1 "
                "month ytd change change_is rag red amber green"
            ),
            *_COMPARATORS,
            *_names("data_note numerator denominator rag_basis"),
        ),
        key=("indicator_id",),
        writers=dict.fromkeys(_SCORES, published),
    ),
    Result(
        file="restatements.csv",
        model="rpt_restatement",
        columns=_names(
            "indicator_id period_end basis breakdown first_published_value "
            "first_published_snapshot previous_value current_value snapshot_month rows_added "
            "rows_changed rows_removed"
        ),
        key=(*_FIGURE, "snapshot_month"),
        also=("unit",),
        writers=dict.fromkeys(
            ("first_published_value", "previous_value", "current_value"), published
        ),
    ),
    Result(
        file="restricted/children.csv",
        model="rpt_children",
        columns=_names("indicator_id period_end basis person_id event_id in_numerator"),
        key=("indicator_id", "period_end", "basis", "person_id", "event_id"),
    ),
    Result(
        file="restricted/restated_children.csv",
        model="rpt_restated_child",
        columns=_names(
            "indicator_id period_end basis person_id event_id change was_in_numerator "
            "in_numerator cause table row_id event_date days_late team previous_snapshot_month "
            "snapshot_month"
        ),
        key=("indicator_id", "period_end", "basis", "person_id", "event_id"),
        source={"in_numerator": "is_in_numerator", "table": "table_name"},
    ),
    Result(
        file="restricted/lateness.csv",
        model="rpt_officers_lateness",
        columns=_names(
            "snapshot_month table title team records records_late median_days ninth_decile_days"
        ),
        key=("snapshot_month", "table", "team"),
        source={"table": "table_name", "title": "table_title"},
    ),
    Result(
        file="restricted/dq_issues.csv",
        model="rpt_dq_issue",
        columns=_names(
            "issue_id severity person_id table row_id column value detail owner affects "
            "repaired repaired_value repair_id evidence"
        ),
        key=("issue_id", "person_id", "table", "row_id", "column", "value"),
        source={"table": "table_name", "column": "column_name", "value": "bad_value"},
    ),
    Result(
        file="restricted/quarantine.csv",
        model="rpt_quarantine",
        columns=_names("family table file row column value reason rows effect"),
        key=("family", "table", "file", "row", "column", "value"),
        source={
            "table": "table_name",
            "file": "file_name",
            "row": "row_number",
            "column": "column_name",
            "value": "bad_value",
            "rows": "row_count",
        },
        writers={"value": untouched},
    ),
)


def write_results(warehouse: Path, la: str, folder: Path) -> None:
    """Write all result files of council ``la`` into ``folder``, the same bytes for the same rows.

    ``restricted/`` is closed to everyone but its owner.
    """
    restricted = folder / "restricted"
    restricted.mkdir(parents=True, exist_ok=True, mode=0o700)
    restricted.chmod(0o700)
    with duckdb.connect(str(warehouse), read_only=True, config={"threads": 1}) as connection:
        for result in RESULTS:
            _write_csv(connection, result, la, folder / result.file)
        _write_parquet(connection, la, folder / "indicators.parquet")
    for path in restricted.glob("*.csv"):
        path.chmod(0o600)


def _write_csv(connection: duckdb.DuckDBPyConnection, result: Result, la: str, path: Path) -> None:
    wanted = (*result.columns, *result.also)
    cursor = connection.execute(_query(result.model, wanted, result.source, result.key), [la])
    writers = [result.writers.get(column, plain) for column in result.columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(result.columns) + "\n")
        while rows := cursor.fetchmany(10_000):
            file.writelines(_lines(rows, wanted, writers))


def _lines(
    rows: Iterable[tuple[object, ...]], columns: tuple[str, ...], writers: list[Writer]
) -> Iterable[str]:
    for values in rows:
        row = dict(zip(columns, values, strict=True))
        fields = (write(value, row) for write, value in zip(writers, values, strict=False))
        yield ",".join(fields) + "\n"


def _write_parquet(connection: duckdb.DuckDBPyConnection, la: str, path: Path) -> None:
    query = _query("rpt_indicator", _INDICATOR_COLUMNS, {}, _FIGURE)
    write_parquet(connection.sql(query, params=[la]), path)


def _query(
    model: str, columns: tuple[str, ...], source: Mapping[str, str], key: tuple[str, ...]
) -> str:
    wanted = ", ".join(f'{source.get(name, name)} as "{name}"' for name in columns)
    order = [*key, *(name for name in columns if name not in key)]
    positions = ", ".join(f"{columns.index(name) + 1} nulls first" for name in order)
    return f"select {wanted} from {model} where la = ? order by {positions}"


def _quoted(text: str, always: bool = False) -> str:
    if not always and not any(mark in text for mark in ',"\n\r'):
        return text
    return '"' + text.replace('"', '""') + '"'
