"""Visits, reviews, the reviewing officers' activity, and care plans."""

from datetime import date
from random import Random

from synthetic.case_system import told
from synthetic.council import Council
from synthetic.days import (
    add_months,
    add_working_days,
    age_on,
    days,
    working_day_on_or_before,
)
from synthetic.iro import iro_visits
from synthetic.lives import Care, Child, Home
from synthetic.recording import recorded
from synthetic.routes import pick, pick_number

PARTICIPATION = {"PN1": 37, "PN2": 8, "PN3": 5, "PN4": 7, "PN5": 14, "PN6": 20, "PN7": 8, "": 1}
SETTLED_PLACES = ("U1", "U4", "A3", "A4", "A5", "A6")


def add_contacts(council: Council) -> None:
    """Add the visits, reviews and plans of every counted period of care."""
    for child in council.children:
        for care in child.counted_cares:
            if care.end > council.settings.history_from:
                _add_visits(council, child, care)
                _add_reviews(council, child, care)
                _add_care_plans(council, child, care)


def _add_visits(council: Council, child: Child, care: Care) -> None:
    rng = council.settings.rng("visits", care.cla_id)
    slowness = rng.choice((0.9, 0.95, 1.0, 1.0, 1.0, 1.05))
    number = 0
    for start, end, homes in care.carer_spells():
        day = start + days(pick_number(rng, {1: 20, 3: 30, 5: 30, 7: 18, 9: 2}))
        last_day = min(end, council.settings.last_day)
        while day < last_day:
            number += 1
            if day >= council.settings.history_from:
                _add_visit(council, rng, child, care, f"{care.cla_id}{number:03d}", day)
            day = _next_visit(rng, day, start, homes, slowness)


def _next_visit(
    rng: Random, day: date, start: date, homes: tuple[Home, ...], slowness: float
) -> date:
    """Four-weekly until matched, then six-weekly to a year and twelve-weekly after it (C20)."""
    is_settled = any(home.place in SETTLED_PLACES and home.start <= day for home in homes)
    if day >= add_months(start, 12) and (is_settled or rng.random() < 0.25):
        gap = rng.triangular(55, 83, 74)
    elif is_settled:
        gap = rng.triangular(30, 41, 37)
    else:
        gap = rng.triangular(20, 31, 26)
    if rng.random() < 0.022:
        gap *= rng.uniform(1.3, 2.0)
    return working_day_on_or_before(day + days(max(gap * slowness, 5)))


def _add_visit(
    council: Council, rng: Random, child: Child, care: Care, visit_id: str, day: date
) -> None:
    typed = council.not_before_opening(care, recorded(rng, "visit", day))
    seen = pick(rng, {"Y": 970, "N": 25, "": 5}) or None
    alone = pick(rng, {"Y": 70, "N": 30}) if seen == "Y" else None
    row = (visit_id, care.cla_id, child.person_id)
    if rng.random() < 0.004:
        wrong = day - days(rng.choice((7, 10, 30)))
        wrong = max(wrong, care.start)
        held = told((typed, wrong), (typed + days(rng.randint(24, 50)), day))
        council.system.add_told("ssd_cla_visits", typed, *row, held, seen, alone)
    else:
        council.system.add("ssd_cla_visits", typed, *row, day, seen, alone)


def _add_reviews(council: Council, child: Child, care: Care) -> None:
    """Hold reviews by the rule of C21; every review row exists from the one before it on."""
    rng = council.settings.rng("reviews", care.cla_id)
    planned_on, number = council.opened[care.cla_id], 1
    due = add_working_days(care.start, 20)
    contacts = iro_visits(council.settings, care)
    while True:
        early = rng.triangular(0, 12 if number == 1 else 35, 4 if number == 1 else 9)
        day = working_day_on_or_before(due - days(early))
        if rng.random() < 0.055:
            day = working_day_on_or_before(due + days(rng.randint(4, 45)))
        if day <= care.start:
            day = due
        is_held = day < care.end and day <= council.settings.last_day
        typed = max(recorded(rng, "review", day), planned_on)
        if day >= council.settings.history_from:
            review_id = f"{care.cla_id}{number:02d}"
            _add_review(council, rng, child, care, (review_id, due, day, planned_on, typed))
            if is_held:
                seen = [(v.day, v.mode, v.recorded_on) for v in contacts if v.day <= day]
                contacts = [visit for visit in contacts if visit.day > day]
                _add_iro_activity(council, rng, child, care, review_id, day, typed, seen)
        if not is_held:
            return
        due = add_months(day, 3 if number == 1 else 6)
        planned_on, number = typed, number + 1


def _add_review(
    council: Council,
    rng: Random,
    child: Child,
    care: Care,
    review: tuple[str, date, date, date, date],
) -> None:
    review_id, due, day, planned_on, typed = review
    if not (day < care.end):
        return
    takes_part = pick(rng, PARTICIPATION) or None
    if age_on(child.birth_date, day) < 4:
        takes_part = "PN0"
    shown_due = due if rng.random() < 0.96 else due + days(rng.randint(5, 20))
    held = told((typed, day))
    if rng.random() < 0.006:
        later = typed + days(rng.randint(24, 50))
        wrong = max(care.start, day - days(rng.choice((1, 2, 20))))
        held = told((typed, wrong), (later, day))
    council.system.add_told(
        "ssd_cla_reviews",
        planned_on,
        review_id,
        care.cla_id,
        shown_due,
        held,
        "N",
        told((typed, takes_part)),
    )
    if rng.random() < 0.03:
        put_off = working_day_on_or_before(day - days(rng.randint(5, 15)))
        if care.start < put_off and planned_on <= put_off:
            row = (f"{review_id}8", care.cla_id, shown_due, put_off, "Y", None)
            council.system.add("ssd_cla_reviews", typed, *row)


def _add_iro_activity(
    council: Council,
    rng: Random,
    child: Child,
    care: Care,
    review_id: str,
    day: date,
    typed: date,
    seen: list[tuple[date, str, date]],
) -> None:
    """Add what the reviewing officer did around one review."""
    done = day + days(pick_number(rng, {0: 40, 1: 45, 3: 15}))
    sent = add_working_days(day, pick_number(rng, {3: 50, 5: 30, 8: 20}))
    minutes = add_working_days(day, pick_number(rng, {10: 35, 14: 30, 19: 20, 25: 15}))
    report = day + days(pick_number(rng, {-7: 30, -3: 25, 0: 25, 2: 20}))
    midway = day + days(rng.triangular(70, 125, 92))
    form = day + days(rng.randint(0, 12))
    has_midway = rng.random() < 0.68 and midway < care.end
    stage = pick(rng, {"": 935, "Informal": 50, "Formal": 15}) or None
    theme = pick(rng, {"Drift in plan": 12, "Statutory duties": 5, "Health": 3})
    visit = seen[-1] if seen else (None, None, typed)
    system = council.system
    system.add_told(
        "ext_iro_activity",
        typed,
        review_id,
        child.person_id,
        council.iro_of(care, day),
        report if rng.random() < 0.93 else None,
        told((max(typed, done), done)),
        told((max(typed, sent), sent)),
        told((max(typed, minutes), minutes)),
        told((max(typed, midway), midway)) if has_midway else None,
        told((max(typed, form), form)) if rng.random() < 0.85 else None,
        told((max(typed, form), pick(rng, {"Good": 55, "Outstanding": 10, "Requires": 35}))),
        told((max(typed, form), _lifestory(rng, child, day))),
        told((max(typed, visit[2]), visit[0])),
        told((max(typed, visit[2]), visit[1])),
        day if stage else None,
        stage,
        theme if stage else None,
        f"X{review_id}" if stage else None,
    )


def _lifestory(rng: Random, child: Child, day: date) -> str:
    if age_on(child.birth_date, day) >= 17:
        return "Not applicable"
    return pick(rng, {"Complete": 32, "Started": 30, "Not started": 30, "Not applicable": 8})


def _add_care_plans(council: Council, child: Child, care: Care) -> None:
    """Write a plan within ten working days and a new one every five months or so."""
    rng = council.settings.rng("care plans", care.cla_id)
    day, number = add_working_days(care.start, rng.randint(4, 13)), 1
    until = min(care.end, council.settings.last_day)
    sixteen = add_months(child.birth_date, 12 * 16 + rng.randint(1, 5))
    while day < until:
        after = day + days(rng.triangular(100, 188, 160) * (1.5 if rng.random() < 0.04 else 1))
        end = min(after, care.end)
        if end > council.settings.history_from:
            typed = council.not_before_opening(care, recorded(rng, "plan", day))
            closed = max(typed, recorded(rng, "plan", end))
            council.system.add_told(
                "ssd_cla_care_plan",
                typed,
                f"{care.cla_id}{number:02d}",
                child.person_id,
                day,
                told((closed, end)),
            )
        day, number = after, number + 1
        if day > sixteen and rng.random() < 0.8:
            return
