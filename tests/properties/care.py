"""Drawn histories of care: episodes, placements and legal statuses, right and wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from hypothesis import strategies as st

from .days import EARLIEST, birthday, boundaries, day, days, lengths

LOOKED_AFTER = ["C2", "C2", "V2", "V2", "C1", "E1", "D1", "L1", "L2", "L3", "J1", "J2", "J3"]
SHORT_BREAKS = ["V3", "V4"]
TEMPORARY = ["T0", "T1", "T2", "T3", "T4"]
ADOPTIVE = ["A3", "A4", "A5", "A6"]
PLACES = [
    *("U6", "U4", "U1", "U3", "U2", "U5", "P1", "K2", "K2", "K1", "H5", "K3", "P2", "P3"),
    *("R1", "R2", "R3", "R5", "S1", "Z1", "R38(6)", "Unregistered emergency", "Caravan", ""),
]
PERMANENT = ["E11", "E12", "E41", "E43", "E44", "E45", "E46", "E47", "E48"]
OTHER_ENDS = [
    *("E2", "E3", "E4A", "E4B", "E5", "E6", "E7", "E8", "E9", "E13", "E14", "E15", "E16", "E17"),
]


_end_reasons = st.one_of(
    st.sampled_from(PERMANENT), st.sampled_from(OTHER_ENDS), st.sampled_from(["E8", "X1", ""])
)
_STATUSES = {
    True: st.sampled_from(LOOKED_AFTER),
    False: st.sampled_from([*LOOKED_AFTER, *SHORT_BREAKS]),
}


@dataclass(frozen=True)
class Home:
    """Where a child lives, as a placement row says it."""

    place: str
    provider: str
    urn: str
    postcode: str
    distance: str


@dataclass(frozen=True)
class Stay:
    """One episode, with its placement and its legal status."""

    start: date
    end: date | None
    start_reason: str
    end_reason: str
    home: Home
    status: str
    # Days from the episode's start to that of its legal status; None: there is none.
    status_after: int | None = 0


homes = st.builds(
    Home,
    st.sampled_from([*PLACES, *TEMPORARY, *TEMPORARY, *ADOPTIVE]),
    st.sampled_from(["PR1", "PR4", "PR2", "PR3", "PR5", "PR0", ""]),
    st.sampled_from(["SC1", "SC2", ""]),
    st.sampled_from(["ZZ1 1", "ZZ1 2", "S60 1", ""]),
    st.sampled_from(["0", "19.9", "20.0", "20.1", "999.9", ""]),
)


_NEAR_BIRTHDAYS = st.tuples(st.sampled_from([14, 16, 18]), st.sampled_from([0, 1, 90, 91]))


@st.composite
def first_days(draw: st.DrawFn, born: date | None) -> date:
    """The start of a first episode: often near a birthday that matters, never before birth."""
    if born is None or draw(st.booleans()):
        found = draw(days)
    elif born.year > 2012:
        found = born
    else:
        age, back = draw(_NEAR_BIRTHDAYS)
        found = day(-back, birthday(born, age))
    return max(born or found, found, EARLIEST)


@st.composite
def histories(draw: st.DrawFn, born: date | None, plain: bool) -> list[Stay]:
    """Up to five episodes; a ``plain`` one begins with S and has a status from its first day."""
    stays = [draw(_first(draw(first_days(born)), plain))]
    for _ in range(draw(st.sampled_from([0, 1, 1, 2, 2, 3, 4]))):
        stays.append(draw(_next(stays, plain)))
    last = stays[-1]
    how = draw(st.sampled_from(["as drawn", "as drawn", "open", "open", "open", "adopted"]))
    if how == "open":
        stays[-1] = replace(last, end=None, end_reason="")
    elif how == "adopted":
        home = replace(last.home, place=draw(st.sampled_from(ADOPTIVE)))
        end = max(draw(boundaries), last.start)
        reason = draw(st.sampled_from(["E11", "E12"]))
        stays[-1] = replace(last, home=home, end=end, end_reason=reason)
    return stays


_LASTS = st.one_of(lengths, lengths, boundaries)


@st.composite
def _first(draw: st.DrawFn, start: date, plain: bool) -> Stay:
    odd = not plain and draw(st.integers(0, 9)) == 9
    reason = draw(st.sampled_from(["P", "L", "B", "T", "U", ""])) if odd else "S"
    return draw(_stay(start, reason, draw(homes), draw(_STATUSES[plain]), plain))


@st.composite
def _next(draw: st.DrawFn, stays: list[Stay], plain: bool) -> Stay:
    """The next row: on the day the last one ended, a day early, or after a gap."""
    before = stays[-1]
    assert before.end is not None
    gap = draw(st.sampled_from([0, 0, 0, 0, 0, 0, -1, -30, 1, 1, 40]))
    start = max(day(gap, before.end), before.start)
    goes_on = gap <= 0
    reason = draw(st.sampled_from(["L", "P", "T", "U", "B", "P", "S"])) if goes_on else "S"
    if not plain and draw(st.integers(0, 14)) == 14:
        reason = draw(st.sampled_from(["", "L", "P", "S"]))
    earlier = st.sampled_from([stay.home for stay in stays])
    home = before.home if reason == "L" else draw(st.one_of(homes, earlier))
    keeps = reason in ("P", "T") and draw(st.booleans())
    status = before.status if keeps else draw(_STATUSES[plain])
    if goes_on and before.end_reason != "X1" and reason != "S":
        stays[-1] = replace(before, end_reason="X1")
    return draw(_stay(start, reason, home, status, plain))


@st.composite
def _stay(draw: st.DrawFn, start: date, reason: str, home: Home, status: str, plain: bool) -> Stay:
    lasts = draw(_LASTS)
    end = day(lasts, start) if isinstance(lasts, int) else max(lasts, start)
    kept: int | None = 0
    if not plain and draw(st.integers(0, 11)) == 11:
        kept = draw(st.sampled_from([None, 1, 30]))
    return Stay(start, end, reason, draw(_end_reasons), home, status, kept)
