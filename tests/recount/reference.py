"""Reference data: what a council's words mean in SSDA903 codes, bank holidays and populations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from .reading import Row, read_date, read_table


def codes(text: str) -> frozenset[str]:
    """A set of codes, written in one line."""
    return frozenset(text.split())


COUNTED = codes("C1 C2 D1 E1 V2 L1 L2 L3 J1 J2 J3")
LEGAL_STATUSES = COUNTED | {"V1", "V3", "V4"}
ORDERS_OUTSIDE_CARE = frozenset({"SGO", "CAO", "ICAO"})
PLACES = codes(
    "U1 U2 U3 U4 U5 U6 A3 A4 A5 A6 P1 P2 P3 H5 K1 K2 K3 R1 R2 R3 R5 S1 "
    "T0 T1 T2 T3 T4 Z1 Z11 Z12 Z13 Z14"
)
START_REASONS = frozenset("SLPTUB")
END_REASONS = codes(
    "E2 E3 E4A E4B E5 E6 E7 E8 E9 E11 E12 E13 E14 E15 E16 E17 E41 E43 E44 E45 E46 E47 E48 X1"
)


@dataclass(frozen=True)
class LocalPlace:
    """One line of ref_placement_local."""

    code: str
    family_based: bool
    kinship: bool
    valid_from: date | None
    valid_to: date | None

    def holds(self, day: date) -> bool:
        """Whether the mapping is in force on a day; the last day of its validity is in."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or self.valid_to >= day
        )


@dataclass(frozen=True)
class Place:
    """What a placement type means; ``code`` is None where the text has no mapping."""

    code: str | None
    is_locally_family_based: bool = False
    is_locally_kinship: bool = False


@dataclass(frozen=True)
class Term:
    """One line of ref_term: a school term, both days in."""

    start: date
    end: date


@dataclass(frozen=True)
class Population:
    """One line of ref_population: a mid-year estimate of residents aged 0 to 17."""

    la: str
    estimate_date: date
    published_on: date
    people: int


@dataclass(frozen=True)
class Reference:
    """Everything mapped; a value without a mapping that is itself a code means that code."""

    legal: dict[str, str] = field(default_factory=dict)
    legal_groups: dict[str, str] = field(default_factory=dict)
    local_places: dict[str, list[LocalPlace]] = field(default_factory=dict)
    end_reasons: dict[str, str] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    terms: tuple[Term, ...] = ()
    populations: tuple[Population, ...] = ()
    council: str | None = None

    def legal_status(self, text: str) -> str | None:
        """The legal status of a text: a code, ``order`` for one outside care, None if unmapped."""
        code = self.legal.get(text.lower(), text).upper()
        if code in ORDERS_OUTSIDE_CARE:
            return "order"
        return code if code in LEGAL_STATUSES else None

    def order(self, text: str) -> str:
        """The group of a legal order outside care: SGO or CAO; empty for anything else."""
        group = self.legal_groups.get(text.lower(), text).upper()
        return group if group in ("SGO", "CAO") else ""

    def place(self, text: str, day: date) -> Place:
        """What a placement type means on a day (B17: local type before code)."""
        for local in self.local_places.get(text.lower(), []):
            if local.holds(day):
                return Place(local.code.upper(), local.family_based, local.kinship)
        return Place(text.upper() if text.upper() in PLACES else None)

    def end_reason(self, text: str) -> str | None:
        """The reason a period of care ended, as a code; None where there is none."""
        code = self.end_reasons.get(text.lower(), text).upper()
        return code if code in END_REASONS else None

    def start_reason(self, text: str) -> str | None:
        """The reason for a new episode; None where it is missing or unknown."""
        code = self.word("start_reason", text).upper()
        return code if code in START_REASONS else None

    def provider(self, text: str) -> str:
        """The provider of a placement as a code, where its text has one."""
        return self.word("provider", text).upper()

    def word(self, domain: str, text: str) -> str:
        """What a text means in ref_code_map; itself where the map is silent."""
        return self.words.get((domain, text.lower()), text)

    def population_at(self, day: date) -> int | None:
        """Residents 0 to 17: the latest mid-year published by a day, as latest published."""
        return self._latest(p for p in self.populations if p.published_on <= day)

    def population_of(self, day: date) -> int | None:
        """Residents 0 to 17: the latest mid-year by a day, whenever it was published."""
        return self._latest(p for p in self.populations if p.estimate_date <= day)

    def _latest(self, populations: Iterable[Population]) -> int | None:
        known = [p for p in populations if p.la == self.council]
        if not known:
            return None
        return max(known, key=lambda p: (p.estimate_date, p.published_on)).people


def read_reference(inbox: Path, shipped: Path) -> Reference:
    """The reference data of an inbox over the shipped defaults, file by file."""
    own = inbox / "reference"

    def table(name: str) -> list[Row]:
        found = read_table(own, name)
        return (read_table(shipped, name) or []) if found is None else found

    legal = table("ref_legal_status")
    return Reference(
        legal={row["source_value"].lower(): row["code"] for row in legal},
        legal_groups={
            row["source_value"].lower(): row.get("status_group") or row["code"] for row in legal
        },
        local_places=_local_places(table("ref_placement_local")),
        end_reasons={row["source_value"].lower(): row["code"] for row in table("ref_rec")},
        words={
            (row["domain"].lower(), row["source_value"].lower()): row["code"]
            for row in table("ref_code_map")
        },
        holidays=frozenset(
            day for row in table("ref_bank_holiday") if (day := read_date(row["date"]))
        ),
        terms=tuple(_terms(table("ref_term"))),
        populations=tuple(_populations(table("ref_population"))),
        council=_council(own),
    )


def _local_places(rows: Iterable[Row]) -> dict[str, list[LocalPlace]]:
    found: dict[str, list[LocalPlace]] = defaultdict(list)
    for row in rows:
        found[row["source_value"].lower()].append(
            LocalPlace(
                code=row["code"],
                family_based=is_yes(row.get("family_based", "")),
                kinship=is_yes(row.get("kinship", "")),
                valid_from=read_date(row.get("valid_from", "")),
                valid_to=read_date(row.get("valid_to", "")),
            )
        )
    return found


def is_yes(text: str) -> bool:
    """Whether a flag is set."""
    return text.lower() in ("y", "yes", "true", "1")


def _terms(rows: Iterable[Row]) -> Iterable[Term]:
    for row in rows:
        start, end = read_date(row["start_date"]), read_date(row["end_date"])
        if start and end:
            yield Term(start, end)


def _populations(rows: Iterable[Row]) -> Iterable[Population]:
    for row in rows:
        estimate, published = read_date(row["estimate_date"]), read_date(row["published_on"])
        if estimate and published:
            yield Population(row["la"], estimate, published, int(row["pop_0_17"]))


def _council(own: Path) -> str | None:
    """The council of an inbox (F9); the shipped population belongs to nobody else."""
    for name in ("ref_council", "ref_population"):
        councils = {row["la"] for row in read_table(own, name) or []}
        if len(councils) == 1:
            return councils.pop()
    return None
