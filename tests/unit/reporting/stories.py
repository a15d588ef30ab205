"""The measures of an invented council, thirteen months each, as few as show every case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

LA = "E08000099"
PERIOD_END = date(2026, 10, 31)
MONTH_ENDS = tuple(
    date(2025 + (9 + back) // 12, (9 + back) % 12 + 1, 1) - timedelta(days=1)
    for back in range(1, 14)
)

# A figure no row of the story holds: a test puts it where it is hidden and looks for it.
ORIGINAL = 37.123


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


def stories() -> list[Story]:
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
