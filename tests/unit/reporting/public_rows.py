"""The public report models of an invented council, as small as shows every case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from reporting.rows import COMPARATORS, FIGURES

LA = "E08000099"
PERIOD_END = date(2026, 10, 31)
MONTH_ENDS = tuple(
    date(2025 + (9 + back) // 12, (9 + back) % 12 + 1, 1) - timedelta(days=1)
    for back in range(1, 14)
)

# A figure no row of the story holds: a test puts it where it is hidden and looks for it.
ORIGINAL = 37.123

Tables = dict[str, list[dict[str, Any]]]


@dataclass
class Story:
    """One indicator: 13 months of figures (None: hidden, "absent": no figure) and its settings."""

    indicator_id: str
    title: str
    section: tuple[int, str]
    unit: str
    good_is: str
    months: list[float | str | None]
    denominator: float | None = None
    extra: dict[str, Any] = field(default_factory=dict)


FLOW = (1, "Profile and flow")
PLANS = (2, "Plans, reviews and visits")
PLACEMENTS = (3, "Placements")
HEALTH = (4, "Health and education")
LEAVERS = (5, "Care leavers")
FOSTERING = (9, "Fostering")
ABSENT: list[float | str | None] = ["absent"] * 13


def _stories() -> list[Story]:
    return [
        Story(
            "lac_count", "Number of looked after children", FLOW, "count", "info",
            [574, 571, 566, 569, 563, 560, 558, 556, 552, 549, 547, 544, 551],
            extra={"ref": "4.1", "headline_order": 1, "previous_year": 560},
        ),
        Story(
            "lac_count_pending_discharge", "Looked after children with a discharge in workflow",
            FLOW, "count", "low", [9, 8, 8, 7, 9, 9, 8, 7, 7, 9, 8, 8, 7],
            extra={"ref": "6.1"},
        ),
        Story(
            "lac_rate_10k", "Rate of looked after children per 10,000 aged 0-17", FLOW,
            "rate_per_10000", "low",
            [100.1, 99.5, 98.7, 99.2, 98.1, 97.6, 97.3, 96.9, 96.2, 95.7, 95.4, 94.8, 96.1],
            57355,
            {"ref": "4.2", "headline_order": 2, "rag": "red", "green": "<85", "amber": "85-90",
             "red": ">90", "numerator": 551, "stat_neighbour_average": 98.4,
             "best_stat_neighbour": 67.0, "national_average": 70.0, "top_quartile": 52.0,
             "region": 81.0, "benchmark_period": "March 2025"},
        ),
        Story(
            "admissions", "Admissions of looked after children", FLOW, "count", "info",
            [18, 14, 11, 16, 20, 13, 17, 9, 15, 12, 10, 14, 21],
            extra={"ref": "4.3", "headline_order": 3, "headline_basis": "in_month", "ytd": 98},
        ),
        Story(
            "ceased", "Children who ceased to be looked after", FLOW, "count", "high",
            [15, 17, 16, 13, 26, 16, 19, None, 19, 15, 12, 17, 14],
            extra={"ref": "4.14", "headline_order": 4, "headline_basis": "in_month", "ytd": None,
                   "ytd_status": "suppressed"},
        ),
        Story(
            "ceased_permanence_pct",
            "Ceased through permanence (SGO, CAO/residence order, adoption)",
            FLOW, "percent", "high",
            [33.3, None, 37.5, 38.5, 42.3, None, 36.8, None, 31.6, 40.0, 50.0, 47.1, None],
            extra={"ref": "4.17", "headline_order": 5, "headline_basis": "in_month", "ytd": 39.2,
                   "green": "40+", "amber": "35-39.9", "red": "<35", "national_average": 35.0,
                   "benchmark_period": "2024/25"},
        ),
        Story(
            "admission_average_age", "Average age at admission to care", FLOW, "years", "low",
            [7.1, 6.8, 8.0, 7.7, 6.9, 7.4, None, 7.9, 8.3, 7.0, 6.6, 7.2, 7.5], 21,
            {"ref": "3.2.5", "numerator": 157.5},
        ),
        Story(
            "reviews_in_timescale_pct", "Looked after children cases reviewed within timescales",
            PLANS, "percent", "high",
            [91.2, 92.0, 90.1, 88.7, 93.5, 94.1, 92.2, 90.8, 91.9, 93.3, 94.0, 95.6, 93.5], 109,
            {"ref": "4.7", "headline_order": 6, "headline_basis": "in_month", "rag": "amber",
             "green": "95+", "amber": "90-94.9", "red": "<90", "ytd": 93.1, "numerator": 102},
        ),
        Story(
            "visits_up_to_date_nms_pct",
            "Visits up to date and completed within timescale of national minimum standard",
            PLANS, "percent", "high",
            [94.2, 95.0, 93.8, 94.4, 95.1, 95.6, 96.0, 95.2, 94.7, 95.8, 96.3, 95.4, 96.9], 551,
            {"ref": "4.6", "rag": "green", "green": "95+", "amber": "90-94.9", "red": "<90",
             "numerator": 534,
             "data_note": "Visits that are not yet typed up count as late; see the last "
                          "extract & the note on timing."},
        ),
        Story(
            "three_plus_placements_pct",
            "Looked after children with 3 or more placements, rolling 12 months",
            PLACEMENTS, "percent", "low",
            [11.8, 11.6, 11.9, 12.3, 12.1, 11.4, 11.0, 10.8, 10.9, 10.4, 10.1, 10.3, 9.8], 551,
            {"ref": "4.19", "headline_order": 7, "headline_basis": "rolling_12m", "rag": "amber",
             "green": "<9.5", "amber": "9.5-11", "red": ">11", "numerator": 54,
             "stat_neighbour_average": 10.2, "best_stat_neighbour": 7.0, "national_average": 10.0,
             "top_quartile": 8.0, "region": 9.0, "benchmark_period": "2024/25"},
        ),
        Story(
            "long_term_stability_pct",
            "Long term looked after children in placements stable for at least 2 years",
            PLACEMENTS, "percent", "high",
            [66.4, 66.9, 67.3, 66.1, 65.8, 66.0, 65.2, 64.9, 65.5, 64.8, 64.0, 63.9, 62.7], 150,
            {"ref": "4.18", "headline_order": 8, "rag": "red", "green": "70+", "amber": "67-69.9",
             "red": "<67", "numerator": 94, "stat_neighbour_average": 69.7,
             "national_average": 71.0, "top_quartile": 74.0, "benchmark_period": "2024/25"},
        ),
        Story(
            "family_based_pct", "Looked after children in a family based setting",
            PLACEMENTS, "percent", "high",
            [80.0, 80.3, 80.5, 80.1, 79.9, 80.4, 80.8, 81.2, 81.0, 81.3, 81.9, 82.2, 82.8], 551,
            {"ref": "4.20", "headline_order": 9, "rag": "amber", "green": "85+",
             "amber": "80-84.9", "red": "<80", "numerator": 456},
        ),
        Story(
            "health_assessment_up_to_date_pct", "Up to date health assessments",
            HEALTH, "percent", "high",
            [84.1, 84.9, 86.0, 85.5, 83.0, 84.8, 86.6, 87.9, 88.3, 90.1, 89.4, 88.8, 88.1], 520,
            {"ref": "4.9", "headline_order": 10, "rag": "amber", "green": "90+",
             "amber": "85-89.9", "red": "<85", "numerator": 458, "stat_neighbour_average": 88.2,
             "national_average": 89.0, "region": 90.0, "benchmark_period": "2024/25"},
        ),
        Story(
            "lac_missing_children",
            "Looked after children with at least one missing episode in the period",
            HEALTH, "count", "info", [None] * 13,
            extra={"ref": "4.13", "ytd": 14},
        ),
        Story(
            "cl_suitable_accommodation_pct", "Care leavers in suitable accommodation",
            LEAVERS, "percent", "high",
            [95.4, 95.9, "absent", "absent", 96.2, 96.6, 96.1, 95.8, 96.4, 97.0, 97.3, 96.8, 97.2],
            322,
            {"ref": "4.29", "headline_order": 11, "rag": "green", "green": "96+",
             "amber": "94-95.9", "red": "<94", "numerator": 313, "national_average": 88.0,
             "stat_neighbour_average": 91.0, "benchmark_period": "2024/25"},
        ),
        Story(
            "caseload_avg_lac_1_3",
            "Average number of cases per qualified social worker, LAC teams 1-3",
            (7, "Caseloads"), "children_per_fte", "range",
            [15.2, 15.0, 14.8, 16.1, 17.3, 18.0, 18.9, 19.4, 20.6, 21.0, 20.2, 19.1, 18.3], 14.6,
            {"ref": "11.5", "rag": "green", "green": "14-20", "amber": "20-20.2", "red": "",
             "numerator": 267},
        ),
        Story(
            "foster_households", "Number of foster carers (households)", FOSTERING, "count", "high",
            ABSENT, extra={"ref": "2.4 (text)", "headline_order": 12},
        ),
    ]  # fmt: skip


def _status(value: float | str | None) -> tuple[float | None, str]:
    if value is None:
        return None, "suppressed"
    return (None, "not_available") if isinstance(value, str) else (float(value), "ok")


def _difference(now: float | None, then: float | None) -> float | None:
    return None if now is None or then is None else round(now - then, 1)


def _scorecard_row(order: int, story: Story) -> dict[str, Any]:
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


def _trend_rows(story: Story) -> list[dict[str, Any]]:
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


DEFINITION_TEXTS = (
    "ref", "title", "section", "theme", "definition", "over_whom", "why", "good_is", "bases",
    "headline_basis", "breakdowns", "ref_2015", "ref_2019", "ref_2022_23", "series_breaks",
    "green", "amber", "red", "caveat", "authority", "source_tables", "owner",
)  # fmt: skip


def _definition_row(order: int, story: Story) -> dict[str, Any]:
    basis = story.extra.get("headline_basis", "month_end")
    row = _scorecard_row(order, story)
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
        "breakdowns": "age_band, reason",
    },
    "lac_count": {"ref_2019": "6.1 (commentary)", "caveat": "Late discharges stay in."},
    "admission_average_age": {"ref": None, "ref_2022_23": None},
}  # fmt: skip

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


def _impact_rows() -> list[dict[str, Any]]:
    stories = {story.indicator_id: (n, story) for n, story in enumerate(_stories())}
    return [
        {
            "la": LA, "indicator_id": name, "title": stories[name][1].title,
            "unit": stories[name][1].unit, "position": stories[name][0], "place": place,
            "issue_ids": issues, "is_moved": issues is not None, "value_as_recorded": recorded,
            "value_after_repair": repaired, "status": _hidden_or_ok(recorded),
            "children_affected": children, "children_status": _hidden_or_ok(children),
        }
        for name, place, issues, recorded, repaired, children in _IMPACTS
    ]  # fmt: skip


def _issue_rows() -> list[dict[str, Any]]:
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


NUMBERS = ("faults", "new_faults", "fixed_faults", "repaired_faults")
TEXTS = (
    "ref", "title", "section", "theme", "theme_title", "unit", "good_is", "timeline", "change",
    "change_is", "rag", "red", "amber", "green", "benchmark_period", "data_note", "headline_basis",
)  # fmt: skip

CHANGED = ("before", "now", "rows_added", "rows_changed", "rows_removed")
PART = ("figure", "numerator", "denominator")
SCHEMAS = {
    "rpt_public_scorecard": (
        "la varchar, indicator_id varchar, section_order integer, theme_order integer,"
        " indicator_order integer, headline_order integer, numerator double, denominator double,"
        " change_amount double, year_change_amount double, "
        + ", ".join(f"{name} varchar" for name in TEXTS) + ", "
        + ", ".join(f"{name} double, {name}_status varchar" for name in FIGURES) + ", "
        + ", ".join(f"{name} double" for name in COMPARATORS)
    ),
    "rpt_public_trend": (
        "la varchar, indicator_id varchar, period_end date, basis varchar, value double,"
        " numerator double, denominator double, status varchar, note varchar"
    ),
    "rpt_public_front": (
        "la varchar, council_name varchar, month varchar, period_end date, previous_month_end date,"
        " smallest_shown integer, smallest_denominator integer, disclosure_owner varchar"
    ),
    "rpt_public_note": "la varchar, note_order integer, kind varchar, message varchar",
    "rpt_public_gap": (
        "la varchar, family varchar, table_name varchar, status varchar, reason varchar,"
        " indicators varchar"
    ),
    "rpt_public_extract": (
        "la varchar, family varchar, table_name varchar, file_name varchar, landed_rows bigint,"
        " refused_rows bigint, status varchar"
    ),
    "rpt_public_definition": (
        "la varchar, indicator_id varchar, section_order integer, indicator_order integer,"
        " definition_version integer, "
        + ", ".join(f"{name} varchar" for name in DEFINITION_TEXTS)
    ),
    "rpt_public_dq_impact": (
        "la varchar, indicator_id varchar, title varchar, unit varchar, position integer,"
        " place varchar, issue_ids varchar, is_moved boolean, value_as_recorded double,"
        " value_after_repair double, status varchar, children_affected bigint,"
        " children_status varchar"
    ),
    "rpt_public_dq_issue": (
        "la varchar, issue_id varchar, title varchar, severity varchar, description varchar,"
        " effect varchar, repaired varchar, owner varchar, is_found boolean,"
        " oldest_since varchar, affected_titles varchar, moved_titles varchar, "
        + ", ".join(f"{name} bigint, {name}_status varchar" for name in NUMBERS)
    ),
    "rpt_public_signal": (
        "la varchar, indicator_id varchar, chart varchar, signal varchar, rule varchar,"
        " assurance varchar, months integer, since date, centre double, lower_limit double,"
        " upper_limit double, why varchar, decision varchar"
    ),
    "rpt_public_signal_point": (
        "la varchar, indicator_id varchar, period_end date, centre double, lower_limit double,"
        " upper_limit double, rule varchar, is_new_segment boolean"
    ),
    "rpt_public_changed_figure": (
        "la varchar, indicator_id varchar, title varchar, unit varchar, position integer,"
        " period_end date, basis varchar, "
        + ", ".join(f"{name} double, {name}_status varchar" for name in CHANGED)
    ),
    "rpt_public_part": (
        "la varchar, indicator_id varchar, breakdown varchar, part varchar, part_order integer,"
        " period_end date, basis varchar, "
        + ", ".join(f"{name} double, {name}_status varchar" for name in PART)
    ),
}  # fmt: skip


def _signal_rows() -> list[dict[str, Any]]:
    """Every signal once; the measures that are not here have none."""
    names = (
        "indicator_id",
        "chart",
        "signal",
        "rule",
        "assurance",
        "months",
        "since",
        "centre",
        "lower_limit",
        "upper_limit",
        "why",
        "decision",
    )
    since = date(2024, 10, 31)
    signals = (
        ("lac_count", "xmr", "unusual", "run", "", 25, since, 566.0, 551.4, 580.6, "", ""),
        (
            "three_plus_placements_pct",
            "none",
            "too_few",
            "",
            "",
            25,
            None,
            None,
            None,
            None,
            "its months share the same children",
            "",
        ),
        (
            "long_term_stability_pct",
            "xmr",
            "getting_worse",
            "trend",
            "missed",
            25,
            since,
            65.6,
            62.8,
            68.4,
            "",
            "",
        ),
        (
            "reviews_in_timescale_pct",
            "p",
            "no_change",
            "",
            "varies",
            25,
            since,
            92.1,
            84.3,
            99.8,
            "",
            "",
        ),
        (
            "visits_up_to_date_nms_pct",
            "xmr",
            "improving",
            "outside_limits",
            "met",
            14,
            date(2025, 9, 30),
            95.2,
            93.9,
            96.5,
            "",
            "Limits start anew in September 2025: new visiting team (Head of Service, 3 Feb 2026)",
        ),
        (
            "lac_uasc",
            "xmr",
            "too_few",
            "",
            "",
            25,
            None,
            None,
            None,
            None,
            "most of its months are small numbers",
            "",
        ),
    )
    return [{"la": LA} | dict(zip(names, signal, strict=True)) for signal in signals]


def _signal_point_rows() -> list[dict[str, Any]]:
    """Thirteen months of limits for the measures that have some; one starts anew on the way."""
    rows = []
    for signal in _signal_rows():
        if signal["centre"] is None:
            continue
        for month_end in MONTH_ENDS:
            rows.append(
                {name: signal[name] for name in ("la", "indicator_id")}
                | {name: signal[name] for name in ("centre", "lower_limit", "upper_limit")}
                | {
                    "period_end": month_end,
                    "rule": signal["rule"] if month_end == PERIOD_END else "",
                    "is_new_segment": signal["decision"] != "" and month_end == signal["since"],
                }
            )
    return rows


def _changed_rows() -> list[dict[str, Any]]:
    """A figure that rose, one that fell, one that is hidden, and counts of rows that are small."""
    names = ("indicator_id", "title", "unit", "position", "period_end", "basis")
    changed = (
        (
            (
                "visits_up_to_date_nms_pct",
                "Visits up to date",
                "percent",
                120,
                date(2026, 9, 30),
                "month_end",
            ),
            (94.1, 95.4, 14, 7, 0),
        ),
        (
            (
                "lac_count",
                "Number of looked after children",
                "count",
                10,
                date(2026, 9, 30),
                "month_end",
            ),
            (547, 544, 0, 0, None),
        ),
        (
            (
                "ceased",
                "Children who ceased to be looked after",
                "count",
                80,
                date(2026, 8, 31),
                "in_month",
            ),
            (None, None, None, None, None),
        ),
    )
    rows = []
    for texts, numbers in changed:
        row = {"la": LA} | dict(zip(names, texts, strict=True))
        for name, number in zip(CHANGED, numbers, strict=True):
            row |= {name: number, f"{name}_status": "suppressed" if number is None else "ok"}
        rows.append(row)
    return rows


def _part_rows() -> list[dict[str, Any]]:
    """Children in care by age: one part is small, and a second one is hidden with it."""
    counts = (("under 1", None), ("1-4", 75), ("5-9", None), ("10-15", 229), ("16+", 142))
    rows = []
    for order, (part, count) in enumerate(counts, start=1):
        status = "suppressed" if count is None else "ok"
        share = None if count is None else round(100 * count / 551, 1)
        rows.append({
            "la": LA, "indicator_id": "lac_count", "breakdown": "age_band", "part": part,
            "part_order": order, "period_end": PERIOD_END, "basis": "month_end",
            "figure": share, "figure_status": status, "numerator": count,
            "numerator_status": status, "denominator": 551, "denominator_status": "ok",
        })  # fmt: skip
    return rows


def tables() -> Tables:
    """The rows of every public model, for a test to change before the warehouse is written."""
    stories = _stories()
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
        "rpt_public_scorecard": [_scorecard_row(n, story) for n, story in enumerate(stories)],
        "rpt_public_trend": [row for story in stories for row in _trend_rows(story)],
        "rpt_public_front": [{
            "la": LA, "council_name": "Eastmoor & Vale Council", "month": "2026-10",
            "period_end": PERIOD_END, "previous_month_end": date(2026, 9, 30),
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
        "rpt_public_definition": [_definition_row(n, story) for n, story in enumerate(stories)],
        "rpt_public_dq_impact": _impact_rows(),
        "rpt_public_dq_issue": _issue_rows(),
        "rpt_public_signal": _signal_rows(),
        "rpt_public_signal_point": _signal_point_rows(),
        "rpt_public_changed_figure": _changed_rows(),
        "rpt_public_part": _part_rows(),
    }  # fmt: skip


# The models of which each edition has its own; what holds no figure is public alone.
OF_AN_EDITION = (
    "scorecard", "trend", "note", "dq_impact", "dq_issue", "signal", "signal_point",
    "changed_figure", "part",
)  # fmt: skip
# What stands in the officers' rows where the public ones hide a figure.
SMALL = 3.0


def with_officers(rows: Tables) -> Tables:
    """The tables of both editions: the officers' are the public ones with nothing hidden."""
    return rows | {
        f"rpt_officers_{name}": [_unhidden(row) for row in rows[f"rpt_public_{name}"]]
        for name in OF_AN_EDITION
        if f"rpt_officers_{name}" not in rows
    }


def _unhidden(row: dict[str, Any]) -> dict[str, Any]:
    shown = dict(row)
    for column in [name for name in row if name.endswith("status")]:
        if row[column] == "suppressed":
            figures = _FIGURES_OF_A_STATUS.get(column, (column.removesuffix("_status"),))
            shown |= {name: SMALL for name in figures if name in row} | {column: "ok"}
    return shown


_FIGURES_OF_A_STATUS = {
    "status": ("value", "value_as_recorded", "value_after_repair"),
    "children_status": ("children_affected",),
}


def write_warehouse(path: Path, rows: Tables, schemas: dict[str, str] | None = None) -> Path:
    """A DuckDB file with the public models (or others) holding these rows."""
    if schemas is None:
        rows = with_officers(rows)
        schemas = SCHEMAS | {
            f"rpt_officers_{name}": SCHEMAS[f"rpt_public_{name}"] for name in OF_AN_EDITION
        }
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
