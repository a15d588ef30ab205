"""Young people with a right to leaving-care support (C15), as the recorded care says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from synthetic.days import age_on, birthday, days

from .cares import END, EPISODES, REC, Child, children, put, today
from .extracts import Extracts, Row, Value
from .rows import single_rows

LEAVERS, TEAM = "ssd_care_leavers", "Leaving Care Team"
ELIGIBILITY, IN_TOUCH = "clea_care_leaver_eligibility", "clea_care_leaver_in_touch"
CONTACT, ACTIVITY = "clea_care_leaver_latest_contact", "clea_care_leaver_activity"
HOME, SUITABLE = "clea_care_leaver_accommodation", "clea_care_leaver_accom_suitable"
SERVED_BY = "clea_care_leaver_allocated_team"
NIGHTS_NEEDED = 91


@dataclass(frozen=True)
class Leaver:
    """A young person's only row, the child behind it and the age in the latest month."""

    row: Row
    child: Child
    age: int

    @property
    def person_id(self) -> str:
        """The young person."""
        return self.child.person_id


def nights_since_14(child: Child, day: date) -> int:
    """Return the nights in care from the 14th birthday to a day."""
    first = birthday(child.birth_date, 14)
    spans = [(max(care.start, first), min(care.end or day, day)) for care in child.cares]
    return sum((end - start).days for start, end in spans if start < end)


def was_eligible(child: Child, day: date) -> bool:
    """Return whether a child had the 13 weeks, with a day at 16 or over, by a day."""
    ends = [care.end or day for care in child.cares]
    is_16 = max(ends) > birthday(child.birth_date, 16)
    return is_16 and nights_since_14(child, day) > NIGHTS_NEEDED


def leavers(extracts: Extracts, eligibility: str | None = None) -> dict[str, Leaver]:
    """Return the young people with one row, those of one eligibility where it is given."""
    return {
        person_id: one
        for person_id, one in extracts.free(_leavers).items()
        if eligibility in (None, one.row[ELIGIBILITY])
    }


def _leavers(extracts: Extracts) -> dict[str, Leaver]:
    rows, day = single_rows(extracts, LEAVERS), today(extracts)
    return {
        child.person_id: Leaver(rows[child.person_id], child, age_on(child.birth_date, day))
        for child in children(extracts)
        if child.person_id in rows
    }


def former_relevant(extracts: Extracts) -> dict[str, Leaver]:
    """Return the care leavers of 18 to 20 with a team, lately seen, whom care made eligible."""
    return extracts.free(_former_relevant)


def _former_relevant(extracts: Extracts) -> dict[str, Leaver]:
    lately = today(extracts) - days(80)
    return {
        person_id: one
        for person_id, one in leavers(extracts, "Former relevant child").items()
        if 18 <= one.age <= 20
        and not one.child.is_in_care
        and was_eligible(one.child, today(extracts))
        and (one.row[SERVED_BY], one.row[IN_TOUCH]) == (TEAM, "YES")
        and _is_since(one.row[CONTACT], lately)
    }


def _is_since(contact: Value, day: date) -> bool:
    return isinstance(contact, date) and contact >= day


def can_leave_at_17(extracts: Extracts) -> dict[str, Leaver]:
    """Return the eligible children of 17 in care who could have left in the last weeks."""
    return extracts.free(_can_leave_at_17)


def _can_leave_at_17(extracts: Extracts) -> dict[str, Leaver]:
    day = today(extracts)
    missing = {
        row["miss_person_id"]
        for row in extracts.rows("ssd_missing")
        if row["miss_missing_episode_end_date"] is None
    }
    return {
        person_id: one
        for person_id, one in leavers(extracts, "Eligible child").items()
        if one.age == 17
        and one.child.is_in_care
        and one.child.last.start < day - days(120)
        and one.child.last.episodes[-1]["clae_cla_episode_start_date"] != day
        and was_eligible(one.child, day)
        and person_id not in missing
    }


_ENDS = {
    "ssd_cla_placement": ("clap_person_id", "clap_cla_placement_end_date"),
    "ssd_legal_status": ("lega_person_id", "lega_legal_status_end_date"),
    "ssd_involvements": ("invo_person_id", "invo_involvement_end_date"),
}
_EVENTS = {
    "ssd_cla_visits": ("clav_person_id", "clav_cla_visit_date"),
    "ext_iro_activity": ("person_id", "report_date"),
    "ext_pep": ("person_id", "meeting_date"),
}


def leave_care(extracts: Extracts, one: Leaver, reason: str) -> date:
    """End the care in the latest month, on the first day it may; return the day."""
    last = one.child.last
    begun = last.episodes[-1]["clae_cla_episode_start_date"]
    assert isinstance(begun, date)
    day = max(begun + days(1), today(extracts) - days(6))
    put(extracts, EPISODES, last.last_id, {END: day, REC: reason})
    _close_rows(extracts, one.person_id, day)
    return day


def _close_rows(extracts: Extracts, person_id: str, day: date) -> None:
    homes = set()
    for table, (person, end) in _ENDS.items():
        for row in extracts.where(table, person, person_id):
            if row[end] is None:
                row[end] = day
                homes.add(row.get("clap_cla_placement_id"))
    for home in homes:
        for price in extracts.where("ext_placement_cost", "placement_id", home):
            price["end_date"] = price["end_date"] or day
    for table, (person, happened) in _EVENTS.items():
        later = [row for row in extracts.where(table, person, person_id) if _is(row[happened], day)]
        extracts.rows(table).remove(later)


def _is(happened: Value, after: date) -> bool:
    return isinstance(happened, date) and happened > after


def set_relevant(extracts: Extracts, one: Leaver, day: date) -> None:
    """Let the row say what it should of a relevant child, from the day care ended."""
    state: Row = {
        ELIGIBILITY: "Relevant child",
        IN_TOUCH: "YES",
        CONTACT: min(day + days(3), today(extracts)),
        HOME: "B",
        SUITABLE: "1",
        ACTIVITY: "F2",
        SERVED_BY: TEAM,
    }
    one.row.update(state)
