"""The officers' report models of an invented council: two figures moved, three issues."""

from __future__ import annotations

from typing import Any

from tests.unit.reporting.public_rows import LA, SCHEMAS, Tables, tables

STABILITY = "Looked after children with 3 or more placements, rolling 12 months"
MONTHS = tuple(f"{2025 + (9 + n) // 12}-{(9 + n) % 12 + 1:02}" for n in range(13))

OFFICER_SCHEMAS = {
    "rpt_public_front": SCHEMAS["rpt_public_front"],
    "rpt_dq_impact": (
        "la varchar, indicator_id varchar, title varchar, unit varchar, position integer,"
        " place varchar, issue_id varchar, issue_ids varchar, children_affected bigint,"
        " value_without double, value_with double, numerator_as_recorded double,"
        " numerator_after_repair double, denominator_as_recorded double,"
        " denominator_after_repair double, is_moved boolean"
    ),
    "rpt_dq_trend": (
        "la varchar, snapshot_month varchar, issue_id varchar, title varchar, severity varchar,"
        " owner varchar, faults bigint, new_faults bigint, fixed_faults bigint,"
        " repaired_faults bigint, oldest_since varchar"
    ),
    "rpt_dq_issue": "la varchar, issue_id varchar, owner varchar, months_open bigint",
    "rpt_reconciliation": (
        "la varchar, topic varchar, topic_order integer, title varchar, what_left varchar,"
        " left_count bigint, what_right varchar, right_count bigint, in_both bigint,"
        " only_left bigint, only_right bigint, explanation varchar"
    ),
    "rpt_stock_flow": (
        "la varchar, snapshot_month varchar, closing_before bigint, restated bigint,"
        " opening bigint, admissions bigint, unexplained_starts bigint, ceased bigint,"
        " closing bigint"
    ),
}

_IMPACT = (
    "indicator_id", "title", "unit", "position", "place", "issue_id", "issue_ids",
    "children_affected", "value_without", "value_with", "numerator_as_recorded",
    "numerator_after_repair", "denominator_as_recorded", "denominator_after_repair", "is_moved",
)  # fmt: skip
_STABILITY = ("three_plus", STABILITY, "percent", 1, "month")
_BEHIND_STABILITY = (58, 54, 551, 551)
_CEASED = ("ceased", "Children who ceased to be looked after", "count", 2, "ytd")
_IMPACTS = (
    (*_STABILITY, "", "DQ01;DQ08", 4, 10.5, 9.8, *_BEHIND_STABILITY, True),
    (*_STABILITY, "DQ01", "DQ01", 2, 10.5, 10.2, *_BEHIND_STABILITY, True),
    (*_STABILITY, "DQ01;DQ08", "DQ01;DQ08", 1, 10.2, 9.8, *_BEHIND_STABILITY, True),
    (*_STABILITY, "others", None, 1, 9.8, 9.8, *_BEHIND_STABILITY, False),
    (*_CEASED, "", "DQ01", 1, 6, 5, 6, 5, None, None, True),
    (*_CEASED, "DQ01", "DQ01", 1, 6, 5, 6, 5, None, None, True),
    ("lac_count", "Number of looked after children", "count", 0, "month", "", None, 0, 551, 551,
     551, 551, None, None, False),
)  # fmt: skip
_SYSTEM, _TEAM = "LCS system team & supplier", "placement team"


def _trend_rows() -> list[dict[str, Any]]:
    issues = (
        ("DQ01", "The same end date copied into earlier episodes", "high", _SYSTEM, 5),
        ("DQ26", "Distance unknown", "low", _TEAM, 230),
        ("DQ42", "Return after adoption", "low", "records officer", 0),
    )
    return [
        {
            "la": LA, "snapshot_month": month, "issue_id": issue, "title": title,
            "severity": severity, "owner": owner, "faults": faults and faults + 2 * (12 - n),
            "new_faults": None if n == 0 else int(bool(faults)),
            "fixed_faults": None if n == 0 else 3 * int(bool(faults)),
            "repaired_faults": faults if issue == "DQ01" else 0,
            "oldest_since": "2025-10" if faults else None,
        }
        for issue, title, severity, owner, faults in issues
        for n, month in enumerate(MONTHS)
    ]  # fmt: skip


def _issue_rows() -> list[dict[str, Any]]:
    ages = [("DQ01", _SYSTEM, months) for months in (12, 3, 3, 1, 0)]
    ages += [("DQ26", _TEAM, months) for months in (2, 1)]
    return [
        {"la": LA, "issue_id": issue, "owner": owner, "months_open": months}
        for issue, owner, months in ages
    ]


def officer_tables() -> Tables:
    """The rows of every model the officers' page reads, for a test to change."""
    return {
        "rpt_public_front": tables()["rpt_public_front"],
        "rpt_dq_impact": [{"la": LA} | dict(zip(_IMPACT, row, strict=True)) for row in _IMPACTS],
        "rpt_dq_trend": _trend_rows(),
        "rpt_dq_issue": _issue_rows(),
        "rpt_reconciliation": [{
            "la": LA, "topic": "adoptions", "topic_order": 1, "title": "Adoptions this year",
            "what_left": "adoption tracker", "left_count": 6, "what_right": "case system",
            "right_count": 5, "in_both": 4, "only_left": 2, "only_right": 1,
            "explanation": "On the tracker alone: the cessation is to be typed (DQ09).",
        }],
        "rpt_stock_flow": [{
            "la": LA, "snapshot_month": "2026-10", "closing_before": 544, "restated": 1,
            "opening": 545, "admissions": 21, "unexplained_starts": 0, "ceased": 15,
            "closing": 551,
        }],
    }  # fmt: skip
