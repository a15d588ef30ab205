"""What is true of an invented child: periods of care, homes and legal orders, with true dates.

Every date here is true and final; when the case system came to know it is decided elsewhere.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Home:
    """A stay in one place; ``carer`` numbers the carers of a period of care."""

    start: date
    end: date
    place: str
    provider: str | None
    carer: int
    urn: str | None
    distance: float | None
    postcode: str | None
    change_reason: str | None

    @property
    def is_temporary(self) -> bool:
        """Whether this is holiday, hospital or other short cover (C10)."""
        return self.place.startswith("T")


@dataclass(frozen=True)
class Order:
    """A legal status and the days it ran."""

    code: str
    start: date
    end: date


@dataclass(frozen=True)
class AdoptionPath:
    """The steps of an adoption; None where a step is never reached."""

    decision: date
    placement_order: date | None
    match: date | None
    placed: date | None
    order: date | None
    reversed_on: date | None
    by_foster_carer_since: date | None
    is_placed_on_tracker_only: bool = False

    @property
    def is_by_consent(self) -> bool:
        """Whether the parents agreed, so that no court had to order the placement."""
        return self.placed is not None and self.placement_order is None

    @property
    def recorded_placed(self) -> date | None:
        """The day of the placement for adoption, if the case system ever hears of it."""
        return None if self.is_placed_on_tracker_only else self.placed


@dataclass(frozen=True)
class Plan:
    """How a period of care will go: its track and its last day."""

    track: str
    start: date
    end: date
    end_reason: str
    adoption: AdoptionPath | None = None


@dataclass(frozen=True)
class Care:
    """A period of care as the case system numbers it."""

    cla_id: str
    plan: Plan
    homes: tuple[Home, ...]
    orders: tuple[Order, ...]

    @property
    def start(self) -> date:
        """The day care began."""
        return self.plan.start

    @property
    def end(self) -> date:
        """The day care ends, known or not at the time."""
        return self.plan.end

    @property
    def is_short_break(self) -> bool:
        """Whether this is a series of short breaks, never counted as looked after (C6)."""
        return self.plan.track == "short break"

    def orders_on(self, day: date) -> list[Order]:
        """Return the orders that run on a day."""
        return [order for order in self.orders if order.start <= day < order.end]

    def home_on(self, day: date) -> Home:
        """Return the home on a day (the last one from the end of care on)."""
        for home in self.homes:
            if home.start <= day < home.end:
                return home
        return self.homes[-1]

    def carer_spells(self) -> list[tuple[date, date, tuple[Home, ...]]]:
        """Return the stays with one carer: first day, end and homes, without cover (C9, C10)."""
        spells: list[list[Home]] = []
        for home in self.homes:
            if home.is_temporary:
                continue
            if spells and spells[-1][-1].carer == home.carer:
                spells[-1].append(home)
            else:
                spells.append([home])
        starts = [spell[0].start for spell in spells]
        ends = [*starts[1:], self.end]
        return [(s, e, tuple(x)) for s, e, x in zip(starts, ends, spells, strict=True)]


@dataclass(frozen=True)
class Child:
    """A child and every period of care."""

    person_id: str
    sex: str
    ethnicity: str
    birth_date: date
    death_date: date | None
    need: str
    is_uasc: bool
    cares: tuple[Care, ...]

    @property
    def counted_cares(self) -> tuple[Care, ...]:
        """The periods of care that are not short breaks."""
        return tuple(care for care in self.cares if not care.is_short_break)

    def care_on(self, day: date) -> Care | None:
        """Return the counted period of care that runs on a day."""
        for care in self.counted_cares:
            if care.start <= day < care.end:
                return care
        return None
