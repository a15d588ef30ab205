"""One month's extract of one council, whichever way it came, as the facts the counting needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from .care import FOREVER, Episode
from .reading import Row, read_date, read_table, sector
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
    reviews: list[Review] | None = None
    visits: dict[str, list[date]] | None = None
    health: dict[str, list[date]] | None = None
    leavers: dict[str, list[LeaverRow]] | None = None
    foster: list[Row] | None = None
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
        place, local = self.reference.place(text, day_d)
        spans = self.legal.get(row["clae_person_id"], [])
        return Episode(
            row_id=row["clae_cla_episode_id"],
            person=row["clae_person_id"],
            start=start,
            end=end,
            start_reason=self.reference.start_reason(row["clae_cla_episode_start_reason"]),
            legal_status=legal_status_of(spans, start, end, day_d),
            place=place,
            end_reason=self.reference.end_reason(row["clae_cla_episode_ceased_reason"]),
            place_text="" if place else text.lower(),
            locally_family_based=local,
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
        place, local = self.reference.place(row["place"], day_d)
        return Episode(
            row_id=row["_row"],
            person=row["child"],
            start=start,
            end=end,
            start_reason=self.reference.start_reason(row["rne"]),
            legal_status=self.reference.legal_status(row["ls"]),
            place=place,
            end_reason=self.reference.end_reason(row["rec"]),
            place_text="" if place else row["place"].lower(),
            locally_family_based=local,
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


def read_extract(inbox: Path, month: str, reference: Reference) -> Extract:
    """Everything one month's folder of an inbox says about the fourteen indicators."""
    folder = inbox / month
    extract = Extract(reference=reference, is_903=(folder / "ssda903").is_dir())
    if extract.is_903:
        _read_903(extract, folder / "ssda903")
    else:
        _read_ssd(extract, folder / "social_care")
        _read_leavers(extract, folder / "care_leavers")
    _read_fostering(extract, folder / "fostering")
    return extract


def _read_903(extract: Extract, folder: Path) -> None:
    header = read_table(folder, "header")
    extract.episode_rows = None if header is None else read_table(folder, "episodes")
    for row in header or []:
        extract.births.setdefault(row["child"], read_date(row["dob"]))
    reviews = read_table(folder, "reviews")
    if reviews is not None:
        extract.reviews = [
            Review(row["child"], "", day) for row in reviews if (day := read_date(row["review"]))
        ]


def _read_ssd(extract: Extract, folder: Path) -> None:
    people = read_table(folder, "ssd_person")
    episodes = read_table(folder, "ssd_cla_episodes")
    placements = read_table(folder, "ssd_cla_placement")
    legal = read_table(folder, "ssd_legal_status")
    if people is None or episodes is None or placements is None or legal is None:
        return
    extract.episode_rows = episodes
    for row in people:
        extract.births.setdefault(row["pers_person_id"], read_date(row["pers_dob"]))
        extract.deaths.setdefault(row["pers_person_id"], read_date(row["pers_death_date"]))
    for row in placements:
        extract.placements.setdefault(row["clap_cla_placement_id"], row)
    extract.legal = _legal_spans(legal, extract.reference)
    _read_events(extract, folder)


def _legal_spans(rows: list[Row], reference: Reference) -> dict[str, list[LegalSpan]]:
    """The legal statuses of each child; orders outside care (SGO, CAO) are none of them."""
    found: dict[str, list[LegalSpan]] = defaultdict(list)
    for row in rows:
        start = read_date(row["lega_legal_status_start_date"])
        code = reference.legal_status(row["lega_legal_status"])
        if start is not None and row["lega_legal_status"] and code != "order":
            end = read_date(row["lega_legal_status_end_date"])
            found[row["lega_person_id"]].append(LegalSpan(code, start, end))
    return found


def _read_events(extract: Extract, folder: Path) -> None:
    reviews = read_table(folder, "ssd_cla_reviews")
    if reviews is not None:
        extract.reviews = [
            Review("", row["clar_cla_id"], day)
            for row in reviews
            if (day := read_date(row["clar_cla_review_date"]))
            and row["clar_cla_review_cancelled"].lower() not in ("y", "yes")
        ]
    visits = read_table(folder, "ssd_cla_visits")
    if visits is not None:
        extract.visits = _days(
            ("clav_person_id", "clav_cla_visit_date"),
            [row for row in visits if row["clav_cla_visit_seen"].lower() not in ("n", "no")],
        )
    health = read_table(folder, "ssd_cla_health")
    if health is not None:
        extract.health = _days(
            ("clah_person_id", "clah_health_check_date"),
            [row for row in health if _is_completed_assessment(row, extract.reference)],
        )


def _days(columns: tuple[str, str], rows: list[Row]) -> dict[str, list[date]]:
    person, column = columns
    found: dict[str, list[date]] = defaultdict(list)
    for row in rows:
        day = read_date(row[column])
        if day is not None:
            found[row[person]].append(day)
    return found


def _is_completed_assessment(row: Row, reference: Reference) -> bool:
    status = reference.word("health_check_status", row["clah_health_check_status"])
    kind = reference.word("health_check_type", row["clah_health_check_type"])
    return status.lower() == "completed" and kind.lower() in ("health", "health assessment")


def _read_leavers(extract: Extract, folder: Path) -> None:
    rows = read_table(folder, "ssd_care_leavers")
    if rows is None:
        return
    word = extract.reference.word
    extract.leavers = defaultdict(list)
    for row in rows:
        extract.leavers[row["clea_person_id"]].append(
            LeaverRow(
                eligibility=word("eligibility", row["clea_care_leaver_eligibility"]),
                in_touch=word("in_touch", row["clea_care_leaver_in_touch"]).upper(),
                latest_contact=read_date(row["clea_care_leaver_latest_contact"]),
                accommodation=word("accommodation", row["clea_care_leaver_accommodation"]).upper(),
                suitable=row["clea_care_leaver_accom_suitable"],
                team=row["clea_care_leaver_allocated_team"],
            )
        )


def _read_fostering(extract: Extract, folder: Path) -> None:
    extract.foster = read_table(folder, "ext_foster_household")
    for row in read_table(folder, "ext_foster_placement") or []:
        extract.households.setdefault(row["placement_id"], row["household_id"])
