"""Which measures a sentence is about, by the words it uses.

A measure is named when all words of one of its names begin words of the sentence; `_` joins words
that must follow each other, `!` marks one that must not be there. Its title names it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from reporting.rows import Indicator

_NAMES: dict[str, tuple[str, ...]] = {
    "lac_count": (
        "looked_after", "in_care", "in_our_care", "in_its_care", "lac", "cared_for_children",
    ),
    "lac_count_pending_discharge": ("discharge workflow", "discharge pending", "discharge under"),
    "lac_rate_10k": ("per_10,000", "every_10,000", "per_10000", "rate looked_after", "rate care"),
    "lac_age_band_share": ("aged", "age_band", "age_group", "age distribution", "under_one"),
    "lac_legal_status_share": (
        "legal_status", "care_order", "placement_order", "section_20", "accommodated",
    ),
    "lac_uasc": ("unaccompanied", "uasc", "asylum"),
    "admissions": (
        "admission", "admitted", "came_into_care", "come_into_care", "entered_care",
        "coming_into_care", "became_looked_after", "new_into_care", "entering_care",
    ),
    "admission_average_age": ("average_age", "average age admi", "years_old average"),
    "ceased": (
        "ceased", "left_care", "leaving_care !plan !leaver", "leave_care", "left our_care",
        "stopped_being_looked_after",
    ),
    "ceased_permanence_pct": ("permanence", "permanent_home"),
    "sgo_started": ("special_guardianship order", "sgo", "special_guardianship_orders"),
    "sgo_cao_granted": ("sgo cao", "child_arrangements", "guardianship granted"),
    "ceased_sgo_pct": ("left special_guardianship", "ceased special_guardianship", "ceased sgo"),
    "ceased_sgo_cao": ("left sgo", "ceased cao", "left child_arrangements", "left guardianship"),
    "adopted_pct_of_ceased": ("adopted", "adoption left_care", "adoption ceased"),
    "care_plan_up_to_date_pct": ("care_plan", "up_to_date_plan", "up-to-date_plan", "plan date"),
    "reviews_in_timescale_pct": ("review",),
    "visits_up_to_date_nms_pct": ("visit !council’s_own !local !own_standard",),
    "visits_up_to_date_local_pct": ("visit local", "visit own_standard", "visit council’s_own"),
    "pathway_plan_has_pct": ("pathway_plan",),
    "pathway_plan_up_to_date_pct": ("pathway_plan date",),
    "pathway_plan_up_to_date_lac_pct": ("pathway_plan date",),
    "long_term_stability_pct": ("stability", "stable", "long_term", "long-term", "same placement"),
    "three_plus_placements_pct": (
        "three_or_more", "3_or_more", "three_placements", "three_homes", "placement moves",
        "moved home",
    ),
    "family_based_pct": ("family_based", "family-based", "family_setting", "live families"),
    "placed_with_parents_pct": ("parent", "placed_at_home"),
    "kinship_pct": ("kinship", "relatives", "family_and_friends", "friends_and_family"),
    "commissioned_pct": ("commissioned", "another_provider", "bought", "independent_agenc"),
    "foster_placement_count": (
        "foster_placement", "fostering_placement", "foster_care", "foster_carers live",
        "foster_carers lived", "fostered",
    ),
    "foster_placement_pct": (
        "foster_placement", "fostering_placement", "foster_care", "foster_carers live",
        "foster_carers lived", "fostered",
    ),
    "health_assessment_up_to_date_pct": ("health_assessment !initial !first", "health_check"),
    "iha_within_20wd_pct": ("initial_health", "first_health", "iha"),
    "dental_up_to_date_pct": ("dental", "dentist", "teeth"),
    "lac_yot": ("youth_offending", "yot", "youth_justice"),
    "lac_missing_children": ("missing", "went_missing", "ran_away"),
    "missing_episodes": ("missing", "missing_episode", "missing_time"),
    "missing_children_over3": ("missing three", "missing 3", "missing repeated"),
    "pep_has_pct": ("pep", "personal_education_plan"),
    "pep_up_to_date_termly_pct": ("pep", "personal_education_plan"),
    "lac_ehcp": ("ehc", "ehcp", "health_and_care_plan", "special_educational"),
    "care_leavers": ("care_leaver", "leaving_care_service"),
    "cl_suitable_accommodation_pct": ("suitable", "accommodation !accommodated leaver"),
    "cl_eet_pct": ("eet", "employment", "education training", "apprentice", "in_work", "neet"),
    "cl_former_uasc": ("former_uasc", "leaver unaccompanied", "leaver asylum", "leaver uasc"),
    "foster_households": (
        "foster household !recruited !deregist !new", "fostering_household", "foster_carers",
        "foster_families", "in-house", "in_house_carer",
    ),
    "foster_recruited": (
        "recruit", "foster approved", "foster new", "new_foster", "newly_approved",
    ),
    "foster_deregistered": ("deregist", "de-regist", "resign", "foster left", "foster ended"),
    "foster_places_created": (
        "new_places", "places foster", "places created", "placements_created",
    ),
    "adoptions": ("adoption !average !days !wait", "adopted"),
    "adoptions_12m_shobpa_count": ("shobpa", "adopt within"),
    "adoptions_12m_shobpa_pct": ("shobpa", "adopt within"),
    "adoption_a1_days": ("a1", "adopt days", "adopter days", "adopt average"),
    "adoption_a10_days": ("a10", "adopt days adjusted", "adopt days foster"),
    "adoption_a2_days": ("a2", "days match", "placement_order match", "days matched"),
    "caseload_max": ("caseload", "highest_caseload", "maximum_caseload"),
    "caseload_avg_lac_1_3": ("caseload", "cases social_worker", "children social_worker"),
    "caseload_avg_lac_4_5": ("caseload", "cases social_worker", "children social_worker"),
}  # fmt: skip
_SMALL_WORDS = frozenset("a an and at by for from in of on or per since the to via with".split())
_WORD = re.compile(r"[a-z0-9][a-z0-9,’'-]*")


def named(sentence: str, rows: Iterable[Indicator]) -> frozenset[str]:
    """The ids of the measures that the sentence names."""
    text = f" {' '.join(_words(sentence))}"
    return frozenset(
        row.indicator_id
        for row in rows
        if any(_is_said(name, text) for name in _names(row.indicator_id, row.title))
    )


@lru_cache(maxsize=512)
def _names(indicator_id: str, title: str) -> tuple[str, ...]:
    words = [word for word in _words(title) if word not in _SMALL_WORDS]
    return (*_NAMES.get(indicator_id, ()), *([" ".join(words)] if words else []))


def _words(text: str) -> list[str]:
    words = _WORD.findall(text.lower().replace("'", "’").replace("-", " "))
    return [word.rstrip("’,") for word in words]


def _is_said(name: str, text: str) -> bool:
    for word in name.split():
        phrase = word.lstrip("!").replace("-", " ").replace("_", " ")
        if (f" {phrase}" in text) == word.startswith("!"):
            return False
    return True
