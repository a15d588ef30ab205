"""The public report models of an invented council, as small as shows every case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from tests.unit.reporting import history_rows
from tests.unit.reporting.measure_rows import definition_row, scorecard_row, trend_rows
from tests.unit.reporting.quality_rows import impact_rows, issue_rows
from tests.unit.reporting.schemas import MOVEMENT, OFFICERS_ALONE, SCHEMAS
from tests.unit.reporting.signal_rows import part_rows, signal_point_rows, signal_rows
from tests.unit.reporting.stories import LA, ORIGINAL, PERIOD_END, stories

__all__ = [
    "LA", "ORIGINAL", "PERIOD_END", "SCHEMAS", "Pack", "Render", "Tables", "row_of", "tables",
    "with_officers", "write_warehouse",
]  # fmt: skip

Tables = dict[str, list[dict[str, Any]]]


def tables() -> Tables:
    """The rows of every public model, for a test to change before the warehouse is written."""
    told = stories()
    extract = ("family", "table_name", "file_name", "landed_rows", "refused_rows", "status")
    extracts = (
        ("social_care", "ssd_person", "ssd_person.csv", 4120, 0, "landed"),
        ("social_care", "ssd_cla_episodes", "SSD_CLA_EPISODES_20261101.csv", 3977, 12, "landed"),
        ("social_care", "ssd_cla_visits", "ssd_cla_visits.xlsx", 21450, None, "landed"),
        ("care_leavers", "ssd_care_leavers", "ssd_care_leavers.csv", 340, 0, "landed"),
        ("fostering", "ext_foster_household", None, 0, 0, "absent"),
    )
    gap = ("family", "table_name", "status", "reason", "indicators")
    return {
        "rpt_public_scorecard": [scorecard_row(n, story) for n, story in enumerate(told)],
        "rpt_public_trend": [row for story in told for row in trend_rows(story)],
        "rpt_public_front": [{
            "la": LA, "council_name": "Eastmoor & Vale Council", "month": "2026-10",
            "period_end": PERIOD_END, "previous_month_end": date(2026, 9, 30),
            "snapshot_month": "2026-10", "is_as_of": False,
            "smallest_shown": 6, "smallest_denominator": 10,
            "disclosure_owner": "Director of children’s services",
        }],
        "rpt_public_note": [{
            "la": LA, "note_order": 1, "kind": "no_legal_status",
            "message": "7 children have an open episode without a usable legal status and are not "
                       "counted as looked after.",
        }],
        "rpt_public_gap": [
            {"la": LA} | dict(zip(gap, values, strict=True)) for values in (
                ("fostering", "ext_foster_household", "absent",
                 "no file of that name in the fostering folder",
                 "Number of foster carers (households)"),
                ("social_care", "ssd_sdq_scores", "refused",
                 "the column csdq_sdq_score is missing", ""),
                ("adoption", "ext_adoption_tracker", "absent", "optional, not supplied", ""),
            )
        ],
        "rpt_public_extract": [{"la": LA} | dict(zip(extract, e, strict=True)) for e in extracts],
        "rpt_public_definition": [definition_row(n, story) for n, story in enumerate(told)],
        "rpt_public_dq_impact": impact_rows(),
        "rpt_public_dq_issue": issue_rows(),
        "rpt_public_signal": signal_rows(),
        "rpt_public_signal_point": signal_point_rows(),
        "rpt_public_part": part_rows(),
        **history_rows.public(),
    }  # fmt: skip


# The models of which each edition has its own; what holds no figure is public alone.
OF_AN_EDITION = (
    "scorecard", "trend", "note", "dq_impact", "dq_issue", "signal", "signal_point",
    "changed_figure", "part", "change_cause", "lateness", "movement", "definition_change",
)  # fmt: skip
# What stands in the officers' rows where the public ones hide a figure.
SMALL = 3.0


def with_officers(rows: Tables) -> Tables:
    """The tables of both editions: the officers' are the public ones with nothing hidden."""
    officers = {
        f"rpt_officers_{name}": [_unhidden(row) for row in rows[f"rpt_public_{name}"]]
        for name in OF_AN_EDITION
    }
    return officers | history_rows.of_officers(rows) | rows


def _unhidden(row: dict[str, Any]) -> dict[str, Any]:
    shown = dict(row)
    for column in [name for name in row if name.endswith("status")]:
        if row[column] == "suppressed":
            figures = _FIGURES_OF_A_STATUS.get(column, (column.removesuffix("_status"),))
            shown |= {name: SMALL for name in figures if name in row} | {column: "ok"}
    return shown


_FIGURES_OF_A_STATUS = {
    "status": ("value", "value_as_recorded", "value_after_repair", *MOVEMENT),
    "children_status": ("children_affected", "children"),
}


def write_warehouse(path: Path, rows: Tables, schemas: dict[str, str] | None = None) -> Path:
    """A DuckDB file with the public models (or others) holding these rows."""
    if schemas is None:
        rows = with_officers(rows)
        schemas = (
            SCHEMAS
            | OFFICERS_ALONE
            | {f"rpt_officers_{name}": SCHEMAS[f"rpt_public_{name}"] for name in OF_AN_EDITION}
        )
    with duckdb.connect(str(path)) as connection:
        for table, schema in schemas.items():
            connection.execute(f"create table {table} ({schema})")
            for row in rows[table]:
                names = ", ".join(row)
                marks = ", ".join("?" for _ in row)
                query = f"insert into {table} ({names}) values ({marks})"
                connection.execute(query, list(row.values()))
    return path


@dataclass(frozen=True)
class Pack:
    """A rendered pack: its pages, its data files and the rows it was made from."""

    page: str
    definitions: str
    data_quality: str
    scorecard: str
    trend: str
    rows: Tables
    paths: list[Path]


Render = Callable[..., Pack]


def row_of(rows: Tables, table: str, indicator_id: str) -> dict[str, Any]:
    """The (last) row of an indicator in a table, to be looked at or changed."""
    return [row for row in rows[table] if row["indicator_id"] == indicator_id][-1]
