"""The door for the SSDA903 files: the code sets of the DfE specification."""

from expectations.rules import FamilyRules

_FLAG = ("0", "1")
_BIRTH_YEARS = 30

RULES = FamilyRules(
    codes={
        "ssda903_header": {"sex": ("1", "2")},
        "ssda903_episodes": {
            "rne": ("S", "L", "P", "T", "B", "U"),
            "cin": tuple(f"N{n}" for n in range(1, 9)),
            "place_provider": tuple(f"PR{n}" for n in range(6)),
        },
        "ssda903_reviews": {"review_code": tuple(f"PN{n}" for n in range(8))},
        "ssda903_uasc": {"sex": ("1", "2")},
        "ssda903_oc2": {
            "sdq_reason": tuple(f"SDQ{n}" for n in range(1, 6)),
            "convicted": _FLAG,
            "health_check": _FLAG,
            "immunisations": _FLAG,
            "teeth_check": _FLAG,
            "health_assessment": _FLAG,
            "substance_misuse": _FLAG,
            "intervention_received": _FLAG,
            "intervention_offered": _FLAG,
        },
        "ssda903_oc3": {"in_touch": ("YES", "NO", "DIED", "REFU", "NREQ", "RHOM")},
        "ssda903_ad1": {
            "foster_care": _FLAG,
            "nb_adoptr": ("1", "2"),
            "sex_adoptr": ("M1", "F1", "MM", "FF", "MF"),
            "ls_adoptr": ("L0", "L11", "L12", "L2", "L3", "L4"),
        },
        "ssda903_missing": {"missing": ("M", "A")},
    },
    # The status ends at the 18th birthday, so its date lies ahead.
    days_ahead={"ssda903_uasc": {"duc": 18 * 366}},
    years_back={name: {"dob": _BIRTH_YEARS} for name in ("ssda903_header", "ssda903_oc3")},
)
