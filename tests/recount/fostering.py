"""The council's own foster households: how many, who came and who left.

A household is in the stock on the nights it is approved and not merely approved under regulation
24 for one child. Nights that touch or overlap are one time as a carer, so that a change of
category is neither a recruitment nor a deregistration (decision 0006).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .care import FOREVER
from .council import CareAt
from .dates import Span, Window
from .reading import Row, read_date
from .reference import Reference
from .values import Figure, Parts, count, counts

NOT_RECORDED = "not recorded"


@dataclass(frozen=True)
class Approval:
    """Nights a row keeps its household in the stock."""

    start: date
    end: date
    row: Row


@dataclass(frozen=True)
class Career:
    """A time as a foster carer without a gap."""

    start: date
    end: date
    first: Row
    last: Row


def approvals(row: Row, reference: Reference, day_d: date) -> Iterator[Approval]:
    """The nights of one row as known at D, without those under a regulation 24 it began with."""
    start, end = read_date(row["approval_date"]), _known(read_date(row["end_date"]), day_d)
    kind = reference.word("carer_type", row["carer_type"]).lower()
    if start is None or start > day_d or kind in ("ifa", "supported lodgings"):
        return
    temporary = read_date(row["reg24_start"])
    stretches = [(start, end)]
    if temporary is not None and start <= temporary <= day_d:
        ended = max(_known(read_date(row["reg24_end"]), day_d), temporary)
        stretches = [(start, temporary), (ended, end)]
    for first, last in stretches:
        if first < last and first <= day_d:
            yield Approval(first, min(last, end), row)


def _known(day: date | None, day_d: date) -> date:
    """An end as known at D: one after it is open (B0)."""
    return FOREVER if day is None or day > day_d else day


def careers(care: CareAt) -> list[Career]:
    """Every time a household of our own fostered, as known at D."""
    by_household: dict[str, list[Approval]] = defaultdict(list)
    for row in care.extract.foster or []:
        found = approvals(row, care.extract.reference, care.day)
        by_household[row["household_id"]] += found
    return [career for one in by_household.values() for career in _joined(one)]


def _joined(rows: list[Approval]) -> Iterator[Career]:
    chains: list[list[Approval]] = []
    for row in sorted(rows, key=lambda approval: approval.start):
        if chains and row.start <= max(before.end for before in chains[-1]):
            chains[-1].append(row)
        else:
            chains.append([row])
    for chain in chains:
        last = max(chain, key=lambda approval: (approval.end, approval.start))
        yield Career(chain[0].start, last.end, chain[0].row, last.row)


def households(care: CareAt) -> Figure:
    """Approved in-house households at D, without temporary approvals and supported lodgings."""
    return count(sum(one.start <= care.day < one.end for one in careers(care)))


def recruited(care: CareAt, window: Window) -> Parts:
    """Households that began to foster, by the kind of carer they were approved as."""
    return counts(
        "carer_type", [_kind(one.first, care) for one in careers(care) if window.holds(one.start)]
    )


def places_created(care: CareAt, window: Window) -> Figure:
    """The places they were approved for."""
    return count(
        sum(
            int(float(one.first["approved_places"] or 0))
            for one in careers(care)
            if window.holds(one.start)
        )
    )


def deregistered(care: CareAt, window: Window) -> Parts:
    """Households that stopped fostering, by the way they left and by the kind of carer."""
    left = [one.last for one in careers(care) if window.holds(one.end)]
    routes = counts("route", [row["end_route"] or NOT_RECORDED for row in left])
    return routes | counts("carer_type", [_kind(row, care) for row in left])


def _kind(row: Row, care: CareAt) -> str:
    return care.extract.reference.word("carer_type", row["carer_type"]) or NOT_RECORDED


def is_under_regulation_24(household: str, care: CareAt) -> bool:
    """Whether a household is approved under regulation 24 at D."""
    for row in care.extract.foster or []:
        start, ended = read_date(row["reg24_start"]), read_date(row["end_date"])
        if row["household_id"] != household or start is None:
            continue
        runs = Span(start, read_date(row["reg24_end"])).runs_on(care.day)
        if runs and (ended is None or ended > care.day):
            return True
    return False
