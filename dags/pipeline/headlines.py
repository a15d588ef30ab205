"""The three figures that ``make pack`` ends with."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from pipeline.month import Month

HEADLINES = ("lac_count", "three_plus_placements_pct", "visits_up_to_date_nms_pct")


def headlines(folder: Path, month: Month) -> list[str]:
    """Return one line for each headline figure of a published month, or why there is none."""
    with (folder / "scorecard.csv").open(encoding="utf-8", newline="") as file:
        titles = {row["indicator_id"]: row["title"] for row in csv.DictReader(file)}
    with (folder / "indicators.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["indicator_id"]: row for row in csv.DictReader(file) if _is_current(row, month)}
    return [f"{titles.get(name, name)}: {_figure(rows.get(name))}" for name in HEADLINES]


def _is_current(row: Mapping[str, str], month: Month) -> bool:
    return (
        row["indicator_id"] in HEADLINES
        and row["period_end"] == month.last_day.isoformat()
        and not row["breakdown"]
    )


def _figure(row: Mapping[str, str] | None) -> str:
    if row is None:
        return "not available (no figure for this month)"
    if row["status"] != "ok" or not row["value"]:
        return f"not available ({row['note'] or row['status']})"
    if not row["denominator"]:
        return row["value"]
    unit = "%" if row["unit"] == "percent" else ""
    return f"{row['value']}{unit} ({row['numerator']} of {row['denominator']})"
