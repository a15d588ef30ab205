"""How a period of care goes: why the child came, how long it lasts and how it ends."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from synthetic.days import age_on, birthday, days
from synthetic.lives import AdoptionPath, Plan

TRACKS_BY_AGE: dict[str, dict[str, float]] = {
    "under 1": {"adoption": 50, "sgo": 22, "home": 13, "kin": 4, "long": 9, "other": 2},
    "1-4": {"adoption": 26, "sgo": 28, "home": 22, "kin": 7, "long": 15, "other": 2},
    "5-9": {"adoption": 3, "sgo": 22, "home": 27, "kin": 9, "long": 37, "other": 2},
    "10-15": {"sgo": 7, "home": 30, "kin": 10, "long": 48, "other": 5},
    "16+": {"home": 14, "kin": 6, "long": 68, "other": 12},
    "uasc": {"long": 93, "age assessed": 4, "other": 3},
}
"""Shares of the tracks by age at admission."""

END_REASONS: dict[str, dict[str, float]] = {
    "adoption": {"E12": 85, "E11": 15},
    "sgo": {"E45": 42, "E41": 22, "E46": 13, "E47": 12, "E48": 11},
    "sgo before 2018": {"E43": 60, "E44": 20, "E41": 20},
    "home": {"E4A": 82, "E4B": 18},
    "kin": {"E13": 100},
    "other": {"E3": 34, "E8": 30, "E16": 12, "E2": 4},
    "other teenager": {"E9": 24, "E3": 22, "E8": 30, "E5": 10, "E14": 8, "E16": 6},
    "eighteen": {"E5": 33, "E8": 21, "E17": 21, "E6": 8, "E7": 9, "E4A": 4, "E9": 4},
    "eighteen uasc": {"E5": 58, "E6": 18, "E8": 20, "E17": 4},
    "age assessed": {"E15": 100},
    "leaves early": {"E45": 14, "E46": 26, "E41": 8, "E4A": 26, "E13": 10, "E8": 12, "E3": 4},
}
"""Shares of the end reasons by track."""

MEAN_DAYS = {"home": 210, "kin": 260, "other": 400, "age assessed": 120}
"""Mean length of the tracks whose length is exponential."""

LEAVES_EARLY_A_YEAR = 0.035
"""Chance a year that a long stay ends before 18 after all."""


def pick(rng: Random, shares: Mapping[str, float]) -> str:
    """Return one of the names, as often as its share says."""
    return rng.choices(list(shares), weights=list(shares.values()))[0]


def pick_number(rng: Random, shares: Mapping[int, float]) -> int:
    """Return one of the numbers, as often as its share says."""
    return rng.choices(list(shares), weights=list(shares.values()))[0]


def spread(rng: Random, low: int, usual: int, high: int) -> int:
    """Return a number of days between two bounds, most often near the usual one."""
    return int(rng.triangular(low, high, usual))


def age_group(age: int) -> str:
    """Return the name of the age group at admission."""
    bounds: Sequence[tuple[int, str]] = ((1, "under 1"), (5, "1-4"), (10, "5-9"), (16, "10-15"))
    return next((name for bound, name in bounds if age < bound), "16+")


def make_plan(rng: Random, birth_date: date, start: date, is_uasc: bool) -> Plan:
    """Return how a period of care that starts on a day will go."""
    group = "uasc" if is_uasc else age_group(age_on(birth_date, start))
    track = pick(rng, TRACKS_BY_AGE[group])
    eighteen = birthday(birth_date, 18)
    if track == "adoption":
        return _adoption_plan(rng, start)
    if track == "long":
        return _long_plan(rng, start, eighteen, is_uasc)
    if track == "sgo":
        end = start + days(spread(rng, 120, 330, 780))
        reasons = END_REASONS["sgo" if end >= date(2018, 4, 1) else "sgo before 2018"]
    else:
        length = min(MEAN_DAYS[track] * rng.expovariate(1.0), 1500)
        end = start + days(4 + length)
        is_teenager = track == "other" and age_on(birth_date, start) >= 12
        reasons = END_REASONS["other teenager" if is_teenager else track]
    if end >= eighteen:
        return Plan(track, start, eighteen, _reason_at_18(rng, is_uasc))
    return Plan(track, start, end, pick(rng, reasons))


def _reason_at_18(rng: Random, is_uasc: bool) -> str:
    return pick(rng, END_REASONS["eighteen uasc" if is_uasc else "eighteen"])


def _long_plan(rng: Random, start: date, eighteen: date, is_uasc: bool) -> Plan:
    leaves = start + days(500 + 365.25 * rng.expovariate(LEAVES_EARLY_A_YEAR))
    if is_uasc or leaves >= eighteen:
        return Plan("long", start, eighteen, _reason_at_18(rng, is_uasc))
    reason = pick(rng, END_REASONS["leaves early"])
    if reason in ("E45", "E46") and leaves < date(2018, 4, 1):
        reason = "E43"
    return Plan("long", start, leaves, reason)


def _adoption_plan(rng: Random, start: date) -> Plan:
    decision = start + days(spread(rng, 120, 190, 330))
    order = decision + days(spread(rng, 15, 35, 90))
    if rng.random() < 0.09:
        return _reversed_adoption_plan(rng, start, decision, order)
    match = order + days(spread(rng, 15, 100, 480))
    if rng.random() < 0.04:
        match = order - days(10)
    by_carer = rng.random() < 0.2
    placed = match + days(spread(rng, 10, 25, 60))
    adopted = placed + days(spread(rng, 110, 180, 340))
    since = start + days(rng.choice((0, 0, 40, 90))) if by_carer else None
    path = AdoptionPath(decision, order, match, placed, adopted, None, since)
    return Plan("adoption", start, adopted, pick(rng, END_REASONS["adoption"]), path)


def _reversed_adoption_plan(rng: Random, start: date, decision: date, order: date) -> Plan:
    changed = order + days(spread(rng, 250, 420, 700))
    path = AdoptionPath(decision, order, None, None, None, changed, None)
    end = changed + days(spread(rng, 60, 200, 500))
    return Plan("adoption", start, end, pick(rng, END_REASONS["leaves early"]), path)
