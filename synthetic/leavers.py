"""Care leavers: the state the case system shows (current state only) and their pathway plans."""

from dataclasses import dataclass
from datetime import date
from random import Random

from synthetic.case_system import Told, Value, told
from synthetic.council import Council
from synthetic.days import add_months, birthday, days
from synthetic.lives import Child
from synthetic.recording import recorded
from synthetic.routes import pick
from synthetic.workforce import LEAVING_CARE_TEAM

NIGHTS_NEEDED = 91

HOMES_AT_18: dict[str, float] = {
    "U": 30,
    "D": 20,
    "E": 8,
    "Z": 15,
    "C": 12,
    "B": 8,
    "T": 3,
    "K": 2,
    "Y": 2,
    "V": 1,
}
UNSUITABLE: dict[str, float] = {"X": 55, "S": 14, "W": 10, "R": 14, "V": 7}
ACTIVITIES: dict[str, float] = {
    "F2": 27,
    "F4": 18,
    "F1": 9,
    "P4": 6,
    "P2": 5,
    "F5": 4,
    "P5": 1,
    "G5": 14,
    "G4": 9,
    "G6": 5,
    "": 3,
}


@dataclass(frozen=True)
class _Leaver:
    """A young person with a right to leaving-care support, and the dates that matter."""

    child: Child
    eligible_from: date
    care_end: date
    eighteen: date
    service_end: date


def add_care_leavers(council: Council) -> None:
    """Add every eligible child's and care leaver's row and pathway plans (C15)."""
    for child in council.children:
        leaver = _as_leaver(council, child)
        if leaver is not None and leaver.eligible_from <= council.settings.last_day:
            rng = council.settings.rng("leaver", child.person_id)
            plans = _add_pathway_plans(council, rng, leaver)
            _add_state(council, rng, leaver, plans)
        elif leaver is None:
            _add_qualifying(council, child)


def eligible_from(child: Child) -> date | None:
    """Return the day a child became eligible: 91 nights since 14, with one at 16 or over."""
    fourteen, sixteen = birthday(child.birth_date, 14), birthday(child.birth_date, 16)
    nights = 0
    for care in child.counted_cares:
        start = max(care.start, fourteen)
        if start >= care.end:
            continue
        enough = start + days(max(0, NIGHTS_NEEDED - nights))
        nights += (care.end - start).days
        if nights >= NIGHTS_NEEDED and care.end > sixteen:
            return max(enough, sixteen, start)
    return None


def _as_leaver(council: Council, child: Child) -> _Leaver | None:
    since = eligible_from(child)
    last = child.cares[-1]
    if since is None or last.plan.end_reason in ("E2", "E3", "E15", "E11", "E12"):
        return None
    rng = council.settings.rng("service", child.person_id)
    until = 21 if rng.random() < 0.66 else rng.choice((23, 24, 25, 25))
    service_end = birthday(child.birth_date, until) + days(rng.randint(0, 60))
    return _Leaver(child, since, last.end, birthday(child.birth_date, 18), service_end)


def _add_pathway_plans(council: Council, rng: Random, leaver: _Leaver) -> list[tuple[date, date]]:
    """Plan from 16 years and 3 months on, every five months or so; some are late."""
    settings = council.settings
    day = add_months(max(leaver.eligible_from, birthday(leaver.child.birth_date, 16)), 3)
    day += days(rng.triangular(-40, 90, 0))
    found: list[tuple[date, date]] = []
    known = council.known_from(leaver.child)
    while day < min(leaver.service_end, settings.last_day):
        if day > settings.history_from:
            typed = max(known, recorded(rng, "plan", day))
            kind = "Review" if found else "Initial"
            council.system.add("ext_pathway_plan", typed, leaver.child.person_id, day, kind)
            found.append((typed, day))
        day += days(rng.triangular(100, 245, 180) * (1.6 if rng.random() < 0.16 else 1))
    return found


def _changing(
    rng: Random, first: date, until: date, every: int, draw: dict[str, float]
) -> list[tuple[date, str]]:
    """Return a value that is drawn anew from time to time, with the days of the changes."""
    found, day = [], first
    while day < until:
        found.append((recorded(rng, "other", day), pick(rng, draw)))
        day += days(every * rng.uniform(0.4, 1.9))
    return found


def _accommodation(rng: Random, first: date, until: date, home_since: date) -> tuple[Told, Told]:
    """Return the accommodation letter and whether it is suitable ('1') or not ('2')."""
    letters: list[tuple[date, Value]] = []
    flags: list[tuple[date, Value]] = []
    for day, drawn in _changing(rng, first, until, 420, HOMES_AT_18):
        letter, flag = drawn, "1" if rng.random() < 0.992 else "2"
        if rng.random() < 0.05:
            letter, flag = pick(rng, UNSUITABLE), "2"
        if letter == "Z" and day < home_since:
            letter = "C"
        letters.append((day, letter))
        flags.append((day, flag))
    return told(*letters), told(*flags)


def _add_state(
    council: Council, rng: Random, leaver: _Leaver, plans: list[tuple[date, date]]
) -> None:
    opened = max(council.known_from(leaver.child), recorded(rng, "other", leaver.eligible_from))
    until = min(leaver.service_end, council.settings.last_day)
    left = max(opened, recorded(rng, "other", leaver.care_end))
    at_18 = max(left, leaver.eighteen)
    closed = recorded(rng, "other", leaver.service_end)
    steps = [(opened, "Eligible child"), (at_18, "Former relevant child")]
    if left < leaver.eighteen:
        steps.append((left, "Relevant child"))
    steps.append((max(closed, at_18), "No Current Eligibility"))
    letters, flags = _accommodation(rng, left, until, leaver.eighteen)
    activity = [(d, v or None) for d, v in _changing(rng, left, until, 300, ACTIVITIES)]
    touch = [(d, v) for d, v in _changing(rng, left, until, 260, {"YES": 94, "NO": 4, "REFU": 2})]
    touch.append((max(closed, at_18), "NREQ"))
    contacts, day = [], leaver.care_end + days(rng.randint(3, 30))
    while day < until:
        contacts.append((max(opened, recorded(rng, "visit", day)), day))
        day += days(rng.triangular(25, 110, 54))
    team = told((left, LEAVING_CARE_TEAM), (max(closed, at_18), None))
    row = (
        told(*steps),
        told(*touch),
        told(*contacts),
        letters,
        flags,
        told(*activity),
        told(*plans),
        team,
    )
    council.system.add_told("ssd_care_leavers", opened, leaver.child.person_id, *row)
    if rng.random() < 0.03:
        earlier = ("Eligible child", None, None, None, None, None, None, None)
        council.system.add("ssd_care_leavers", left, leaver.child.person_id, *earlier)


def _add_qualifying(council: Council, child: Child) -> None:
    """Some who left at 16 or 17 after a short stay have a row, too, and never count."""
    last = child.cares[-1]
    if last.is_short_break or last.end < birthday(child.birth_date, 16):
        return
    rng = council.settings.rng("qualifying", child.person_id)
    if last.plan.end_reason in ("E4A", "E13", "E8") and rng.random() < 0.5:
        contact = last.end + days(rng.randint(10, 60))
        typed = max(council.opened[last.cla_id], contact)
        state = ("Qualifying care leaver", "YES", contact, "B", "1", pick(rng, {"F2": 1, "G5": 1}))
        council.system.add("ssd_care_leavers", typed, child.person_id, *state, None, None)
