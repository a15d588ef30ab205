"""Where looked after children live, how often they moved and how long they have stayed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from .care import ADOPTIVE, FOSTER, KINSHIP, Episode, Period, carer_spells, current_row
from .council import CareAt
from .dates import at_least_months_ago, rolling_year_start
from .reference import codes
from .values import Figure, count, share

BOUGHT = codes("PR2 PR3 PR4 PR5")
COMMISSIONED = FOSTER | codes("K1 K2 R1 S1")
SUPPORTED = codes("H5 K3 P2")
OTHER_FOSTER = FOSTER - KINSHIP

Test = Callable[[Episode], bool]


def is_with_parents(row: Episode) -> bool:
    """Placed with parents or another person with parental responsibility."""
    return row.place == "P1"


def is_in_foster_care(row: Episode) -> bool:
    """With foster carers who are neither relatives nor friends."""
    return row.place in OTHER_FOSTER


def is_commissioned(row: Episode) -> bool:
    """Foster or residential care that another provider gives (C13)."""
    return row.place in COMMISSIONED and row.provider in BOUGHT


def is_commissioned_16plus(row: Episode) -> bool:
    """Supported or independent living that another provider gives (C13)."""
    return row.place in SUPPORTED and row.provider in BOUGHT


def placed(test: Test) -> Callable[[CareAt], list[bool]]:
    """For each child, whether the placement at D (C12) is of a kind; unknown ones are not."""

    def flags(care: CareAt) -> list[bool]:
        rows = [current_row(period, care.day) for _, period in care.looked_after]
        return [row is not None and test(row) for row in rows]

    return flags


def number_placed(test: Test) -> Callable[[CareAt], Figure]:
    """Counts the children whose placement at D is of a kind."""
    return lambda care: count(sum(placed(test)(care)))


def share_placed(test: Test) -> Callable[[CareAt], Figure]:
    """Counts them as a percentage of all looked after children."""
    return lambda care: share(placed(test)(care))


def three_or_more(care: CareAt) -> Figure:
    """Children with three or more carer spells in the twelve months to D (C11)."""
    return share(
        spells_in_window(care.periods[person], care.day) >= 3 for person, _ in care.looked_after
    )


def spells_in_window(periods: Iterable[Period], day_d: date) -> int:
    """Carer spells that touch the twelve months to D, over all periods of care (C11)."""
    first = rolling_year_start(day_d)
    spells = [spell for period in periods for spell in carer_spells(period)]
    return sum(s.start <= day_d and (s.end is None or s.end > first) for s in spells)


def long_term_stability(care: CareAt) -> Figure:
    """Under 16 and 30 months in care: 24 months with the same carer, or adopters after them."""
    flags = []
    for person, period in care.looked_after:
        age = care.age_of(person)
        if age is None or age >= 16:
            continue
        if period.start <= at_least_months_ago(care.day, 30):
            flags.append(is_stable(person, period, care))
    return share(flags)


def is_stable(person: str, period: Period, care: CareAt) -> bool:
    """Whether the current carer spell has lasted two years.

    For a child placed for adoption, together with the spell it followed without a gap.
    """
    since = at_least_months_ago(care.day, 24)
    spell, before = care.spells[person]
    row = current_row(period, care.day)
    if spell is None or row is None:
        return False
    if spell.start <= since:
        return True
    if row.place not in ADOPTIVE or before is None:
        return False
    touches = before.end is None or before.end >= spell.start
    return touches and before.start <= since
