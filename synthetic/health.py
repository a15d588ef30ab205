"""Health assessments, dental checks and strengths and difficulties questionnaires (SDQ)."""

from datetime import date
from random import Random

from synthetic.council import Council
from synthetic.days import add_months, add_working_days, age_on, days
from synthetic.lives import Care, Child
from synthetic.recording import recorded
from synthetic.routes import pick

BACKLOG_MONTHS = (10, 4)
"""Dental checks of these months (counted back from the last) were recorded late (DQ04) ..."""

CATCH_UP_MONTHS = 2
"""... all at once, so many months before the last extract."""


def add_health(council: Council) -> None:
    """Add the health records of every counted period of care."""
    for child in council.children:
        for care in child.counted_cares:
            if care.end > council.settings.history_from:
                _add_assessments(council, child, care)
                _add_dental_checks(council, child, care)
                _add_sdq(council, child, care)


def _add_assessments(council: Council, child: Child, care: Care) -> None:
    rng = council.settings.rng("health", care.cla_id)
    due = add_working_days(care.start, 20)
    in_time = rng.random() < 0.66
    day = due - days(rng.randint(0, 12)) if in_time else due + days(rng.triangular(2, 90, 12))
    number = 1
    while day < min(care.end, council.settings.last_day):
        if day > care.start:
            _add_check(council, rng, child, care, f"{care.cla_id}1{number:02d}", day)
        months = 6 if age_on(child.birth_date, day) < 5 else 12
        late = rng.triangular(5, 190, 45) if rng.random() < 0.38 else rng.triangular(-50, 3, -12)
        day, number = add_months(day, months) + days(late), number + 1


def _add_check(
    council: Council, rng: Random, child: Child, care: Care, check_id: str, day: date
) -> None:
    """Add a completed assessment and, now and then, one that was refused or planned before it."""
    typed = council.not_before_opening(care, recorded(rng, "health", day))
    if day >= council.settings.history_from:
        row = (check_id, child.person_id, "Health Assessment", day, "Completed")
        council.system.add("ssd_cla_health", typed, *row)
        if rng.random() < 0.05:
            missed = max(care.start, day - days(rng.randint(7, 40)))
            status = pick(rng, {"Refused": 5, "Cancelled": 3, "Planned": 4})
            other = (f"{check_id}9", child.person_id, "Health Assessment", missed, status)
            council.system.add("ssd_cla_health", typed, *other)


def _add_dental_checks(council: Council, child: Child, care: Care) -> None:
    settings = council.settings
    rng = settings.rng("dental", care.cla_id)
    first_of_last = settings.last_day.replace(day=1)
    backlog = [add_months(first_of_last, -back) for back in BACKLOG_MONTHS]
    catch_up = add_months(first_of_last, -CATCH_UP_MONTHS)
    seldom = rng.random() < 0.3
    day, number = care.start + days(rng.triangular(15, 240, 70)), 1
    while day < min(care.end, settings.last_day):
        if day >= settings.history_from and age_on(child.birth_date, day) >= 1:
            typed = council.not_before_opening(care, recorded(rng, "health", day))
            if backlog[0] <= day < backlog[1] and rng.random() < 0.5:
                typed = max(typed, catch_up + days(rng.randint(0, 27)))
            check_id = f"{care.cla_id}2{number:02d}"
            row = (check_id, child.person_id, "Dental Check", day, "Completed")
            council.system.add("ssd_cla_health", typed, *row)
        gap = rng.triangular(330, 640, 460) if seldom else rng.triangular(150, 385, 290)
        day, number = day + days(gap), number + 1


def _add_sdq(council: Council, child: Child, care: Care) -> None:
    rng = council.settings.rng("sdq", care.cla_id)
    day, number = care.start + days(rng.randint(60, 330)), 1
    while day < min(care.end, council.settings.last_day):
        is_asked = day >= council.settings.history_from
        if is_asked and 3 <= age_on(child.birth_date, day) <= 16:
            typed = council.not_before_opening(care, recorded(rng, "education", day))
            has_score = rng.random() < 0.68
            score = int(rng.triangular(0, 40, 13)) if has_score else None
            reason = None if has_score else pick(rng, {"SDQ2": 3, "SDQ3": 3, "SDQ4": 2, "SDQ5": 1})
            row = (f"{care.cla_id}3{number:02d}", child.person_id, day, score, reason)
            council.system.add("ssd_sdq_scores", typed, *row)
        day, number = day + days(rng.triangular(300, 440, 365)), number + 1
