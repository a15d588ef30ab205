"""Fostering enquiries, panels and the council's own homes."""

from datetime import date
from itertools import pairwise
from random import Random

from synthetic.case_system import told
from synthetic.council import Council
from synthetic.days import add_months, days
from synthetic.fostering import Household
from synthetic.lives import Care, Child
from synthetic.routes import pick

ENQUIRIES_A_MONTH = 30
CHANNELS = {"Web": 62, "Telephone": 20, "Event": 10, "Social media": 8}
CLOSURE_REASONS = {
    "Self-withdrew": 34,
    "Medical": 16,
    "Family circumstances": 14,
    "Other agency": 10,
    "Partner or fianc\u00e9 against it": 6,
    "No spare room": 20,
}
HOMES = (
    ("Elm House", "Children's home", 4, "Good"),
    ("Oak House", "Children's home", 5, "Outstanding"),
    ("Ash House", "Children's home", 3, "Good"),
    ("Fir House", "Children's home", 4, "Requires improvement"),
    ("Yew House", "Children's home", 2, "Good"),
    ("Mill Court", "16+", 6, "Good"),
    ("Quay Court", "16+", 5, None),
)


def add_recruitment(council: Council, households: list[Household]) -> None:
    """Add enquiries (also those behind the approvals), panels and homes."""
    _add_enquiries(council)
    _add_applications(council, households)
    _add_panels(council)
    _add_homes(council)


def _add_enquiries(council: Council) -> None:
    settings = council.settings
    rng = settings.rng("enquiries")
    month, number = settings.history_from, 0
    while month < settings.last_day:
        for _ in range(int(settings.scaled(ENQUIRIES_A_MONTH) * rng.uniform(0.7, 1.3) + 0.5)):
            number += 1
            contact = month + days(rng.randint(0, 27))
            household = f"Q{number:05d}"
            if number > 20 and rng.random() < 0.04:
                household = f"Q{number - rng.randint(1, 15):05d}"
            _add_enquiry(council, rng, f"E{number:05d}", household, contact)
        month = add_months(month, 1)


def _add_enquiry(
    council: Council, rng: Random, enquiry_id: str, household_id: str, contact: date
) -> None:
    """Add an enquiry that comes to nothing, some after a visit or two."""
    info = contact + days(rng.randint(3, 30)) if rng.random() < 0.22 else None
    follow = info + days(rng.randint(7, 45)) if info and rng.random() < 0.36 else None
    closed = max(day for day in (contact, info, follow) if day) + days(rng.randint(5, 90))
    council.system.add_told(
        "ext_foster_enquiry",
        contact,
        enquiry_id,
        household_id,
        contact,
        pick(rng, CHANNELS),
        told((info, info)) if info else None,
        told((follow, follow)) if follow else None,
        None,
        told((closed, closed)),
        told((closed, pick(rng, CLOSURE_REASONS))),
    )


def _add_applications(council: Council, households: list[Household]) -> None:
    """Add the enquiry of every household approved in the history, and those under way."""
    settings = council.settings
    for household in households:
        approved = household.first_approval
        if household.carer_type != "Mainstream" or approved is None:
            continue
        if settings.history_from < approved:
            _add_application(council, household.household_id, approved)
    rng = settings.rng("under way")
    for number in range(round(settings.scaled(8))):
        later = settings.last_day + days(rng.randint(10, 150))
        _add_application(council, f"W{number:04d}", later)


def _add_application(council: Council, household_id: str, approved: date) -> None:
    rng = council.settings.rng("application", household_id)
    applied = approved - days(rng.triangular(80, 230, 115))
    follow = applied - days(rng.randint(7, 40))
    info = follow - days(rng.randint(7, 40))
    contact = info - days(rng.randint(3, 30))
    council.system.add_told(
        "ext_foster_enquiry",
        contact,
        f"A{household_id}",
        household_id,
        contact,
        pick(rng, CHANNELS),
        told((info, info)),
        told((follow, follow)),
        told((applied, applied)),
        None,
        None,
    )


def _add_panels(council: Council) -> None:
    """Add long-term matches (U6 to U4) and disruption meetings after sudden endings."""
    for child in council.children:
        for care in child.counted_cares:
            rng = council.settings.rng("panels", care.cla_id)
            for before, after in pairwise(care.homes):
                is_match = (before.place, after.place) in (("U6", "U4"), ("U3", "U1"))
                source = "In-house" if after.provider == "PR1" else "IFA"
                if is_match and before.carer == after.carer:
                    _add_panel(council, child, care, after.start, "Long-term match", source)
                is_sudden = before.change_reason in ("CREQB", "ALLEG", "STAND")
                was_long = before.place in ("U4", "U1") and before.carer != after.carer
                if is_sudden and was_long and rng.random() < 0.8:
                    met = after.start + days(rng.randint(10, 40))
                    _add_panel(council, child, care, met, "Disruption meeting", source)


def _add_panel(
    council: Council, child: Child, care: Care, day: date, kind: str, source: str
) -> None:
    if council.settings.history_from <= day <= council.settings.last_day:
        outcome = "Agreed" if kind == "Long-term match" else "Held"
        meeting = f"M{day:%Y%m%d}{kind[0]}"
        row = (day, kind, child.person_id, source, outcome, meeting)
        council.system.add("ext_panel", council.not_before_opening(care, day), *row)


def _add_homes(council: Council) -> None:
    """Add the council's own homes; one is closed and one is on hold for a while."""
    settings = council.settings
    rng = settings.rng("homes")
    for number, (name, kind, beds, grade) in enumerate(HOMES):
        opened = settings.history_from - days(rng.randint(100, 4000))
        inspected = settings.month_ends[0] - days(rng.randint(20, 300))
        again = inspected + days(rng.randint(300, 420))
        middle = settings.month_ends[len(settings.month_ends) // 2]
        council.system.add_told(
            "ext_capacity",
            opened,
            name,
            kind,
            beds,
            opened,
            told((middle, middle - days(5))) if number == 4 else None,
            told((opened, "N"), (middle, "Y")) if number == 3 else "N",
            told((inspected, grade), (again, "Good" if grade else None)),
            told((inspected, inspected), (again, again)) if grade else None,
        )
