"""Where homes are: placement types, providers, registration numbers, distances and postcodes.

The postcode areas XX, YY and ZZ do not exist: ZZ is the council's own, the others its neighbours'.
"""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from synthetic.lives import Home
from synthetic.routes import pick

SUPPORTED_CODE_CHANGE = date(2024, 4, 1)
"""From this day supported accommodation is K3; before it was H5 or P2 (DQ27)."""

POSTCODE_AREAS = ("ZZ", "YY", "XX")
COUNCIL_AREA = POSTCODE_AREAS[0]

PROVIDERS: dict[str, dict[str, float]] = {
    "foster": {"PR1": 34, "PR4": 65, "PR2": 1},
    "kin": {"PR1": 100},
    "adopter": {"PR1": 55, "PR4": 45},
    "residential": {"PR1": 18, "PR4": 66, "PR5": 12, "PR2": 4},
    "supported": {"PR4": 55, "PR5": 30, "PR1": 15},
    "parents": {"PR0": 100},
    "public": {"PR3": 100},
    "network": {"PR0": 100},
}

KINDS = {
    "U1": "kin",
    "U2": "kin",
    "U3": "kin",
    "U4": "foster",
    "U5": "foster",
    "U6": "foster",
    "A3": "adopter",
    "A4": "adopter",
    "A5": "adopter",
    "A6": "adopter",
    "P1": "parents",
    "R38(6) court directed": "network",
    "H5": "supported",
    "K3": "supported",
    "P2": "supported",
    "R2": "public",
    "R5": "public",
}
"""What kind of setting a placement type is; everything else is residential."""

CHANGE_REASONS = {
    "CARPL": 27,
    "CHILD": 17,
    "CREQB": 20,
    "CREQO": 7,
    "LAREQ": 8,
    "OTHER": 9,
    "ALLEG": 4,
    "STAND": 3,
    "CLOSE": 3,
    "APPRR": 2,
}

DISTANCES = {
    "kin": (0.2, 3.0, 25.0, 0.05),
    "parents": (0.0, 0.0, 4.0, 0.02),
    "network": (0.0, 1.0, 9.0, 0.02),
    "adopter": (8.0, 30.0, 90.0, 0.3),
    "supported": (0.5, 4.0, 30.0, 0.02),
    "public": (2.0, 20.0, 110.0, 0.0),
    "PR1": (0.3, 4.0, 18.0, 0.01),
    "foster": (0.5, 9.0, 42.0, 0.02),
    "residential": (1.0, 18.0, 95.0, 0.02),
}
"""Miles from home (least, usual, most) and the share never worked out (999.9, C25)."""


@dataclass(frozen=True)
class Setting:
    """A home or household that can take a child."""

    place: str
    provider: str | None
    urn: str | None
    distance: float | None
    postcode: str | None


def choose_setting(rng: Random, place: str, on: date, *, knows_home: bool = True) -> Setting:
    """Return a setting of a placement type, as it is coded on a day."""
    if place == "supported":
        place = "K3" if on >= SUPPORTED_CODE_CHANGE else pick(rng, {"H5": 7, "P2": 3})
    kind = KINDS.get(place, "residential")
    provider = pick(rng, PROVIDERS[kind])
    if place in ("A3", "A5"):
        provider = "PR1"
    if place == "Unregistered emergency":
        provider = "PR5"
    is_own_carer = provider == "PR1" and kind == "foster"
    least, usual, most, unknown = DISTANCES["PR1" if is_own_carer else kind]
    distance = round(rng.triangular(least, most, usual) * rng.uniform(0.55, 1.0), 1)
    if not knows_home or rng.random() < unknown:
        distance = 999.9
    urn = _urn(rng, kind, provider)
    return Setting(place, provider, urn, distance, _postcode(rng, kind, provider, distance))


def _urn(rng: Random, kind: str, provider: str) -> str | None:
    if kind in ("parents", "network"):
        return None
    if provider == "PR1" and kind != "residential":
        return "SC000001"
    pool = {"foster": (100, 24), "adopter": (200, 9), "residential": (300, 60)}
    first, size = pool.get(kind, (400, 30))
    if kind == "residential" and provider == "PR1":
        first, size = 500, 5
    return f"SC{first + rng.randrange(size):06d}"


def _postcode(rng: Random, kind: str, provider: str, distance: float) -> str | None:
    if kind == "adopter" and rng.random() < 0.35:
        return None
    near = 0.95 if provider in ("PR0", "PR1") else 0.45
    is_inside = distance < 12 and rng.random() < near
    area = COUNCIL_AREA if is_inside else rng.choice(POSTCODE_AREAS[1:])
    letters = "".join(rng.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))
    return f"{area}{rng.randint(1, 28)} {rng.randint(1, 9)}{letters}"


def cover_setting(rng: Random, place: str) -> Setting:
    """Return the setting of a temporary placement (T0-T4): no provider is recorded."""
    distance = round(rng.triangular(1, 60, 8), 1)
    return Setting(place, None, None, distance, _postcode(rng, "foster", "PR4", distance))


def as_home(setting: Setting, start: date, end: date, carer: int, reason: str | None) -> Home:
    """Return a stay in a setting."""
    return Home(
        start=start,
        end=end,
        place=setting.place,
        provider=setting.provider,
        carer=carer,
        urn=setting.urn,
        distance=setting.distance,
        postcode=setting.postcode,
        change_reason=reason,
    )


def recoded_supported_homes(homes: list[Home]) -> list[Home]:
    """Split stays in supported accommodation where their code changed: same carer (DQ27)."""
    recoded: list[Home] = []
    for home in homes:
        is_old = home.place in ("H5", "P2")
        if is_old and home.start < SUPPORTED_CODE_CHANGE < home.end:
            recoded.append(replace(home, end=SUPPORTED_CODE_CHANGE, change_reason="PLACE"))
            recoded.append(replace(home, start=SUPPORTED_CODE_CHANGE, place="K3"))
        else:
            recoded.append(home)
    return recoded
