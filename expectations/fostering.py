"""The door for the fostering extract."""

from expectations.rules import A_LIFETIME, YES_NO, FamilyRules

RULES = FamilyRules(
    codes={
        "ext_foster_household": {
            "carer_type": ("Mainstream", "Family and friends", "IFA", "Supported lodgings"),
        },
        "ext_foster_visit": {"visit_type": ("Supervisory", "Unannounced")},
        "ext_panel": {"carer_source": ("In-house", "IFA")},
        "ext_capacity": {"on_hold": YES_NO},
    },
    days_ahead={
        "ext_foster_household": {"on_hold_to": 1000, "reg24_end": 400},
        "ext_foster_review": {"review_date": 400},
    },
    years_back={
        "ext_foster_household": {
            "main_carer_dob": A_LIFETIME,
            "first_approval_date": 60,
            "approval_date": 60,
        },
        "ext_capacity": {"opened_date": A_LIFETIME},
    },
)
