"""Rows of episodes, placements and legal status: what the case system said of a period of care.

A new episode starts whenever the home or the legal status changes (C9). Each such boundary has a
true date, a day on which it was recorded and sometimes a wrong date that is corrected later; the
rows on both sides of it share all three, so the chain stays whole in every extract.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random

from synthetic.case_system import CaseSystem, Told, told
from synthetic.council import Council
from synthetic.days import birthday, days
from synthetic.iro import iro_visits
from synthetic.lives import Care, Child, Home, Order
from synthetic.oddities import UNMAPPED_PLACE, Oddities
from synthetic.orders import later_orders
from synthetic.recording import recorded
from synthetic.settings import CouncilSettings

PRECEDENCE = ("E1", "C2", "C1", "L1", "L2", "L3", "J1", "J2", "J3", "V2", "V3", "V4")
"""Which of two orders at once is the episode's legal status (ruling B15)."""

DESCRIPTIONS = {
    "C2": "Full care order",
    "C1": "Interim care order",
    "E1": "Placement order",
    "V2": "Accommodated under section 20",
    "SGO": "Special guardianship order",
    "CAO": "Child arrangements order",
}

MISTYPED_PLACE = {"U6": "U4", "U4": "U6", "K2": "K1", "K3": "K2", "U3": "U6"}


@dataclass(frozen=True)
class Boundary:
    """A change of home or legal status (or the end of care), as recorded."""

    day: date
    recorded_on: date
    held: Told


def legal_code(care: Care, day: date) -> str:
    """Return the legal status of an episode that starts on a day (ruling B15)."""
    codes = {order.code for order in care.orders_on(day)}
    return next(code for code in PRECEDENCE if code in codes)


def _change_days(care: Care) -> list[date]:
    """Return the days on which an episode starts."""
    candidates = {home.start for home in care.homes}
    candidates.update(order.start for order in care.orders)
    candidates.update(order.end for order in care.orders if order.end < care.end)
    found: list[date] = []
    for day in sorted(candidates):
        is_new = not found or care.home_on(day) != care.home_on(found[-1])
        if is_new or legal_code(care, day) != legal_code(care, found[-1]):
            found.append(day)
    return found


def _boundaries(rng: Random, child: Child, care: Care) -> list[Boundary]:
    """Return the boundaries with the dates on which they were recorded, in order."""
    changes = [*_change_days(care), care.end]
    found: list[Boundary] = []
    for place, day in enumerate(changes):
        is_end = place == len(changes) - 1
        kind = "admission" if place == 0 else "move"
        if is_end:
            kind = "end at 18" if day == birthday(child.birth_date, 18) else "end"
        typed = recorded(rng, kind, day)
        if found:
            typed = max(typed, found[-1].recorded_on)
        room = min(
            (day - changes[place - 1]).days if place else 9,
            (changes[place + 1] - day).days if not is_end else 9,
        )
        held = told((typed, day))
        if room > 8 and rng.random() < 0.016:
            shift = rng.randint(-3, -1) if place else rng.randint(1, 3)
            typed = max(typed, day + days(max(shift, 0)))
            held = told((typed, day + days(shift)), (typed + days(rng.randint(24, 62)), day))
        found.append(Boundary(day, typed, held))
    return found


def _reason_for_episode(care: Care, day: date, before: date | None) -> str:
    """Return RNE: S start, L legal status only, P or T home only, B or U both (C9)."""
    if before is None:
        return "S"
    was, is_now = care.home_on(before), care.home_on(day)
    is_legal = legal_code(care, before) != legal_code(care, day)
    if was == is_now:
        return "L"
    is_same_carer = was.carer == is_now.carer and not (was.is_temporary or is_now.is_temporary)
    if is_same_carer:
        return "U" if is_legal else "T"
    return "B" if is_legal else "P"


def add_care_rows(council: Council, child: Child, odd: Oddities) -> None:
    """Add the rows of every period of care of a child, and of the orders that follow them."""
    system, settings = council.system, council.settings
    rng = settings.rng("care rows", child.person_id)
    for care in child.cares:
        marks = _boundaries(rng, child, care)
        council.opened[care.cla_id] = marks[0].recorded_on
        _add_episodes(rng, system, settings, child, care, marks)
        _add_placements(rng, system, child, care, marks, odd)
        if care.cla_id not in odd.without_legal_status:
            _add_legal_status(rng, system, child, care, marks)
        _add_discharge_task(rng, system, child, care, marks[-1])
        if care.cla_id in odd.with_zero_length_row:
            _add_zero_length_row(system, child, care, marks)
        for number, order in enumerate(later_orders(rng, care.plan)):
            order_id = f"{care.cla_id}9{number}"
            typed = max(recorded(rng, "other", order.start), marks[-1].recorded_on)
            if order.start <= settings.last_day:
                text = _legal_text(rng, order)
                row = (order_id, child.person_id, text, order.start, None)
                system.add("ssd_legal_status", typed, *row)


def _add_episodes(
    rng: Random,
    system: CaseSystem,
    settings: CouncilSettings,
    child: Child,
    care: Care,
    marks: list[Boundary],
) -> None:
    contacts = iro_visits(settings, care)
    for place, (mark, after) in enumerate(pairwise(marks)):
        before = marks[place - 1].day if place else None
        is_last = place == len(marks) - 2
        reason: Told = told((after.recorded_on, "X1"))
        if is_last:
            reason = _end_reason(rng, care, after)
        home_number = care.homes.index(care.home_on(mark.day)) + 1
        seen = [(v.recorded_on, v.day) for v in contacts if mark.day <= v.day < after.day]
        system.add_told(
            "ssd_cla_episodes",
            mark.recorded_on,
            f"{care.cla_id}{place + 1:03d}",
            child.person_id,
            f"{care.cla_id}{home_number:02d}",
            care.cla_id,
            mark.held,
            _reason_for_episode(care, mark.day, before),
            child.need,
            after.held,
            reason,
            marks[0].held,
            told(*seen),
        )


def _end_reason(rng: Random, care: Care, end: Boundary) -> Told:
    reason = care.plan.end_reason
    if rng.random() < 0.05 and reason != "E8":
        corrected = end.recorded_on + days(rng.randint(20, 60))
        return told((end.recorded_on, "E8"), (corrected, reason))
    return told((end.recorded_on, reason))


def _mark_of(marks: list[Boundary], day: date) -> Boundary:
    return next(mark for mark in marks if mark.day == day)


def _add_placements(
    rng: Random,
    system: CaseSystem,
    child: Child,
    care: Care,
    marks: list[Boundary],
    odd: Oddities,
) -> None:
    for number, home in enumerate(care.homes, start=1):
        start, end = _mark_of(marks, home.start), _mark_of(marks, home.end)
        place: str | Told = home.place
        if number == len(care.homes) and care.cla_id in odd.with_unmapped_place:
            corrected = start.recorded_on + days(40)
            place = told((start.recorded_on, UNMAPPED_PLACE), (corrected, home.place))
        elif home.place in MISTYPED_PLACE and rng.random() < 0.012:
            corrected = start.recorded_on + days(rng.randint(24, 62))
            wrong = MISTYPED_PLACE[home.place]
            place = told((start.recorded_on, wrong), (corrected, home.place))
        system.add_told(
            "ssd_cla_placement",
            start.recorded_on,
            f"{care.cla_id}{number:02d}",
            care.cla_id,
            child.person_id,
            start.held,
            end.held,
            place,
            home.provider,
            home.urn,
            _distance(rng, home, start.recorded_on),
            told((end.recorded_on, home.change_reason)),
            home.postcode,
        )


def _distance(rng: Random, home: Home, typed: date) -> Told | float | None:
    if home.distance == 999.9 or rng.random() > 0.08:
        return home.distance
    return told((typed, 999.9), (typed + days(rng.randint(15, 70)), home.distance))


def _legal_text(rng: Random, order: Order) -> str:
    """Return the code or, for some rows, the words one vendor writes."""
    text = DESCRIPTIONS.get(order.code, order.code)
    return text if rng.random() < 0.2 else order.code


def _add_legal_status(
    rng: Random, system: CaseSystem, child: Child, care: Care, marks: list[Boundary]
) -> None:
    for number, order in enumerate(care.orders, start=1):
        start, end = _mark_of(marks, order.start), _mark_of(marks, order.end)
        system.add_told(
            "ssd_legal_status",
            start.recorded_on,
            f"{care.cla_id}{number:02d}",
            child.person_id,
            _legal_text(rng, order),
            start.held,
            end.held,
        )


def _add_discharge_task(
    rng: Random, system: CaseSystem, child: Child, care: Care, end: Boundary
) -> None:
    """Add the workflow step that closes a child's care (DQ02)."""
    if care.is_short_break or rng.random() < 0.1:
        return
    started = max(care.start, end.day - days(rng.randint(0, 6)))
    done = told((end.recorded_on, end.recorded_on))
    system.add_told("ext_workflow", started, child.person_id, "Discharge from care", started, done)


def _add_zero_length_row(
    system: CaseSystem, child: Child, care: Care, marks: list[Boundary]
) -> None:
    """Add an episode that ends on the day it starts, at the child's last change of home."""
    mark = _mark_of(marks, care.homes[-1].start)
    system.add_told(
        "ssd_cla_episodes",
        mark.recorded_on,
        f"{care.cla_id}900",
        child.person_id,
        f"{care.cla_id}{len(care.homes) - 1:02d}",
        care.cla_id,
        mark.held,
        "P",
        child.need,
        mark.held,
        "X1",
        marks[0].held,
        None,
    )
