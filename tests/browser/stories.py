"""The councils whose pages are looked at: the usual one, one with little and one almost hidden."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from reporting.months_index import FILES, write_months_index
from tests.unit.reporting.public_rows import Tables, tables


def bare() -> Tables:
    """A council of which nothing is known but its scorecard."""
    empty = (
        "trend", "note", "gap", "extract", "definition", "dq_impact", "dq_issue", "signal",
        "signal_point", "changed_figure", "part",
    )  # fmt: skip
    return tables() | {f"rpt_public_{name}": [] for name in empty}


def hidden() -> Tables:
    """A council so small that almost every figure is hidden or not there."""
    rows = tables()
    for index, row in enumerate(rows["rpt_public_scorecard"]):
        status = "not_available" if index % 3 == 0 else "suppressed"
        for column in [name for name in row if name.endswith("_status")]:
            row |= {column.removesuffix("_status"): None, column: status}
        row |= dict.fromkeys(("numerator", "denominator", "change_amount", "year_change_amount"))
        row |= {"change": "", "change_is": "", "rag": ""}
    for row in rows["rpt_public_trend"]:
        row |= {"value": None, "numerator": None, "denominator": None, "status": "suppressed"}
    return rows | {"rpt_public_signal": [], "rpt_public_signal_point": []}


STORIES: dict[str, Callable[[], Tables]] = {"usual": tables, "bare": bare, "hidden": hidden}


def publish_months(out: Path) -> None:
    """The list of two published months whose files are empty."""
    for month in ("2026-09", "2026-10"):
        for name, _ in FILES:
            path = out / month / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x")
        outputs = [{"file": name} for name, _ in FILES]
        manifest = {"month": month, "council": "Eastmoor & Vale Council", "outputs": outputs}
        (out / month / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    write_months_index(out)
