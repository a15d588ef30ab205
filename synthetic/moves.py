"""The homes of a period of care: where a child goes first, when the child moves and why."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from synthetic.days import age_on, days
from synthetic.lives import Home, Order, Plan
from synthetic.places import (
    CHANGE_REASONS,
    Setting,
    as_home,
    choose_setting,
    cover_setting,
    recoded_supported_homes,
)
from synthetic.routes import pick, spread

FIRST_PLACE: dict[str, dict[str, float]] = {
    "adoption": {"U6": 82, "U3": 4, "R3": 14},
    "sgo": {"U3": 47, "U6": 38, "P1": 6, "R38(6) court directed": 15},
    "home": {"U6": 53, "U3": 8, "P1": 15, "K2": 11, "R38(6) court directed": 14},
    "kin": {"U3": 36, "U6": 64},
    "other": {"U6": 60, "K2": 26, "supported": 14},
    "long under 10": {"U6": 75, "U3": 10, "P1": 9},
    "long 10-15": {"U6": 52, "K2": 28, "U3": 5, "P1": 8, "Unregistered emergency": 2},
    "long 16+": {"U6": 34, "supported": 40, "K2": 18, "P1": 2, "R5": 3, "Z1": 3},
    "uasc": {"supported": 56, "U6": 42, "K2": 2},
}

NEXT_PLACE: dict[str, dict[str, float]] = {
    "under 10": {"U6": 68, "U4": 13, "U3": 2, "K2": 3, "P1": 9},
    "10-15": {
        "U6": 37,
        "U4": 8,
        "K2": 35,
        "S1": 2,
        "K1": 1,
        "P1": 7,
        "R1": 1,
        "U3": 1,
        "Unregistered emergency": 2,
    },
    "16+": {
        "U6": 14,
        "supported": 50,
        "K2": 21,
        "R5": 3,
        "P1": 6,
        "R2": 1,
        "Z1": 1,
        "Unregistered emergency": 2,
    },
}

COVER = {"T3": (60, 4, 20), "T4": (20, 1, 7), "T1": (15, 2, 40), "T0": (4, 1, 6), "T2": (1, 2, 5)}
"""Share, least and most days of the kinds of cover (C10)."""

UNSETTLED_SHARE = 0.2
MOVES_A_YEAR = {"settled": 0.12, "unsettled": 1.6}
FIRST_MONTHS_EXTRA = 0.55
COVER_A_YEAR = 0.11


@dataclass(frozen=True)
class Person:
    """What the choice of a home depends on."""

    birth_date: date
    is_uasc: bool


def make_homes(rng: Random, plan: Plan, who: Person, orders: tuple[Order, ...]) -> tuple[Home, ...]:
    """Return the homes of a period of care, without a gap from its start to its end."""
    if plan.adoption is not None and plan.adoption.order is not None:
        homes = _adoption_homes(rng, plan)
    else:
        homes = _moving_homes(rng, plan, who, orders)
    return tuple(recoded_supported_homes(homes))


def _adoption_homes(rng: Random, plan: Plan) -> list[Home]:
    path = plan.adoption
    if path is None:
        raise ValueError("a plan without an adoption")
    if path.placed is None or path.recorded_placed is None:
        carer = choose_setting(rng, "U6", plan.start)
        return [as_home(carer, plan.start, plan.end, 1, None)]
    adopted_as = {"E11": ("A3", "A4")}.get(plan.end_reason, ("A5", "A6"))
    since = path.by_foster_carer_since
    homes: list[Home] = []
    if since is not None:
        if since > plan.start:
            first = choose_setting(rng, "U6", plan.start)
            homes.append(as_home(first, plan.start, since, 1, "CARPL"))
        carer = choose_setting(rng, "U5", since)
        number = len(homes) + 1
        homes.append(as_home(carer, since, path.placed, number, "PLACE"))
        adopter = replace(carer, place=adopted_as[0], provider="PR1")
        return [*homes, as_home(adopter, path.placed, plan.end, number, None)]
    place, start = pick(rng, FIRST_PLACE["adoption"]), plan.start
    if place == "R3":
        leaves = start + days(spread(rng, 40, 84, 110))
        homes.append(as_home(choose_setting(rng, "R3", start), start, leaves, 1, "CARPL"))
        place, start = "U6", leaves
    if rng.random() < 0.3:
        moves = start + days(spread(rng, 5, 60, max(6, (path.placed - start).days - 20)))
        first = choose_setting(rng, place, start)
        homes.append(as_home(first, start, moves, len(homes) + 1, pick(rng, CHANGE_REASONS)))
        place, start = "U6", moves
    carer = choose_setting(rng, place, start)
    homes.append(as_home(carer, start, path.placed, len(homes) + 1, "CARPL"))
    adopter = choose_setting(rng, adopted_as[1], path.placed)
    return [*homes, as_home(adopter, path.placed, plan.end, len(homes) + 1, None)]


def _moving_homes(rng: Random, plan: Plan, who: Person, orders: tuple[Order, ...]) -> list[Home]:
    """Move the child on, time after time, until care ends."""
    is_unsettled = plan.track in ("long", "other") and rng.random() < UNSETTLED_SHARE
    rate = MOVES_A_YEAR["unsettled" if is_unsettled else "settled"]
    place = _allowed(rng, _first_place(rng, plan, who), plan.start, who, orders)
    homes: list[Home] = []
    start, number = plan.start, 1
    while True:
        setting = choose_setting(rng, place, start, knows_home=not who.is_uasc)
        end = _leaves(rng, plan, place, start, rate)
        stay = _stay(rng, plan, setting, start, min(end, plan.end), number)
        if end >= plan.end:
            return [*homes, *stay]
        homes += stay
        start, number = end, number + 1
        place = _allowed(rng, _next_place(rng, plan, who, start), start, who, orders)


def _first_place(rng: Random, plan: Plan, who: Person) -> str:
    if who.is_uasc:
        return pick(rng, FIRST_PLACE["uasc"])
    age = age_on(who.birth_date, plan.start)
    band = "under 10" if age < 10 else "10-15" if age < 16 else "16+"
    if plan.track == "long" or (plan.track == "home" and age >= 16):
        return pick(rng, FIRST_PLACE[f"long {band}"])
    return pick(rng, FIRST_PLACE[plan.track if plan.track in FIRST_PLACE else "other"])


def _next_place(rng: Random, plan: Plan, who: Person, on: date) -> str:
    if plan.track in ("sgo", "kin"):
        return "U3"
    if plan.track == "home" and rng.random() < 0.5:
        return "P1"
    age = age_on(who.birth_date, on)
    if who.is_uasc:
        return pick(rng, {"supported": 80, "U6": 20})
    return pick(rng, NEXT_PLACE["under 10" if age < 10 else "10-15" if age < 16 else "16+"])


def _allowed(rng: Random, place: str, on: date, who: Person, orders: tuple[Order, ...]) -> str:
    """Replace a place that the child's order or age rules out (P1 needs an order, DQ29)."""
    codes = {order.code for order in orders if order.start <= on < order.end}
    if place in ("P1", "R38(6) court directed") and not codes & {"C1", "C2"}:
        return "U6"
    if place == "R38(6) court directed" and "C1" not in codes:
        return "P1"
    age = age_on(who.birth_date, on)
    if place == "K2" and age < 8:
        return "U6"
    if place in ("supported", "R5", "Z1") and age < 16:
        return "K2" if age >= 10 and rng.random() < 0.5 else "U6"
    return place


def _leaves(rng: Random, plan: Plan, place: str, start: date, rate: float) -> date:
    """Return the day the child leaves this home for another, if care lasts that long."""
    if place in ("Z1", "R5", "Unregistered emergency", "K1"):
        return start + days(spread(rng, 3, 30, 150))
    if place == "R38(6) court directed":
        return start + days(spread(rng, 90, 190, 330))
    if plan.track in ("sgo", "home", "kin") and place == "U6" and rng.random() < 0.35:
        return start + days(spread(rng, 10, 60, 240))
    early = start + days(1 + 365.25 * rng.expovariate(FIRST_MONTHS_EXTRA + rate))
    if (early - start).days < 200:
        return early
    factor = 0.4 if place in ("U1", "U4", "P1", "U3") else 1.0
    return start + days(200 + 365.25 * rng.expovariate(rate * factor))


def _stay(
    rng: Random, plan: Plan, setting: Setting, start: date, end: date, number: int
) -> list[Home]:
    """Return one carer's homes: long-term agreement, house moves and short cover between."""
    is_last = end >= plan.end
    reason = None if is_last else pick(rng, CHANGE_REASONS)
    homes = [as_home(setting, start, end, number, reason)]
    longterm = {"U6": "U4", "U3": "U1"}.get(setting.place)
    if longterm and plan.track == "long" and rng.random() < 0.55:
        homes = _split(homes, spread(rng, 150, 330, 900), replace(setting, place=longterm))
    if setting.place.startswith("U") and rng.random() < 0.02 * (end - start).days / 365:
        elsewhere = choose_setting(rng, setting.place, start)
        changed = replace(
            setting, postcode=elsewhere.postcode, place=homes[-1].place, distance=elsewhere.distance
        )
        homes = _split(homes, rng.randint(30, 1200), changed)
    if setting.place.startswith("U") or setting.place == "K2":
        homes = _with_cover(rng, homes, is_last=is_last)
    return homes


def _split(homes: list[Home], after_days: int, changed: Setting) -> list[Home]:
    """Change the last home of a stay after some days, with the same carer (RNE T)."""
    last = homes[-1]
    day = last.start + days(after_days)
    if day >= last.end:
        return homes
    later = as_home(changed, day, last.end, last.carer, last.change_reason)
    return [*homes[:-1], replace(last, end=day, change_reason="PLACE"), later]


def _with_cover(rng: Random, homes: list[Home], *, is_last: bool) -> list[Home]:
    """Put a few short stays elsewhere between; the child goes back to the same home."""
    last = homes[-1]
    chance = COVER_A_YEAR * (last.end - last.start).days / 365
    if rng.random() >= min(chance, 0.6) or (last.end - last.start).days < 120:
        return homes
    place = pick(rng, {name: share for name, (share, _, _) in COVER.items()})
    _, least, most = COVER[place]
    length = rng.randint(least, most)
    if place == "T1" and rng.random() < 0.12:
        length += 45
    leaves = last.start + days(rng.randint(40, (last.end - last.start).days - 60))
    if not is_last and rng.random() < 0.06:
        leaves = last.end - days(length)
    returns = leaves + days(length)
    cover = as_home(cover_setting(rng, place), leaves, returns, last.carer, "PLACE")
    before = replace(last, end=leaves, change_reason="PLACE")
    if returns >= last.end:
        return [*homes[:-1], before, replace(cover, end=last.end)]
    return [*homes[:-1], before, cover, replace(last, start=returns)]
