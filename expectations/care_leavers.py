"""The door for the care leavers extract; its descriptions are mapped through ref_code_map."""

from expectations.rules import FamilyRules

RULES = FamilyRules(
    codes={"ssd_care_leavers": {"clea_care_leaver_accom_suitable": ("1", "2")}},
    days_ahead={
        "ssd_care_leavers": {"clea_pathway_plan_review_date": 400},
        "ext_pathway_plan": {"plan_date": 400},
    },
)
