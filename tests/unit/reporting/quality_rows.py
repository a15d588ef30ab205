"""The rows of recording faults, and of what repairs did to the figures."""

from __future__ import annotations

from typing import Any

from tests.unit.reporting.schemas import NUMBERS
from tests.unit.reporting.stories import LA, stories

# One figure a line: id, place, issues, as recorded, after repair, children; None is hidden.
_IMPACTS = (
    ("three_plus_placements_pct", "month", "DQ01;DQ08", 10.5, 9.8, 9),
    ("ceased", "month", "DQ01", 16, 14, None),
    ("ceased", "ytd", "DQ01", None, None, None),
    ("admissions", "month", None, 21, 21, 0),
    ("lac_count", "month", None, 551, 551, 0),
)
# One issue a line: id, title, severity, found, new, put right, repaired; None is hidden.
_ISSUES = (
    ("DQ01", "The same end date copied into earlier episodes of care", "high", 41, 7, 6, 41),
    ("DQ03", "Visits typed up late", "medium", None, None, 0, 0),
    ("DQ08", "Missing episodes recorded as moves", "high", 12, 0, None, 12),
    ("DQ26", "Distance unknown", "low", 230, 30, 11, 0),
    ("DQ42", "P1 beside another thing", "low", 0, 0, 0, 0),
)
_MOVED = {
    "DQ01": "Looked after children with 3 or more placements, rolling 12 months; Children who"
            " ceased to be looked after",
    "DQ08": "Looked after children with 3 or more placements, rolling 12 months",
}  # fmt: skip


def impact_rows() -> list[dict[str, Any]]:
    known = {story.indicator_id: (n, story) for n, story in enumerate(stories())}
    return [
        {
            "la": LA, "indicator_id": name, "title": known[name][1].title,
            "unit": known[name][1].unit, "position": known[name][0], "place": place,
            "issue_ids": issues, "is_moved": issues is not None, "value_as_recorded": recorded,
            "value_after_repair": repaired, "status": _hidden_or_ok(recorded),
            "children_affected": children, "children_status": _hidden_or_ok(children),
        }
        for name, place, issues, recorded, repaired, children in _IMPACTS
    ]  # fmt: skip


def issue_rows() -> list[dict[str, Any]]:
    return [
        {
            "la": LA, "issue_id": issue, "title": title, "severity": severity,
            "description": f"What {issue} is.", "effect": f"How {issue} moves figures",
            "repaired": f"What the figures do about {issue}.", "owner": f"owners of {issue}",
            "is_found": found != 0,
            "oldest_since": "2025-11" if found else None,
            "affected_titles": "Number of looked after children", "moved_titles": _MOVED.get(issue),
            **{
                key: value
                for name, count in zip(NUMBERS, (found, *others), strict=True)
                for key, value in ((name, count), (f"{name}_status", _hidden_or_ok(count)))
            },
        }
        for issue, title, severity, found, *others in _ISSUES
    ]  # fmt: skip


def _hidden_or_ok(value: float | None) -> str:
    return "suppressed" if value is None else "ok"
