"""What a figure is made of: the children of a total by age, by legal status, by reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from reporting import wording
from reporting.rows import Part

BREAKDOWNS = {
    "age_band": "Age",
    "legal_status": "Legal status",
    "reason": "Reason for leaving care",
    "carer_type": "Kind of carer",
    "route": "How it came about",
}
# The codes of the statutory return, in its guidance's words made shorter.
_WORDS = {
    "legal_status": {
        "C1": "Interim care order",
        "C2": "Full care order",
        "D1": "Freeing order",
        "E1": "Placement order",
        "V2": "Accommodated by agreement (section 20)",
        "other": "Another legal status",
    },
    "reason": {
        "E11": "Adopted, nobody objecting",
        "E12": "Adopted, consent dispensed with by the court",
        "E13": "Went to parents or relatives without parental responsibility",
        "E14": "Accommodation on remand ended",
        "E15": "Found to be 18 or over",
        "E16": "Moved abroad",
        "E17": "Turned 18 and stayed with their carers",
        "E3": "Care taken over by another council",
        "E41": "Child arrangements (or residence) order",
        "E45": "Special guardianship: former foster carer, a relative or friend",
        "E46": "Special guardianship: another former foster carer",
        "E47": "Special guardianship: another relative or friend",
        "E48": "Special guardianship: somebody else",
        "E4A": "Went home as planned",
        "E4B": "Went home, not as planned",
        "E5": "Moved to independent living with support",
        "E6": "Moved to independent living without support",
        "E7": "Moved to adult residential care",
        "E8": "Another reason",
        "E8 at 18": "Another reason, at 18",
        "E8 other": "Another reason, before 18",
        "E9": "Sentenced to custody",
        "NOT_RECORDED": "No reason recorded",
    },
}


@dataclass(frozen=True)
class PartRow:
    """One part: its name, how many, and its share of the whole; statuses are the cells' classes."""

    name: str
    number: str
    share: str
    is_hidden: bool


@dataclass(frozen=True)
class PartTable:
    """The parts of one figure by one thing, in a period, of a whole where there is one."""

    id: str
    title: str
    by: str
    when: str
    whole: str
    rows: tuple[PartRow, ...]
    has_share: bool


def part_tables(parts: Sequence[Part], title: str, period_end: date) -> tuple[PartTable, ...]:
    """One table for each breakdown, in the order of the report model."""
    grouped = groupby(parts, key=lambda part: part.breakdown)
    return tuple(
        _table(breakdown, tuple(members), title, period_end) for breakdown, members in grouped
    )


def _table(breakdown: str, members: Sequence[Part], title: str, period_end: date) -> PartTable:
    whole = members[0].denominator
    has_share = any(part.denominator.is_shown for part in members)
    return PartTable(
        id=f"{members[0].indicator_id}-by-{wording.slug(breakdown)}",
        title=title,
        by=by(breakdown),
        when=wording.period_of(members[0].basis, period_end),
        whole=wording.figure(whole, "count") if whole.is_shown else "",
        rows=tuple(_row(part, has_share) for part in members),
        has_share=has_share,
    )


def _row(part: Part, has_share: bool) -> PartRow:
    number = part.numerator if part.numerator.status != "none" else part.figure
    return PartRow(
        name=part_name(part),
        number=wording.figure(number, "count", none="–"),
        share=wording.figure(part.figure, "percent", none="–") if has_share else "",
        is_hidden=not number.is_shown,
    )


def by(breakdown: str) -> str:
    """What a figure is broken down by, in plain words."""
    return BREAKDOWNS.get(breakdown, wording.start(breakdown.replace("_", " ")))


def part_name(part: Part) -> str:
    """A part in plain words, with the code that stands for it in the records."""
    words = _WORDS.get(part.breakdown, {}).get(part.part)
    if words is None:
        return wording.start(part.part.replace("_", " "))
    code = part.part.split(" ")[0]
    return f"{words} ({code})" if code[-1:].isdigit() or code in ("E4A", "E4B") else words
