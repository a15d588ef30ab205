"""The door for the social care extract.

Columns that arrive as descriptions in one vendor's extract and as codes in another's (start reason,
legal status, placement type) have no code set here: ref_* maps them and names what it cannot map.
"""

from expectations.rules import A_LIFETIME, YES_NO, FamilyRules

RULES = FamilyRules(
    codes={
        "ssd_person": {"pers_sex": ("M", "F", "U", "I", "1", "2")},
        "ssd_cla_reviews": {
            "clar_cla_review_cancelled": YES_NO,
            "clar_cla_review_participation": tuple(f"PN{n}" for n in range(8)),
        },
        "ssd_cla_visits": {"clav_cla_visit_seen": YES_NO, "clav_cla_visit_seen_alone": YES_NO},
        "ssd_sdq_scores": {"csdq_sdq_reason": tuple(f"SDQ{n}" for n in range(1, 6))},
        "ssd_missing": {
            "miss_missing_episode_type": ("M", "A"),
            "miss_missing_rhi_offered": (*YES_NO, "NA"),
            "miss_missing_rhi_accepted": YES_NO,
        },
        "ext_iro_activity": {
            "escalation_stage": ("Formal", "Informal"),
            "iro_visit_mode": ("Face to face", "Virtual"),
            "lifestory": ("Complete", "Started", "Not started", "Not applicable"),
        },
    },
    days_ahead={
        "ssd_cla_reviews": {"clar_cla_review_due_date": 400, "clar_cla_review_date": 400},
        "ssd_cla_health": {"clah_health_check_date": 400},
        "ssd_immigration_status": {"immi_immigration_status_end_date": 7300},
        "ext_pep": {"meeting_date": 400},
        "ext_iro_activity": {"midway_date": 400},
        "ext_staff": {"end_date": 400, "absent_to": 400},
        "ext_placement_cost": {"end_date": 7300},
    },
    years_back={"ssd_person": {"pers_dob": A_LIFETIME}, "ext_staff": {"start_date": 60}},
)
