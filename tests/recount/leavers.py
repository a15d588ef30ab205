"""Who is a care leaver (C15, B6), worked out from the periods of care night by night."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from .care import FOREVER, Period
from .dates import DAY, age_at, birthday
from .extract import LeaverRow

NIGHTS_NEEDED = 91
SUITABLE_IF_FLAGGED = frozenset("BCDEGHKTUVYZ")


def was_eligible(periods: Sequence[Period], born: date, day_d: date) -> bool:
    """Whether the person was an eligible child on any day up to D.

    That is a day in care at 16 or 17 with 91 nights in care since the 14th birthday already
    behind (eligible from ``start + 91``, B6).
    """
    fourteen, sixteen, eighteen = (birthday(born, age) for age in (14, 16, 18))
    nights = 0
    for period in periods:
        day = max(period.start, fourteen)
        while day <= day_d and day < (period.end or FOREVER) and day < eighteen:
            if nights >= NIGHTS_NEEDED and day >= sixteen:
                return True
            nights += 1
            day += DAY
    return False


def chosen_row(rows: Iterable[LeaverRow], day_d: date) -> LeaverRow | None:
    """The row that speaks for a person: not an Eligible one, then the latest contact (B6)."""

    def standing(row: LeaverRow) -> tuple[bool, date]:
        contact = row.latest_contact or date.min
        is_eligible_one = row.eligibility.lower() == "eligible"
        return (not is_eligible_one, contact if contact <= day_d else date.min)

    return max(rows, key=standing, default=None)


def is_care_leaver(
    periods: Sequence[Period],
    born: date,
    died: date | None,
    row: LeaverRow | None,
    day_d: date,
) -> bool:
    """Whether a person belongs to ``care_leavers`` at D: relevant, or former relevant to 25."""
    age = age_at(born, day_d)
    in_touch = row.in_touch if row else ""
    if not 16 <= age <= 24 or any(period.runs_on(day_d) for period in periods):
        return False
    if (died is not None and died <= day_d) or in_touch == "DIED":
        return False
    if (age < 18 and in_touch == "RHOM") or (periods and periods[-1].reason == "E3"):
        return False
    if age >= 21 and not (row and row.team and in_touch != "NREQ"):
        return False
    return was_eligible(periods, born, day_d)


def is_suitable(row: LeaverRow | None) -> bool:
    """Flag 1, and neither custody, bed and breakfast, no fixed abode nor not known (C16)."""
    return row is not None and row.suitable == "1" and row.accommodation in SUITABLE_IF_FLAGGED
