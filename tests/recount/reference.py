"""Reference data: what a council's words mean in SSDA903 codes, bank holidays and populations."""

from __future__ import annotations

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

    source: str
    code: str
    family_based: bool
    valid_from: date | None
    valid_to: date | None

    def holds(self, day: date) -> bool:
        """Whether the mapping is in force on a day; the last day of its validity is in."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or self.valid_to >= day
        )


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
    local_places: tuple[LocalPlace, ...] = ()
    end_reasons: dict[str, str] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    populations: tuple[Population, ...] = ()
    council: str | None = None

    def legal_status(self, text: str) -> str | None:
        """The legal status of a text: a code, ``order`` for one outside care, None if unmapped."""
        code = self.legal.get(text.lower(), text).upper()
        if code in ORDERS_OUTSIDE_CARE:
            return "order"
        return code if code in LEGAL_STATUSES else None

    def place(self, text: str, day: date) -> tuple[str | None, bool]:
        """Placement code and local family-based flag on a day (B17: local type before code)."""
        for local in self.local_places:
            if local.source == text.lower() and local.holds(day):
                return local.code.upper(), local.family_based
        return (text.upper(), False) if text.upper() in PLACES else (None, False)

    def end_reason(self, text: str) -> str | None:
        """The reason a period of care ended, as a code; None where there is none."""
        code = self.end_reasons.get(text.lower(), text).upper()
        return code if code in END_REASONS else None

    def start_reason(self, text: str) -> str | None:
        """The reason for a new episode; None where it is missing or unknown."""
        code = self.word("start_reason", text).upper()
        return code if code in START_REASONS else None

    def word(self, domain: str, text: str) -> str:
        """What a text means in ref_code_map; itself where the map is silent."""
        return self.words.get((domain, text.lower()), text)

    def population_at(self, day: date) -> int | None:
        """Residents 0 to 17: the latest mid-year published by a day, as latest published."""
        known = [p for p in self.populations if p.la == self.council and p.published_on <= day]
        if not known:
            return None
        return max(known, key=lambda p: (p.estimate_date, p.published_on)).people


def read_reference(inbox: Path, shipped: Path) -> Reference:
    """The reference data of an inbox over the shipped defaults, file by file."""
    own = inbox / "reference"

    def table(name: str) -> list[Row]:
        found = read_table(own, name)
        return (read_table(shipped, name) or []) if found is None else found

    return Reference(
        legal={row["source_value"].lower(): row["code"] for row in table("ref_legal_status")},
        local_places=tuple(_local_places(table("ref_placement_local"))),
        end_reasons={row["source_value"].lower(): row["code"] for row in table("ref_rec")},
        words={
            (row["domain"].lower(), row["source_value"].lower()): row["code"]
            for row in table("ref_code_map")
        },
        holidays=frozenset(
            day for row in table("ref_bank_holiday") if (day := read_date(row["date"]))
        ),
        populations=tuple(_populations(table("ref_population"))),
        council=_council(own),
    )


def _local_places(rows: Iterable[Row]) -> Iterable[LocalPlace]:
    for row in rows:
        yield LocalPlace(
            source=row["source_value"].lower(),
            code=row["code"],
            family_based=row.get("family_based", "").lower() in ("y", "yes", "true", "1"),
            valid_from=read_date(row.get("valid_from", "")),
            valid_to=read_date(row.get("valid_to", "")),
        )


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
