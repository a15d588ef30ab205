"""Adoption and other permanence: the case system's dates and the service's own tracker (DQ09)."""

from datetime import date
from random import Random

from synthetic.case_system import Told, Value, told
from synthetic.council import Council
from synthetic.days import add_months, days
from synthetic.lives import AdoptionPath, Care, Child
from synthetic.orders import later_orders
from synthetic.recording import recorded

TRACKER_MONTHS = 36
DATE_FORGOTTEN = 0.3
"""Share of adopting foster carers whose first day with the child is not typed in."""


def add_adoption(council: Council) -> None:
    """Add permanence records and tracker lines of every counted period of care."""
    for child in council.children:
        for care in child.counted_cares:
            rng = council.settings.rng("permanence", care.cla_id)
            if care.plan.adoption is not None:
                _add_path(council, rng, child, care, care.plan.adoption)
                _add_tracker_line(council, child, care.plan.adoption)
            elif care.end > council.settings.history_from:
                _add_other_permanence(council, rng, child, care)


def _step(
    council: Council, rng: Random, care: Care, day: date | None, *, forgotten: float = 0.0
) -> Told | None:
    """Return a date as typed in some time after it; a few are never typed in."""
    if day is None or rng.random() < forgotten:
        return None
    return told((council.not_before_opening(care, recorded(rng, "adoption", day)), day))


def _add_path(council: Council, rng: Random, child: Child, care: Care, path: AdoptionPath) -> None:
    if care.end <= council.settings.history_from:
        return
    decision = _step(council, rng, care, path.decision, forgotten=0.03)
    created = council.not_before_opening(care, recorded(rng, "adoption", path.decision))
    since = path.by_foster_carer_since
    is_early = since is not None and (since - care.start).days < 60
    placed, completed = path.recorded_placed, path.recorded_placed or path.order
    placed_typed = recorded(rng, "adoption", completed) if completed else date.max
    by_carer: Value | Told = told((placed_typed, "Y" if since else "N")) if placed else None
    if council.settings.rng("date with the carer", care.cla_id).random() < DATE_FORGOTTEN:
        since = None
    council.system.add_told(
        "ssd_permanence",
        created,
        f"{care.cla_id}81",
        child.person_id,
        care.cla_id,
        decision,
        _step(council, rng, care, path.placement_order, forgotten=0.06),
        _step(council, rng, care, path.match, forgotten=0.05),
        _step(council, rng, care, placed, forgotten=0.05),
        by_carer,
        told((placed_typed, since)) if since and not is_early else None,
        told((placed_typed, since)) if since and is_early else None,
        _step(council, rng, care, path.reversed_on),
        _step(council, rng, care, path.order),
        told((placed_typed, "Adoption")) if completed else None,
    )


def _add_other_permanence(council: Council, rng: Random, child: Child, care: Care) -> None:
    """Add the SGO or CAO that ended care, or one made later."""
    orders = later_orders(council.settings.rng("care rows later", care.cla_id), care.plan)
    for order in orders:
        if order.start == care.end and order.start <= council.settings.last_day:
            typed = council.not_before_opening(care, recorded(rng, "adoption", order.start))
            blank = (None,) * 8
            row = (f"{care.cla_id}82", child.person_id, care.cla_id, *blank)
            council.system.add("ssd_permanence", typed, *row, order.start, order.code)


def _add_tracker_line(council: Council, child: Child, path: AdoptionPath) -> None:
    """Add the adoption service's own line, kept up to date by hand within days."""
    settings = council.settings
    if path.reversed_on is not None or path.order is None:
        return
    if path.order < add_months(settings.history_from, 12 * settings.years - TRACKER_MONTHS):
        return
    if path.decision > settings.last_day:
        return
    steps = (path.decision, path.placement_order, path.match, path.placed, path.order)
    dated = [told((day + days(2), day)) if day else None for day in steps]
    moments = sorted(day + days(2) for day in steps if day)
    source = told(*((moment, moment) for moment in moments))
    council.system.add_told(
        "ext_adoption_tracker", path.decision + days(2), child.person_id, *dated, source
    )
