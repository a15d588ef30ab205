"""The rows of the scorecard, the trends and the definitions, made from the stories."""

from __future__ import annotations

from typing import Any

from reporting.rows import COMPARATORS
from tests.unit.reporting.schemas import TEXTS
from tests.unit.reporting.stories import LA, MONTH_ENDS, Story


def _status(value: float | str | None) -> tuple[float | None, str]:
    if value is None:
        return None, "suppressed"
    return (None, "not_available") if isinstance(value, str) else (float(value), "ok")


def _difference(now: float | None, then: float | None) -> float | None:
    return None if now is None or then is None else round(now - then, 1)


def scorecard_row(order: int, story: Story) -> dict[str, Any]:
    row: dict[str, Any] = {name: "" for name in TEXTS}
    row |= dict.fromkeys(("numerator", "headline_order", "previous_year", "ytd", *COMPARATORS))
    for name, index in (("month_minus_2", 10), ("month_minus_1", 11), ("month", 12),
                        ("year_ago", 0)):  # fmt: skip
        row[name], row[f"{name}_status"] = _status(story.months[index])
    change = _difference(row["month"], row["month_minus_1"])
    row |= {
        "la": LA,
        "indicator_id": story.indicator_id,
        "title": story.title,
        "section_order": story.section[0],
        "section": story.section[1],
        **_theme(story.section[1]),
        "indicator_order": order,
        "unit": story.unit,
        "good_is": story.good_is,
        "timeline": "monthly",
        "denominator": story.denominator,
        "change_amount": change,
        "year_change_amount": _difference(row["month"], row["year_ago"]),
        "change": "" if change is None else "up" if change > 0 else "down" if change else "same",
        "headline_basis": "month_end",
    }
    if story.unit == "count":
        row["numerator"] = row["month"]
    row["change_is"] = _judged(row["change"], story.good_is)
    row |= story.extra
    for name in ("ytd", "previous_year"):
        row.setdefault(f"{name}_status", "none" if row[name] is None else "ok")
    return row


# The theme of a section, its title and its place in the pack.
THEMES = {
    "Profile and flow": ("looked-after-children", "Looked after children", 1),
    "Plans, reviews and visits": ("reviews-plans-visits", "Reviews, plans and visits", 2),
    "Placements": ("placements", "Placements", 3),
    "Health and education": ("health", "Health and wellbeing", 4),
    "Care leavers": ("care-leavers", "Care leavers", 6),
    "Fostering": ("fostering", "Fostering", 7),
    "Adoption": ("adoption", "Adoption", 8),
    "Caseloads": ("caseloads", "Caseloads", 9),
}


def _theme(section: str) -> dict[str, Any]:
    return dict(zip(("theme", "theme_title", "theme_order"), THEMES[section], strict=True))


def _judged(change: str, good_is: str) -> str:
    if change in ("", "same"):
        return change
    if good_is in ("info", "range"):
        return "info" if good_is == "info" else "same"
    return "better" if (change == "up") == (good_is == "high") else "worse"


def trend_rows(story: Story) -> list[dict[str, Any]]:
    rows = []
    for period_end, month in zip(MONTH_ENDS, story.months, strict=True):
        value, status = _status(month)
        shown = value is not None and story.denominator is not None
        numerator = round(value * story.denominator / 100) if shown else None  # type: ignore[operator]
        rows.append({
            "la": LA, "indicator_id": story.indicator_id, "period_end": period_end,
            "basis": story.extra.get("headline_basis", "month_end"), "value": value,
            "numerator": numerator, "denominator": story.denominator if shown else None,
            "status": status,
            "note": "no fostering extract" if status == "not_available" else "",
        })  # fmt: skip
    return rows


def definition_row(order: int, story: Story) -> dict[str, Any]:
    basis = story.extra.get("headline_basis", "month_end")
    row = scorecard_row(order, story)
    kept = ("la", "indicator_id", "section_order", "indicator_order", "ref", "title", "section",
            "theme", "good_is", "headline_basis", "green", "amber", "red")  # fmt: skip
    return (
        {name: row[name] for name in kept}
        | {
            "definition": f"What {story.indicator_id} counts.",
            "why": f"Why {story.indicator_id} matters.",
            "bases": "fytd, in_month" if basis == "in_month" else basis,
            "ref_2022_23": story.extra.get("ref"),
            "authority": "C2, C6",
            "source_tables": "ssd_cla_episodes, ssd_person",
            "owner": "Children in care service",
            "definition_version": 1,
        }
        | DEFINED.get(story.indicator_id, {})
    )


# What only one measure's catalogue entry has.
DEFINED: dict[str, dict[str, Any]] = {
    "three_plus_placements_pct": {
        "ref_2015": "9.2", "ref_2019": "8.2",
        "over_whom": "All children looked after at the month end.",
        "series_breaks": "Break in series from 2018-12: a new rule.",
        "changes": "Version 2 from 2026-09: Respite of three weeks is no placement",
        "breakdowns": "age_band, reason",
    },
    "lac_count": {"ref_2019": "6.1 (commentary)", "caveat": "Late discharges stay in."},
    "admission_average_age": {"ref": None, "ref_2022_23": None},
}  # fmt: skip
