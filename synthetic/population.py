"""Who comes into care and when: admissions month by month, so that the number in care holds."""

import heapq
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from synthetic.adoption_routes import with_every_route
from synthetic.days import add_months, birthday, days, is_working_day
from synthetic.lives import Care, Child, Home, Order, Plan
from synthetic.moves import Person, make_homes
from synthetic.orders import make_orders, with_moves
from synthetic.places import as_home, choose_setting
from synthetic.routes import make_plan, pick
from synthetic.settings import CouncilSettings

ADMISSIONS_A_YEAR = 0.31
"""Admissions a year of children who are not UASC, as a share of the number in care."""

SEASON = (1.05, 0.95, 1.2, 0.9, 1.0, 1.1, 1.15, 0.6, 0.9, 1.15, 1.2, 0.8)
"""More children come before school holidays than in them (January to December)."""

AGE_GROUPS = {"0": 20.0, "1-4": 20.0, "5-9": 20.0, "10-15": 31.0, "16-17": 9.0}
ETHNICITIES = {"WBRI": 78, "WOTH": 5, "MWBC": 3, "MWAS": 3, "APKN": 4, "BAFR": 2, "WROM": 4}
UASC_ETHNICITIES = {"OOTH": 45, "BAFR": 40, "AOTH": 10, "WOTH": 5}
NEEDS = {"N1": 68, "N2": 4, "N3": 3, "N4": 8, "N5": 11, "N6": 3, "N8": 3}

RETURNS_SHARE = 0.17
RETURNS_SAME_DAY_SHARE = 0.09
BACK_WITHIN_A_YEAR = 4
"""Children a year who are admitted twice in it, besides, for 550 children."""

BACK_AND_GONE_DAYS = 100
"""Time that coming back and leaving again takes at most."""

RETURNING_REASONS = frozenset({"E4A", "E4B", "E13", "E8"})

UASC_IN_CARE = (25, 45)
"""Looked after UASC at the first and at the last extract, for 550 children."""


@dataclass
class _Draft:
    """A child while the simulation runs."""

    rng: Random
    birth_date: date
    is_uasc: bool
    plans: list[Plan] = field(default_factory=list)


def simulate_children(settings: CouncilSettings) -> list[Child]:
    """Return every child whom the council's records should know, in order of admission."""
    drafts = _admit_all(settings)
    _bring_back(settings, drafts)
    routes = with_every_route(settings, (plan for draft in drafts for plan in draft.plans))
    for draft in drafts:
        draft.plans = [routes.get(plan, plan) for plan in draft.plans]
    drafts.sort(key=lambda draft: (draft.plans[0].start, draft.birth_date))
    numbers = settings.rng("person numbers")
    children, number = [], 100
    for draft in drafts:
        number += numbers.randint(1, 7)
        if _is_on_record(settings, draft):
            children.append(_finish(draft, f"{number:06d}"))
    return children


def _is_on_record(settings: CouncilSettings, draft: _Draft) -> bool:
    """Children of the history, and care leavers of the history with their earlier care."""
    end = draft.plans[-1].end
    is_leaver = end >= birthday(draft.birth_date, 16)
    served = is_leaver and birthday(draft.birth_date, 25) > settings.history_from
    return end >= settings.history_from or served


def _admit_all(settings: CouncilSettings) -> list[_Draft]:
    rng = settings.rng("admissions")
    drafts: list[_Draft] = []
    leaving: dict[bool, list[date]] = {True: [], False: []}
    month = settings.simulated_from
    while month <= settings.last_day:
        for is_uasc in (False, True):
            for _ in range(_number_to_admit(settings, rng, month, leaving[is_uasc], is_uasc)):
                draft_rng = settings.rng("child", len(drafts))
                start = _admission_day(draft_rng, month)
                if start <= settings.last_day:
                    draft = _Draft(draft_rng, _birth_date(draft_rng, start, is_uasc), is_uasc)
                    draft.plans.append(make_plan(draft_rng, draft.birth_date, start, is_uasc))
                    drafts.append(draft)
                    _admit(draft, leaving)
        drafts += _short_breaks(settings, month, len(drafts))
        month = add_months(month, 1)
    return drafts


def _admit(draft: _Draft, leaving: dict[bool, list[date]]) -> None:
    """Count the child in, and plan the return of some children who will go home."""
    plan = draft.plans[-1]
    heapq.heappush(leaving[draft.is_uasc], plan.end)
    may_return = plan.end_reason in RETURNING_REASONS and len(draft.plans) < 3
    if not may_return or draft.is_uasc or draft.rng.random() >= RETURNS_SHARE:
        return
    is_same_day = draft.rng.random() < RETURNS_SAME_DAY_SHARE
    back = plan.end if is_same_day else plan.end + days(draft.rng.triangular(15, 700, 120))
    if back < birthday(draft.birth_date, 17) and plan.end < birthday(draft.birth_date, 17):
        next_plan = make_plan(draft.rng, draft.birth_date, back, False)
        draft.plans.append(next_plan)
        heapq.heappush(leaving[False], next_plan.end)


def _bring_back(settings: CouncilSettings, drafts: list[_Draft]) -> None:
    """Let some who went home come back within the financial year; most leave again in it."""
    first = settings.history_from.year - (settings.history_from.month < 4)
    for year in range(first, settings.last_day.year + 1):
        until = min(date(year + 1, 3, 31), settings.last_day)
        rng = settings.rng("back within the year", year)
        fit = [draft for draft in drafts if _may_come_back(draft, date(year, 4, 1), until)]
        for draft in rng.sample(fit, min(len(fit), round(settings.scaled(BACK_WITHIN_A_YEAR)))):
            back = draft.plans[-1].end + days(rng.randint(7, 40))
            end = back + days(rng.randint(12, 45) if rng.random() < 0.7 else rng.randint(150, 400))
            draft.plans.append(Plan("home", back, end, "E4A"))


def _may_come_back(draft: _Draft, april: date, until: date) -> bool:
    """Whether a child went home early enough in a financial year to be back and gone in it."""
    last = draft.plans[-1]
    is_home = last.end_reason in RETURNING_REASONS and last.track != "short break"
    is_within = april <= last.start and last.end + days(BACK_AND_GONE_DAYS) <= until
    return is_home and is_within and not draft.is_uasc and until < birthday(draft.birth_date, 16)


def _number_to_admit(
    settings: CouncilSettings, rng: Random, month: date, leaving: list[date], is_uasc: bool
) -> int:
    """Return how many children to admit so that the number in care keeps near its aim."""
    while leaving and leaving[0] < month:
        heapq.heappop(leaving)
    uasc_aim = _uasc_aim(settings, month)
    aim = uasc_aim if is_uasc else settings.children - uasc_aim
    begun = (month.year - settings.simulated_from.year) * 12 + month.month
    aim *= min(1.0, 0.2 + begun / 70)
    a_month = aim * (0.75 if is_uasc else ADMISSIONS_A_YEAR) / 12
    expected = a_month * SEASON[month.month - 1] + (aim * 1.03 - len(leaving)) * 0.09
    expected *= rng.uniform(0.75, 1.25)
    return max(0, int(expected + rng.random()))


def _uasc_aim(settings: CouncilSettings, month: date) -> float:
    first, last = settings.month_ends[0], settings.last_day
    along = (month - first).days / max(1, (last - first).days)
    low, high = UASC_IN_CARE
    earlier = max(0.35, 1 - 0.1 * max(0, first.year - month.year))
    return settings.scaled(low * earlier + (high - low) * min(1.0, max(0.0, along)))


def _admission_day(rng: Random, month: date) -> date:
    day = month + days(rng.randint(0, 27))
    return day if is_working_day(day) or rng.random() < 0.2 else day + days(2)


def _birth_date(rng: Random, start: date, is_uasc: bool) -> date:
    if is_uasc:
        born = start - days(rng.triangular(15.2, 17.7, 16.6) * 365.25)
        return born.replace(month=1, day=1) if rng.random() < 0.35 and born.month < 4 else born
    group = pick(rng, AGE_GROUPS)
    if group == "0":
        return start - days(rng.triangular(0, 360, 2))
    low, _, high = group.partition("-")
    born = start - days(365.25 * rng.uniform(int(low), int(high) + 0.75))
    is_leap_day = born.month == 2 and born.day == 28 and born.year % 4 == 0
    return born + days(1) if is_leap_day else born


def _short_breaks(settings: CouncilSettings, month: date, number: int) -> list[_Draft]:
    """Add now and then a disabled child with a series of short breaks (V3, V4)."""
    rng = settings.rng("short breaks", month)
    if rng.random() >= settings.scaled(0.5):
        return []
    start = month + days(rng.randint(0, 20))
    draft = _Draft(rng, start - days(365.25 * rng.uniform(6, 15)), False)
    draft.plans.append(Plan("short break", start, start + days(rng.randint(200, 800)), "E8"))
    return [draft]


def _finish(draft: _Draft, person_id: str) -> Child:
    rng = draft.rng
    cares = [
        _care(rng, draft, plan, f"{person_id}{place:02d}")
        for place, plan in enumerate(_with_breaks(rng, draft.plans), start=1)
    ]
    shares = UASC_ETHNICITIES if draft.is_uasc else ETHNICITIES
    last = draft.plans[-1]
    return Child(
        person_id=person_id,
        sex="M" if rng.random() < (0.94 if draft.is_uasc else 0.54) else "F",
        ethnicity=pick(rng, shares),
        birth_date=draft.birth_date,
        death_date=last.end if last.end_reason == "E2" else None,
        need="N8" if draft.is_uasc else pick(rng, NEEDS),
        is_uasc=draft.is_uasc,
        cares=tuple(cares),
    )


def _with_breaks(rng: Random, plans: list[Plan]) -> list[Plan]:
    """Turn some short-break agreements (V4) into single breaks (V3), each on its own."""
    if plans[0].track != "short break" or rng.random() < 0.6:
        return plans
    start, end = plans[0].start, plans[0].end
    starts = [start + days(35 * number) for number in range((end - start).days // 35 + 1)]
    return [Plan("short break", day, day + days(rng.randint(2, 4)), "E4A") for day in starts]


def _care(rng: Random, draft: _Draft, plan: Plan, cla_id: str) -> Care:
    who = Person(draft.birth_date, draft.is_uasc)
    if plan.track == "short break":
        setting = choose_setting(rng, "K2", plan.start)
        code = "V3" if plan.end_reason == "E4A" else "V4"
        homes: tuple[Home, ...] = (as_home(setting, plan.start, plan.end, 1, None),)
        return Care(cla_id, plan, homes, (Order(code, plan.start, plan.end),))
    orders = make_orders(rng, plan, draft.birth_date, draft.is_uasc)
    homes = make_homes(rng, plan, who, orders)
    if plan.adoption is None:
        orders = with_moves(rng, orders, tuple(home.start for home in homes[1:]))
    care = Care(cla_id, plan, homes, orders)
    return _stays_past_18(rng, care, birthday(draft.birth_date, 18))


def _stays_past_18(rng: Random, care: Care, eighteen: date) -> Care:
    """Let a few voluntary stays in a children's home run on past 18, as they may (C8)."""
    is_allowed = care.orders[-1].code == "V2" and care.homes[-1].place == "K2"
    if care.end != eighteen or not is_allowed or rng.random() >= 0.8:
        return care
    end = care.end + days(rng.randint(60, 500))
    homes = (*care.homes[:-1], replace(care.homes[-1], end=end))
    orders = (*care.orders[:-1], replace(care.orders[-1], end=end))
    return replace(care, plan=replace(care.plan, end=end), homes=homes, orders=orders)
