"""What other services know: school, youth justice, missing episodes, CP plans, immigration."""

from collections import defaultdict
from datetime import date
from random import Random

from synthetic.case_system import told
from synthetic.council import Council
from synthetic.days import add_months, add_working_days, age_on, birthday, days, terms
from synthetic.lives import Care, Child
from synthetic.recording import recorded
from synthetic.routes import pick

WITHOUT_PEP = 0.025
"""Share of periods of care for which no personal education plan was ever made."""

OFTEN_MISSING = 1.5
"""Teenagers a month who go missing four times or more in it, for 550 children."""


def add_education_and_risks(council: Council) -> None:
    """Add what other services know of every child."""
    settings = council.settings
    often = _often_missing(council)
    school_terms = terms(add_months(settings.history_from, -1), add_months(settings.last_day, 3))
    for child in council.children:
        _add_immigration(council, child)
        _add_ehcp(council, child)
        _add_yot(council, child)
        for care in child.counted_cares:
            if care.end > settings.history_from:
                _add_peps(council, child, care, school_terms)
                _add_missing(council, child, care, often.get(care.cla_id, []))
                _add_cp_plan(council, child, care)
                _add_pre_proceedings(council, child, care)


def _add_peps(
    council: Council, child: Child, care: Care, school_terms: list[tuple[date, date]]
) -> None:
    """Hold one meeting a term from the age of two, and the first within 20 working days."""
    settings = council.settings
    if settings.rng("without pep", care.cla_id).random() < WITHOUT_PEP:
        return
    rng = settings.rng("pep", care.cla_id)
    first_due = add_working_days(care.start, 20)
    meetings = [care.start + days(rng.randint(8, 27))] if first_due.month != 8 else []
    for start, end in school_terms:
        if first_due < end and start < care.end and rng.random() < 0.93:
            meetings.append(start + days(rng.triangular(8, (end - start).days, 45)))
    for day in meetings:
        is_held = care.start < day < min(care.end, settings.last_day)
        if is_held and day >= settings.history_from and age_on(child.birth_date, day) >= 2:
            done = day + days(rng.randint(1, 21))
            typed = council.not_before_opening(care, recorded(rng, "education", day))
            source = "ePEP" if day >= date(2022, 9, 1) else "Document"
            row = (child.person_id, day, told((max(typed, done), done)), source)
            council.system.add_told("ext_pep", typed, *row)


def _add_ehcp(council: Council, child: Child) -> None:
    rng = council.settings.rng("ehcp", child.person_id)
    if rng.random() >= 0.4 or child.is_uasc:
        return
    start = birthday(child.birth_date, rng.randint(4, 13)) + days(rng.randint(0, 360))
    if start > council.settings.last_day:
        return
    typed = max(council.known_from(child), recorded(rng, "other", start))
    end = min(start + days(rng.randint(900, 5000)), birthday(child.birth_date, 19))
    ceased = told((recorded(rng, "other", end), end))
    council.system.add_told("ext_ehcp", typed, child.person_id, start, ceased)


def _add_yot(council: Council, child: Child) -> None:
    rng = council.settings.rng("yot", child.person_id)
    if rng.random() >= 0.22:
        return
    start = birthday(child.birth_date, 13) + days(rng.randint(0, 1700))
    end = start + days(rng.triangular(60, 420, 180))
    if council.settings.history_from < start <= council.settings.last_day:
        typed = max(council.known_from(child), recorded(rng, "other", start))
        kind = pick(rng, {"Referral order": 5, "Youth rehabilitation order": 3, "Prevention": 2})
        ended = told((max(typed, recorded(rng, "other", end)), end))
        council.system.add_told("ext_yot", typed, child.person_id, start, ended, kind)


def _often_missing(council: Council) -> dict[str, list[date]]:
    """Choose the months in which somebody is missing again and again, by cla id."""
    settings = council.settings
    teenagers = [
        (max(care.start, birthday(child.birth_date, 13)), care)
        for child in council.children
        for care in child.counted_cares
        if care.end > settings.history_from
    ]
    found: dict[str, list[date]] = defaultdict(list)
    month = settings.history_from
    while month < settings.last_day:
        rng, after = settings.rng("often missing", month), add_months(month, 1)
        fit = [care for since, care in teenagers if since <= month and after < care.end]
        number = int(settings.scaled(OFTEN_MISSING) + rng.random())
        for care in rng.sample(fit, min(number, len(fit))):
            found[care.cla_id].append(month)
        month = after
    return found


def _add_missing(council: Council, child: Child, care: Care, often_in: list[date]) -> None:
    """Let a few teenagers go missing, some of them many times."""
    settings = council.settings
    rng = settings.rng("missing", care.cla_id)
    often = rng.choices((0.0, 0.8, 4.0, 16.0), weights=(72, 17, 7, 4))[0]
    day = max(care.start, birthday(child.birth_date, 12), settings.history_from)
    number = 0
    while often:
        day += days(1 + 365 * rng.expovariate(often))
        if day >= min(care.end, settings.last_day):
            break
        number += 1
        _add_missing_episode(council, rng, child, care, number, day)
    for month in often_in:
        rng = settings.rng("missing often", care.cla_id, month)
        for day_of_month in sorted(rng.sample(range(0, 26, 2), rng.randint(5, 7))):
            number += 1
            _add_missing_episode(council, rng, child, care, number, month + days(day_of_month))


def _add_missing_episode(
    council: Council, rng: Random, child: Child, care: Care, number: int, day: date
) -> None:
    back = day + days(rng.choices((0, 1, 2, 5, 20), weights=(30, 45, 15, 8, 2))[0])
    typed = council.not_before_opening(care, day + days(rng.choice((0, 0, 1, 3))))
    offered = pick(rng, {"Y": 86, "N": 8, "NA": 6})
    accepted = pick(rng, {"Y": 55, "N": 45}) if offered == "Y" else None
    closed = max(typed, back + days(rng.randint(0, 6)))
    council.system.add_told(
        "ssd_missing",
        typed,
        f"{care.cla_id}4{number:02d}",
        child.person_id,
        day,
        told((closed, back)),
        pick(rng, {"M": 84, "A": 16}),
        told((closed, offered)),
        told((closed + days(rng.randint(1, 9)), accepted)),
    )


def _add_cp_plan(council: Council, child: Child, care: Care) -> None:
    """Some children come into care on a child protection plan, which ends soon after."""
    rng = council.settings.rng("cp", care.cla_id)
    if child.is_uasc or rng.random() >= 0.45:
        return
    start = max(child.birth_date, care.start - days(rng.randint(20, 500)))
    end = care.start + days(rng.triangular(-20, 150, 60))
    if end <= start:
        return
    typed = max(council.known_from(child), recorded(rng, "other", start))
    ended = told((max(typed, recorded(rng, "other", end)), end))
    row = (f"{care.cla_id}51", child.person_id, start, ended, pick(rng, {"N": 95, "Y": 5}))
    council.system.add_told("ssd_cp_plans", typed, *row)


def _add_pre_proceedings(council: Council, child: Child, care: Care) -> None:
    first = next((order for order in care.orders if order.code == "C1"), None)
    if first is None or first.start < council.settings.history_from:
        return
    rng = council.settings.rng("court", care.cla_id)
    letter = first.start - days(rng.randint(0, 25))
    typed = council.not_before_opening(care, recorded(rng, "other", letter))
    reference = f"ZZ{letter.year % 100}C{10000 + int(child.person_id) // rng.choice((1, 1, 2)):05d}"
    row = (f"{care.cla_id}61", child.person_id, reference, letter)
    council.system.add("ssd_pre_proceedings", typed, *row)


def _add_immigration(council: Council, child: Child) -> None:
    """The status of an unaccompanied child ends at 18; a few are never closed (DQ35)."""
    if not child.is_uasc:
        return
    rng = council.settings.rng("immigration", child.person_id)
    start = child.cares[0].start
    eighteen = birthday(child.birth_date, 18)
    typed = council.known_from(child)
    closed = recorded(rng, "other", eighteen)
    end = told((max(typed, closed), eighteen)) if rng.random() < 0.93 else None
    row = (f"{child.person_id}71", child.person_id, "UASC", start, end)
    council.system.add_told("ssd_immigration_status", typed, *row)
    if child.cares[-1].plan.end_reason == "E15":
        return
    granted = start + days(_decision_days(rng))
    if granted <= council.settings.last_day:
        later = (f"{child.person_id}72", child.person_id, "Refugee", granted, None)
        council.system.add("ssd_immigration_status", max(typed, granted), *later)


def _decision_days(rng: Random) -> float:
    return rng.triangular(250, 1100, 500)
