"""The rows of signals, their limits, and what a figure is made of."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.unit.reporting.stories import LA, MONTH_ENDS, PERIOD_END


def signal_rows() -> list[dict[str, Any]]:
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


def signal_point_rows() -> list[dict[str, Any]]:
    """Thirteen months of limits for the measures that have some; one starts anew on the way."""
    rows = []
    for signal in signal_rows():
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


def part_rows() -> list[dict[str, Any]]:
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
