"""The fostering service: households, who is placed with whom, visits and reviews."""

from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from synthetic.case_system import told
from synthetic.council import Council
from synthetic.days import add_months, days
from synthetic.recording import recorded
from synthetic.routes import pick, pick_number
from synthetic.settings import CouncilSettings

MAINSTREAM_HOUSEHOLDS = 122
MEAN_YEARS_FOSTERING = 7.0
END_ROUTES = {"Resignation": 78, "Panel": 12, "Resignation before termination": 6, "Transfer": 4}
END_REASONS = {
    "Retired \u2013 age": 22,
    "Carer\u2019s health": 18,
    "Family circumstances": 24,
    "Moved to an agency": 10,
    "Standards of care": 8,
    "Adopted or SGO": 18,
}

CHANGED = "Change of category"
COME_BACK = 9
CHANGE_CATEGORY = 9
"""Households in the history that are approved again, or in another category, for 550 children."""


@dataclass
class Household:
    """A foster household and its dates; None where it never happens."""

    household_id: str
    carer_type: str
    first_approval: date | None
    places: int
    carer_birth_date: date
    end: date | None
    reg24_start: date | None = None
    reg24_end: date | None = None
    hold: tuple[date, date] | None = None
    stays: list[tuple[date, date]] = field(default_factory=list)
    approved_again: date | None = None
    changed: date | None = None
    """The day on which one category ended and the next began."""

    @property
    def change_typed(self) -> date:
        """When that was typed in: one entry ends the one and begins the other."""
        return (self.changed or date.max) + days(3)

    @property
    def opened(self) -> date:
        """The first day of this approval on which children may live there."""
        if self.approved_again is not None:
            return self.approved_again
        days_known = [day for day in (self.first_approval, self.reg24_start) if day is not None]
        return min(days_known)

    @property
    def approval(self) -> date | None:
        """The day of this approval; None while there is only a temporary one."""
        return self.approved_again or self.first_approval

    @property
    def purpose(self) -> tuple[str, ...]:
        """What the random numbers of this approval are for."""
        again = () if self.approved_again is None else ("again",)
        return (self.household_id, *again)

    def has_room(self, start: date, end: date) -> bool:
        """Return whether the household can take a child for the whole stay."""
        if self.opened > start or (self.end is not None and self.end < end):
            return False
        return sum(s < end and start < e for s, e in self.stays) < self.places


def add_fostering(council: Council) -> list[Household]:
    """Add the households with their visits and reviews, and who lives with whom."""
    households = _mainstream(council.settings) + _other_types(council.settings)
    _place_children(council, households)
    households.sort(key=lambda household: (household.opened, household.household_id))
    again = _approved_again(council.settings, households)
    for household in [*households, *again]:
        _add_household(council, household)
        if household.carer_type in ("Mainstream", "Family and friends"):
            _add_visits(council, household)
            _add_reviews(council, household)
    return households


def _mainstream(settings: CouncilSettings) -> list[Household]:
    rng = settings.rng("households")
    households: list[Household] = []
    a_month = settings.scaled(MAINSTREAM_HOUSEHOLDS) / MEAN_YEARS_FOSTERING / 12
    month, owed = add_months(settings.history_from, -12 * 16), 1.0
    while month < settings.last_day:
        # Fewer carers have come forward in the last years, as everywhere.
        owed += a_month * (0.8 if month > add_months(settings.last_day, -36) else 1.08)
        while owed >= 1:
            owed -= 1
            approved = month + days(rng.randint(0, 27))
            number = len(households) + 1
            households.append(_household(rng, f"H{number:04d}", "Mainstream", approved))
        month = add_months(month, 1)
    return [h for h in households if h.end is None or h.end > settings.history_from]


def _household(rng: Random, household_id: str, carer_type: str, approved: date) -> Household:
    years = rng.expovariate(1 / MEAN_YEARS_FOSTERING)
    end = approved + days(120 + 365 * years)
    household = Household(
        household_id=household_id,
        carer_type=carer_type,
        first_approval=approved,
        places=pick_number(rng, {1: 40, 2: 42, 3: 18}),
        carer_birth_date=approved - days(365.25 * rng.triangular(25, 66, 45)),
        end=end,
    )
    if rng.random() < 0.45:
        start = approved + days(rng.randint(60, 60 + int(365 * years)))
        household.hold = (start, start + days(rng.randint(60, 420)))
    return household


def _other_types(settings: CouncilSettings) -> list[Household]:
    """Return agency carers and supported lodgings, which are kept but never counted."""
    rng = settings.rng("other households")
    found = []
    for carer_type, number in (("IFA", 9), ("Supported lodgings", 6)):
        for position in range(round(settings.scaled(number))):
            approved = settings.last_day - days(rng.randint(60, 3000))
            prefix = carer_type[0]
            household = _household(rng, f"{prefix}{position + 1:04d}", carer_type, approved)
            found.append(household)
    return found


def _place_children(council: Council, households: list[Household]) -> None:
    """Find a household for every stay with the council's own carers, oldest stay first."""
    stays = []
    for child in council.children:
        for care in child.counted_cares:
            for start, end, homes in care.carer_spells():
                is_own = homes[0].provider == "PR1" and homes[0].place.startswith("U")
                if is_own and end > council.settings.history_from:
                    stays.append((start, end, care, homes))
    stays.sort(key=lambda stay: (stay[0], stay[2].cla_id))
    rng = council.settings.rng("matching")
    mainstream = [h for h in households if h.carer_type == "Mainstream"]
    kin: list[Household] = []
    for start, end, care, homes in stays:
        if start > council.settings.last_day:
            continue
        is_kin = homes[0].place in ("U1", "U2", "U3")
        if is_kin:
            household = _kin_household(rng, kin, start, end)
        else:
            household = _free_household(rng, mainstream, start, end)
        household.stays.append((start, end))
        for number, home in enumerate(care.homes, start=1):
            if home in homes:
                typed = council.not_before_opening(care, recorded(rng, "move", home.start))
                placement_id = f"{care.cla_id}{number:02d}"
                row = (placement_id, household.household_id)
                council.system.add("ext_foster_placement", typed, *row)
    households += kin


def _free_household(rng: Random, mainstream: list[Household], start: date, end: date) -> Household:
    free = [h for h in mainstream if h.has_room(start, end)]
    if free:
        return rng.choice(free)
    open_then = [h for h in mainstream if h.opened <= start]
    household = max(open_then or mainstream, key=lambda h: h.end or date.max)
    household.places = max(household.places, 3)
    household.end = max(household.end or end, end + days(60))
    return household


def _kin_household(rng: Random, kin: list[Household], start: date, end: date) -> Household:
    """Open a household of relatives or friends: first under regulation 24, then approved."""
    recent = [h for h in kin[-8:] if (start - h.opened).days < 60 and h.has_room(start, end)]
    if recent and rng.random() < 0.3:
        return recent[-1]
    weeks = pick_number(rng, {16: 60, 20: 15, 24: 25})
    is_approved = (end - start).days > 450 and rng.random() < 0.7
    reg24_end = start + days(7 * weeks) if is_approved else end
    household = Household(
        household_id=f"K{len(kin) + 1:04d}",
        carer_type="Family and friends",
        first_approval=reg24_end if is_approved else None,
        places=2 if rng.random() < 0.35 else 1,
        carer_birth_date=start - days(365.25 * rng.triangular(24, 72, 52)),
        end=end + days(rng.randint(0, 50)),
        reg24_start=start,
        reg24_end=reg24_end,
    )
    kin.append(household)
    return household


def _approved_again(settings: CouncilSettings, households: list[Household]) -> list[Household]:
    """Return the second approvals: of some who left and came back, or changed their category."""
    rng = settings.rng("approved again")
    found = []
    fit = [household for household in households if _may_come_back(settings, household)]
    for first in rng.sample(fit, min(len(fit), round(settings.scaled(COME_BACK)))):
        back = (first.end or date.max) + days(rng.randint(60, 400))
        end = back + days(rng.randint(400, 2500))
        found.append(replace(first, approved_again=back, end=end, hold=None, stays=[]))
    fit = [household for household in households if _may_change(settings, household)]
    for first in rng.sample(fit, min(len(fit), round(settings.scaled(CHANGE_CATEGORY)))):
        approved, end = first.first_approval or date.max, first.end or date.max
        first.changed = approved + days((end - approved).days * rng.uniform(0.3, 0.7))
        second = replace(first, carer_type="Mainstream", approved_again=first.changed, stays=[])
        first.end = first.changed
        found.append(replace(second, reg24_start=None, reg24_end=None))
    return found


def _may_come_back(settings: CouncilSettings, household: Household) -> bool:
    """Whether a household of ours left long enough ago."""
    end = household.end or date.max
    is_over = settings.history_from < end < add_months(settings.last_day, -3)
    return household.carer_type == "Mainstream" and is_over


def _may_change(settings: CouncilSettings, household: Household) -> bool:
    """Whether relatives were approved in the history, for some years."""
    approved, end = household.first_approval, household.end
    if household.carer_type != "Family and friends" or approved is None or end is None:
        return False
    return settings.history_from < approved < settings.last_day and (end - approved).days > 300


def _add_household(council: Council, household: Household) -> None:
    rng = council.settings.rng("household", *household.purpose)
    opened, end, approved = household.opened, household.end, household.approval
    if opened > council.settings.last_day:
        return
    typed = recorded(rng, "other", opened)
    end_typed = max(typed, recorded(rng, "end", end)) if end else date.max
    approved_typed = max(typed, recorded(rng, "other", approved)) if approved else date.max
    ends: tuple[str | None, str] = (pick(rng, END_ROUTES), pick(rng, END_REASONS))
    if household.changed == end:
        end_typed, ends = household.change_typed, (None, CHANGED)
    elif household.changed is not None:
        typed = approved_typed = household.change_typed
        end_typed = max(typed, end_typed)
    hold_from, hold_to = household.hold or (None, None)
    row = (
        household.household_id,
        told((approved_typed, household.first_approval)) if approved else None,
        told((approved_typed, approved)) if approved else None,
        household.carer_type,
        household.places,
        told((max(typed, hold_from), hold_from)) if hold_from else None,
        told((max(typed, hold_to), hold_to)) if hold_to else None,
        household.reg24_start,
        told((max(typed, household.reg24_end), household.reg24_end))
        if household.reg24_end
        else None,
        told((end_typed, end)),
        told((end_typed, ends[0])),
        told((end_typed, ends[1])),
        household.carer_birth_date,
    )
    council.system.add_told("ext_foster_household", typed, *row)


def _add_visits(council: Council, household: Household) -> None:
    rng = council.settings.rng("foster visits", *household.purpose)
    until = min(household.end or date.max, council.settings.last_day)
    day = household.opened + days(rng.randint(5, 25))
    unannounced = household.opened + days(rng.randint(60, 400))
    while day < until:
        if day >= council.settings.history_from:
            typed = recorded(rng, "visit", day)
            row = (household.household_id, day, "Supervisory")
            council.system.add("ext_foster_visit", typed, *row)
        if day >= unannounced:
            unannounced = day + days(rng.triangular(200, 700, 370))
            seen = day + days(rng.randint(1, 12))
            if council.settings.history_from <= seen < until:
                typed = recorded(rng, "visit", seen)
                row = (household.household_id, seen, "Unannounced")
                council.system.add("ext_foster_visit", typed, *row)
        gap = rng.triangular(24, 41, 34) if rng.random() < 0.95 else rng.randint(43, 75)
        day += days(gap)


def _add_reviews(council: Council, household: Household) -> None:
    rng = council.settings.rng("foster reviews", *household.purpose)
    last = household.approval
    while last is not None:
        late = rng.randint(5, 80) if rng.random() < 0.24 else -rng.randint(0, 45)
        day = add_months(last, 12) + days(late)
        if day >= min(household.end or date.max, council.settings.last_day):
            return
        if day >= council.settings.history_from:
            row = (household.household_id, day)
            council.system.add("ext_foster_review", recorded(rng, "other", day), *row)
        last = day
