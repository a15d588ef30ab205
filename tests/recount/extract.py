"""One month's extract of one council, whichever way it came, as the facts the counting needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from .care import FOREVER, Episode
from .dates import Span
from .reading import Row, read_date, sector
from .reference import Reference

LEGAL_RANK = {"E1": 0, "D1": 0, "C2": 1, "C1": 2, "V2": 5, "V1": 6, "V3": 6, "V4": 6}
LEGAL_RANK |= {"L1": 3, "L2": 3, "L3": 3, "J1": 4, "J2": 4, "J3": 4}
UNMAPPED_RANK = 7


@dataclass(frozen=True)
class LegalSpan:
    """A legal status of a child; ``code`` is None where the text has no mapping."""

    code: str | None
    start: date
    end: date | None

    @property
    def rank(self) -> int:
        """E1 before C2 before C1 before L before J before V2 (B15); the rest after."""
        return LEGAL_RANK.get(self.code or "", UNMAPPED_RANK)


@dataclass(frozen=True)
class Review:
    """A review with a date that was not cancelled; ``care_id`` is empty in 903."""

    person: str
    care_id: str
    day: date


@dataclass(frozen=True)
class LeaverRow:
    """One row of ssd_care_leavers, mapped."""

    eligibility: str
    in_touch: str
    latest_contact: date | None
    accommodation: str
    suitable: str
    team: str
    activity: str = ""
    plan_reviewed: date | None = None


@dataclass(frozen=True)
class Order:
    """An order outside care: special guardianship (SGO) or child arrangements (CAO)."""

    person: str
    day: date
    group: str


@dataclass(frozen=True)
class Decision:
    """What is recorded of one adoption decision and what followed it; all of it may be missing."""

    row_id: str
    person: str
    care_id: str = ""
    decided: date | None = None
    reversed_on: date | None = None
    placement_order: date | None = None
    matched: date | None = None
    placed: date | None = None
    is_by_carer: bool = False
    with_foster_carer: date | None = None
    with_early_carer: date | None = None
    permanence_order: date | None = None

    @property
    def says_anything(self) -> bool:
        """Whether the row has a date or the flag: one without is no decision."""
        dates = (self.decided, self.placement_order, self.matched, self.placed)
        carers = (self.with_foster_carer, self.with_early_carer)
        return self.is_by_carer or any(day is not None for day in (*dates, *carers))


@dataclass(frozen=True)
class Tracked:
    """One line of the adoption service's own tracker."""

    source_date: date | None = None
    decided: date | None = None
    placement_order: date | None = None
    matched: date | None = None
    placed: date | None = None

    def latest(self) -> tuple[date, ...]:
        """What the latest of several lines has most of: the source date, then the later steps."""
        steps = (self.source_date, self.placed, self.matched, self.placement_order, self.decided)
        return tuple(day or date.min for day in steps)


@dataclass(frozen=True)
class Involvement:
    """Who was the allocated worker of a person, and when."""

    row_id: str
    worker: str
    team: str
    person: str
    span: Span


@dataclass(frozen=True)
class Post:
    """One row of ext_staff, mapped; ``hours`` are the contracted hours as a part of full time."""

    role: str
    grade: str
    team: str
    hours: Fraction | None
    span: Span
    away: Span | None = None


@dataclass(frozen=True)
class Professional:
    """One row of ssd_professionals, its job title read as a role and as a grade."""

    role: str
    grade: str
    hours: Fraction | None


@dataclass
class Extract:
    """What was read. A table that was not given is None: it is not the same as an empty one."""

    reference: Reference
    episode_rows: list[Row] | None = None
    births: dict[str, date | None] = field(default_factory=dict)
    deaths: dict[str, date | None] = field(default_factory=dict)
    placements: dict[str, Row] = field(default_factory=dict)
    households: dict[str, str] = field(default_factory=dict)
    legal: dict[str, list[LegalSpan]] = field(default_factory=dict)
    orders: list[Order] | None = None
    reviews: list[Review] | None = None
    visits: dict[str, list[date]] | None = None
    care_plans: dict[str, list[Span]] | None = None
    health: dict[str, list[date]] | None = None
    dental: dict[str, list[date]] | None = None
    missing: dict[str, list[Span]] | None = None
    uasc: dict[str, list[Span]] | None = None
    peps: dict[str, list[date]] | None = None
    youth_justice: dict[str, list[Span]] | None = None
    ehc_plans: dict[str, list[Span]] | None = None
    discharges: dict[str, list[Span]] | None = None
    involvements: list[Involvement] | None = None
    professionals: dict[str, Professional] | None = None
    posts: dict[str, list[Post]] | None = None
    decisions: list[Decision] | None = None
    tracker: dict[str, list[Tracked]] | None = None
    leavers: dict[str, list[LeaverRow]] | None = None
    pathway_plans: dict[str, list[date]] | None = None
    foster: list[Row] | None = None
    matches: dict[str, list[date]] | None = None
    is_903: bool = False

    def episodes_at(self, day_d: date) -> dict[str, list[Episode]]:
        """All episodes by child, with placements as mapped at D (B17), not yet cut."""
        found: dict[str, list[Episode]] = defaultdict(list)
        for row in self.episode_rows or []:
            episode = self._of_903(row, day_d) if self.is_903 else self._of_ssd(row, day_d)
            if episode is not None:
                found[episode.person].append(episode)
        return found

    def _of_ssd(self, row: Row, day_d: date) -> Episode | None:
        start = read_date(row["clae_cla_episode_start_date"])
        if start is None or not row["clae_person_id"]:
            return None
        end = read_date(row["clae_cla_episode_ceased_date"])
        placement_id = row["clae_cla_placement_id"]
        home = self.placements.get(placement_id, {})
        text = home.get("clap_cla_placement_type", "")
        place = self.reference.place(text, day_d)
        spans = self.legal.get(row["clae_person_id"], [])
        return Episode(
            row_id=row["clae_cla_episode_id"],
            person=row["clae_person_id"],
            start=start,
            end=end,
            start_reason=self.reference.start_reason(row["clae_cla_episode_start_reason"]),
            legal_status=legal_status_of(spans, start, end, day_d),
            place=place.code,
            provider=self.reference.provider(home.get("clap_cla_placement_provider", "")),
            end_reason=self.reference.end_reason(row["clae_cla_episode_ceased_reason"]),
            place_text="" if place.code else text.lower(),
            locally_family_based=place.is_locally_family_based,
            locally_kinship=place.is_locally_kinship,
            urn=home.get("clap_cla_placement_urn", ""),
            sector=sector(home.get("clap_cla_placement_postcode", "")),
            household=self.households.get(placement_id, ""),
            care_id=row["clae_cla_id"],
            other=_but_ids(row, "clae") + _but_ids(home, "clap"),
        )

    def _of_903(self, row: Row, day_d: date) -> Episode | None:
        start = read_date(row["decom"])
        if start is None or not row["child"]:
            return None
        end = read_date(row["dec"])
        place = self.reference.place(row["place"], day_d)
        return Episode(
            row_id=row["_row"],
            person=row["child"],
            start=start,
            end=end,
            start_reason=self.reference.start_reason(row["rne"]),
            legal_status=self.reference.legal_status(row["ls"]),
            place=place.code,
            provider=self.reference.provider(row["place_provider"]),
            end_reason=self.reference.end_reason(row["rec"]),
            place_text="" if place.code else row["place"].lower(),
            locally_family_based=place.is_locally_family_based,
            locally_kinship=place.is_locally_kinship,
            urn=row["urn"],
            sector=sector(row["pl_post"]),
            other=(
                *(row[name] for name in ("cin", "place_provider", "reason_place_change")),
                sector(row["home_post"]),
            ),
        )


def legal_status_of(
    spans: Iterable[LegalSpan], start: date, end: date | None, day_d: date
) -> str | None:
    """The legal status of an episode (B15): at its start, else the first to begin within it."""
    known = [s for s in spans if s.start <= day_d and (s.end or FOREVER) > s.start]
    running = [s for s in known if s.start <= start < (s.end or FOREVER)]
    if not running:
        within = [s for s in known if start < s.start < (end or FOREVER)]
        first = min((s.start for s in within), default=None)
        running = [s for s in within if s.start == first]
    return min(running, key=lambda s: s.rank).code if running else None


def _but_ids(row: Row, prefix: str) -> tuple[str, ...]:
    """What else a duplicate must agree in: the other facts of the row, not its ids."""
    facts = {
        "clae": ("clae_cla_primary_need_code", "clae_entered_care_date"),
        "clap": (
            "clap_cla_placement_start_date",
            "clap_cla_placement_end_date",
            "clap_cla_placement_provider",
            "clap_cla_placement_distance",
            "clap_cla_placement_change_reason",
        ),
    }
    return tuple(row.get(name, "") for name in facts[prefix])
