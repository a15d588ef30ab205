"""The rows of history: what changed, why, how late records come, how much figures move."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.unit.reporting.schemas import CAUSE, CHANGED, LATENESS, MOVEMENT
from tests.unit.reporting.stories import LA, MONTH_ENDS

Rows = list[dict[str, Any]]
Number = float | None

AUGUST, SEPTEMBER = date(2026, 8, 31), date(2026, 9, 30)
VISITS = ("visits_up_to_date_nms_pct", SEPTEMBER, "month_end")
COUNT = ("lac_count", SEPTEMBER, "month_end")
LEFT = ("ceased", AUGUST, "in_month")
TEAM_3 = "LAC Team 3"


def public() -> dict[str, Rows]:
    """The public models of history."""
    return {
        "rpt_public_changed_figure": _changed(),
        "rpt_public_change_cause": [_cause(*told) for told in _CAUSES],
        "rpt_public_lateness": _lateness(),
        "rpt_public_movement": _movements(),
        "rpt_public_definition_change": _definition_changes(),
    }


def of_officers(rows: dict[str, Rows]) -> dict[str, Rows]:
    """What officers have beside the public rows: causes and lateness by team, and the children."""
    causes = [_known(row, CAUSE) for row in rows["rpt_public_change_cause"]]
    lateness = [_known(row, LATENESS) for row in rows["rpt_public_lateness"]]
    newest = max((row["snapshot_month"] for row in lateness), default="")
    visits = [row for row in lateness if row["table_name"] == "ssd_cla_visits"]
    teams = [row | {"team": TEAM_3} for row in visits if row["snapshot_month"] == newest]
    return {
        "rpt_officers_change_cause": causes + [_cause(*told) for told in _TEAM_CAUSES],
        "rpt_officers_lateness": lateness + teams,
        "rpt_restated_child": _children(),
    }


def _known(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The row with a small number where one is hidden."""
    hidden = [name for name in names if row[f"{name}_status"] == "suppressed"]
    return row | {name: 3 for name in hidden} | {f"{name}_status": "ok" for name in hidden}


def _numbers(names: tuple[str, ...], numbers: tuple[Number | str, ...]) -> dict[str, Any]:
    """Each number with its status: None is hidden, "none" is not there."""
    row: dict[str, Any] = {}
    for name, number in zip(names, numbers, strict=True):
        if isinstance(number, str):
            row |= {name: None, f"{name}_status": "none"}
        else:
            row |= {name: number, f"{name}_status": "suppressed" if number is None else "ok"}
    return row


def _changed() -> Rows:
    """A figure that rose, one that fell, one that is hidden, and counts of rows that are small."""
    names = ("indicator_id", "title", "unit", "position", "period_end", "basis", "reason",
             "definition_version")  # fmt: skip
    later = ("later extract", 1)
    changed: tuple[tuple[tuple[Any, ...], tuple[Number, ...]], ...] = (
        ((VISITS[0], "Visits up to date", "percent", 120, *VISITS[1:], *later),
         (94.1, 95.4, 14, 7, 0)),
        ((COUNT[0], "Number of looked after children", "count", 10, *COUNT[1:], *later),
         (547, 544, 0, 0, None)),
        ((LEFT[0], "Children who ceased to be looked after", "count", 80, *LEFT[1:], *later),
         (None, None, None, None, None)),
    )  # fmt: skip
    return [
        {"la": LA} | dict(zip(names, texts, strict=True)) | _numbers(CHANGED, numbers)
        for texts, numbers in changed
    ]


# What is behind a changed figure: figure, table, team, and the numbers in the order of CAUSE.
_CAUSES: tuple[tuple[Any, ...], ...] = (
    (VISITS, ("ssd_cla_visits", "visits"), "", (16, 7, 0, 14, 13, 12, 41)),
    (VISITS, ("ssd_cla_episodes", "episodes of care"), "", (0, None, 0, 0, None, "none", "none")),
    (COUNT, ("ssd_cla_episodes", "episodes of care"), "", (None, 9, 0, None, 8, None, None)),
    (LEFT, ("ssd_cla_episodes", "episodes of care"), "", (None,) * 7),
)  # fmt: skip
_TEAM_CAUSES: tuple[tuple[Any, ...], ...] = (
    (VISITS, ("ssd_cla_visits", "visits"), TEAM_3, (10, 5, 0, 9, 9, 11, 41)),
    (VISITS, ("ssd_cla_visits", "visits"), "LAC Team 1", (6, 2, 0, 5, 4, 13, 20)),
)  # fmt: skip


def _cause(
    figure: tuple[str, date, str],
    table: tuple[str, str],
    team: str,
    numbers: tuple[Number | str, ...],
) -> dict[str, Any]:
    names = ("la", "indicator_id", "period_end", "basis", "table_name", "table_title", "team")
    return dict(zip(names, (LA, *figure, *table, team), strict=True)) | _numbers(CAUSE, numbers)


def _lateness() -> Rows:
    """Visits in thirteen extracts, later and later; of reviews few are late, so that hides."""
    rows = []
    for place, month_end in enumerate(MONTH_ENDS):
        month = f"{month_end:%Y-%m}"
        for table, numbers in (
            (
                ("ssd_cla_visits", "visits"),
                (480 + 3 * place, 60 + 2 * place, 5 + place, 20 + place),
            ),
            (("ssd_cla_reviews", "reviews"), (95, None, None, None)),
        ):
            names = ("la", "snapshot_month", "table_name", "table_title", "team")
            row = dict(zip(names, (LA, month, *table, ""), strict=True))
            rows.append(row | _numbers(LATENESS, numbers))
    return rows


# How a figure moved: figure, unit, months later, status, and the numbers in the order of MOVEMENT.
_MOVEMENTS: tuple[tuple[Any, ...], ...] = (
    ("lac_count", "count", 1, "ok", (12, -1, -4, 2, -3, 1, 25.0, 58.3, 16.7)),
    ("lac_count", "count", 2, "ok", (11, -2, -5, 1, -4, 1, 18.2, 63.6, 18.2)),
    ("visits_up_to_date_nms_pct", "percent", 1, "ok",
     (13, 1.8, 0.2, 3.1, 0.6, 2.9, 100.0, 0.0, 0.0)),
    ("visits_up_to_date_nms_pct", "percent", 2, "ok",
     (13, 2.1, 0.4, 3.9, 0.8, 3.5, 100.0, 0.0, 0.0)),
    ("three_plus_placements_pct", "percent", 1, "ok",
     (12, 0, 0, 0, 0, 0, 0.0, 0.0, 100.0)),
    ("admissions", "count", 1, "too_little_history", (4, *(None,) * 8)),
    ("ceased", "count", 1, "suppressed", (None,) * 9),
)  # fmt: skip


def _movements() -> Rows:
    names = ("la", "indicator_id", "unit", "position", "basis", "months_later", "status")
    return [
        dict(zip(names, (LA, name, unit, place, "month_end", later, status), strict=True))
        | dict(zip(MOVEMENT, numbers, strict=True))
        for place, (name, unit, later, status, numbers) in enumerate(_MOVEMENTS)
    ]


def _definition_changes() -> Rows:
    """One definition in its second version: a month under both, and one that is hidden."""
    names = ("la", "indicator_id", "title", "version", "from_month", "note", "basis", "period_end")
    told = (LA, "three_plus_placements_pct",
            "Looked after children with 3 or more placements, rolling 12 months", 2, "2026-09",
            "respite of up to three weeks is no placement of its own", "rolling_12m")  # fmt: skip
    both = ("old_value", "new_value")
    return [
        dict(zip(names, (*told, day), strict=True)) | _numbers(both, values)
        for day, values in ((AUGUST, (None, None)), (SEPTEMBER, (11.9, 10.3)))
    ]


def _children() -> Rows:
    names = ("la", "indicator_id", "period_end", "basis", "person_id", "event_id", "change",
             "cause", "table_name", "team", "days_late")  # fmt: skip
    visits, episodes = "ssd_cla_visits", "ssd_cla_episodes"
    return [
        dict(zip(names, (LA, *figure, *told), strict=True))
        for figure, told in (
            (VISITS, ("C0041", None, "changed", "recorded late", visits, TEAM_3, 12)),
            (VISITS, ("C0041", None, "changed", "recorded late", visits, TEAM_3, 41)),
            (VISITS, ("C0107", None, "added", "record changed", visits, "LAC Team 1", None)),
            (COUNT, ("C0300", "E12", "removed", "record changed", episodes, None, None)),
            (COUNT, (None, "H7", "added", "no record of the child changed", None, None, None)),
        )
    ]
