"""What anybody can know of the figures from the definitions that the pack prints.

Written out here a second time, from the definitions and not from the models that hide: a line that
the models have forgotten is one that the attack still finds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from .puzzle import EVERY, Number, Puzzle

# Of each indicator the number that is another's, by definition.
SAME = {
    ("lac_rate_10k", "top"): "lac_count",
    ("lac_age_band_share", "top"): "lac_count",
    ("lac_age_band_share", "base"): "lac_count",
    ("lac_legal_status_share", "top"): "lac_count",
    ("lac_legal_status_share", "base"): "lac_count",
    ("family_based_pct", "base"): "lac_count",
    ("placed_with_parents_pct", "base"): "lac_count",
    ("kinship_pct", "base"): "lac_count",
    ("commissioned_pct", "base"): "lac_count",
    ("foster_placement_pct", "base"): "lac_count",
    ("visits_up_to_date_nms_pct", "base"): "lac_count",
    ("visits_up_to_date_local_pct", "base"): "lac_count",
    ("foster_placement_pct", "top"): "foster_placement_count",
    ("cl_suitable_accommodation_pct", "base"): "care_leavers",
    ("cl_eet_pct", "base"): "care_leavers",
    ("admission_average_age", "base"): "admissions",
    ("ceased_by_reason", "top"): "ceased",
    ("ceased_permanence_pct", "base"): "ceased",
    ("ceased_sgo_pct", "base"): "ceased",
    ("adopted_pct_of_ceased", "base"): "ceased",
    ("adopted_pct_of_ceased", "top"): "adoptions",
    ("adoptions_12m_shobpa_pct", "base"): "adoptions",
    ("adoptions_12m_shobpa_pct", "top"): "adoptions_12m_shobpa_count",
}
GUARDIANSHIP = ("E43", "E44", "E45", "E46", "E47", "E48")
ARRANGEMENTS = ("E41", *GUARDIANSHIP)
ADOPTION = ("E11", "E12")
BY_MONTH = (
    *("admissions", "ceased", "sgo_started", "sgo_cao_granted", "ceased_sgo_cao", "adoptions"),
    *("adoptions_12m_shobpa_count", "missing_episodes", "foster_recruited"),
    *("foster_deregistered", "foster_places_created"),
)
PERCENTAGES_BY_MONTH = (
    *("ceased_permanence_pct", "ceased_sgo_pct", "reviews_in_timescale_pct"),
    "iha_within_20wd_pct",
)
PEOPLE = ("lac_missing_children", "missing_children_over3")
# Stock, what came, what went.
STOCKS = (
    ("lac_count", "admissions", "ceased"),
    ("foster_households", "foster_recruited", "foster_deregistered"),
)
# Printed beside each other, so that what is between them can be read off.
NEARLY_ALL = {"ceased_sgo_cao": "ceased_sgo_pct"}
# Each is not above the other: who is in the one is in the other.
WITHIN = (
    ("ceased_sgo_pct", "ceased_sgo_cao"),
    ("missing_children_over3", "lac_missing_children"),
    ("lac_missing_children", "missing_episodes"),
    ("pathway_plan_up_to_date_pct", "pathway_plan_has_pct"),
    ("lac_uasc", "lac_count"),
    ("lac_ehcp", "lac_count"),
    ("lac_yot", "lac_count"),
    ("lac_count_pending_discharge", "lac_count"),
    ("cl_former_uasc", "care_leavers"),
)


def number(
    indicator: str, which: str, basis: str, day: date, part: str = EVERY, reading: str = "now"
) -> Number:
    """A number under the one name it has wherever it stands."""
    same = SAME.get((indicator, which)) if part == EVERY or which == "base" else None
    if same:
        return Number(same, "top", basis, day, EVERY, reading)
    return Number(indicator, which, basis, day, EVERY if which == "base" else part, reading)


def month_before(day: date) -> date:
    """The last day of the month before a month end."""
    return day.replace(day=1) - timedelta(days=1)


def relate(puzzle: Puzzle, numbers: Iterable[Number]) -> None:
    """Add all that ties the numbers of the published figures together."""
    every = sorted(set(numbers))
    for one in every:
        if one.which == "top" and one.indicator.endswith("_pct"):
            base = number(one.indicator, "base", one.basis, one.day, one.part, one.reading)
            puzzle.at_most(one, base)
    _parts(puzzle, every)
    _nested(puzzle, every)
    for one in every:
        if one.part == EVERY and one.reading == "now":
            _over_time(puzzle, one)
        if one.part == EVERY and one.reading != "recorded":
            _stocks(puzzle, one)


def _parts(puzzle: Puzzle, every: list[Number]) -> None:
    parts: dict[tuple[Number, str], list[Number]] = defaultdict(list)
    for one in every:
        if one.part != EVERY and one.which == "top":
            whole = number(one.indicator, "top", one.basis, one.day, EVERY, one.reading)
            parts[whole, one.part.partition("=")[0]].append(one)
    for (whole, _), members in parts.items():
        puzzle.total(whole, members)
        if members[0].indicator == "ceased_by_reason":
            _reasons(puzzle, whole, members)


def _reasons(puzzle: Puzzle, whole: Number, members: list[Number]) -> None:
    by_reason = {member.part.partition("=")[2]: member for member in members}
    for indicator, reasons in (
        ("ceased_permanence_pct", (*ARRANGEMENTS, *ADOPTION)),
        ("ceased_sgo_cao", ARRANGEMENTS),
        ("ceased_sgo_pct", GUARDIANSHIP),
        ("adoptions", ADOPTION),
    ):
        those = [by_reason[reason] for reason in reasons if reason in by_reason]
        puzzle.total(replace(whole, indicator=indicator), those)


def _nested(puzzle: Puzzle, every: list[Number]) -> None:
    by_name: Mapping[tuple[str, Number], Number] = {
        (one.indicator, replace(one, indicator="")): one for one in every if one.which == "top"
    }
    for (indicator, rest), one in by_name.items():
        if one.part == EVERY and indicator == "ceased_permanence_pct":
            parts = [replace(rest, indicator=part) for part in ("ceased_sgo_cao", "adoptions")]
            puzzle.total(one, parts)
        for inner, outer in WITHIN:
            if inner == indicator and (outer, rest) in by_name:
                puzzle.at_most(one, by_name[outer, rest])


def _over_time(puzzle: Puzzle, one: Number) -> None:
    """A year to date is that of the month before and the month; it begins anew in April."""
    if one.basis != "fytd":
        return
    adds_up = one.which == "top" and one.indicator in BY_MONTH
    adds_up |= one.indicator in PERCENTAGES_BY_MONTH
    is_april = one.day.month == 4
    month = replace(one, basis="in_month")
    before = replace(one, day=month_before(one.day))
    if adds_up or (is_april and one.indicator in PEOPLE):
        puzzle.total(one, [month] if is_april else [month, before])
    elif one.indicator in PEOPLE:
        puzzle.at_most(month, one)
        puzzle.at_most(before, one)
        puzzle.between({month: 1.0, before: 1.0, one: -1.0}, 0, float("inf"))


def _stocks(puzzle: Puzzle, one: Number) -> None:
    for stock, came, went in STOCKS:
        if one.indicator == came and one.basis == "in_month":
            start, end = (
                replace(one, indicator=stock, basis="month_end", day=day)
                for day in (month_before(one.day), one.day)
            )
            left = replace(one, indicator=went)
            if start in puzzle.known and end in puzzle.known:
                puzzle.between({start: 1.0, one: 1.0, left: -1.0, end: -1.0}, 0, 0)
