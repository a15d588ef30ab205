"""DQ23: a duplicate or wrong lead worker, and cases that managers hold.

Shapes: the case was handed over and the old involvement left open; none is open; the lead is a team
manager or a whole team; the involvement is still open after the worker left. For the count the
latest start wins; nothing is put right.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from synthetic.days import days

from .cares import children, day_of, today
from .extracts import Extracts, Row, Value
from .rows import Make, Spot, add_as_known, each_of, issue_of, retype, single_rows

STAFF, INVOLVEMENTS, LEAD = "ext_staff", "ssd_involvements", "Allocated Worker"
ID, WORKER, ROLE = "invo_involvements_id", "invo_professional_id", "invo_professional_role_id"
TEAM, BEGUN, ENDED = (
    "invo_professional_team",
    "invo_involvement_start_date",
    "invo_involvement_end_date",
)
IN_POST = 60
"""Days that a lead has had the case at least, so that a handover fits in after it."""


@dataclass(frozen=True)
class Case:
    """A looked after child's lead involvements in order; the last one is open."""

    person_id: str
    leads: tuple[Row, ...]

    @property
    def open(self) -> Row:
        """The open involvement."""
        return self.leads[-1]

    def spot(self, row: Row, column: str, true: Value = None) -> Spot:
        """Return a cell of an involvement of the case."""
        place = (INVOLVEMENTS, str(row[ID]), column, row[column])
        return Spot(*place, true, person_id=self.person_id)


def in_post(extracts: Extracts, role: str, team: Value = None) -> list[Row]:
    """Return the staff of a role in post at the latest month end, of one team where given."""
    return [
        row
        for row in single_rows(extracts, STAFF).values()
        if (row["role"], row["end_date"]) == (role, None) and team in (None, row["team"])
    ]


def _cases(extracts: Extracts) -> dict[str, Case]:
    """Return the cases with one open lead, a social worker in post for some time."""
    workers = {row["professional_id"] for row in in_post(extracts, "Social Worker")}
    before = today(extracts) - days(IN_POST)
    involved = extracts.rows_of(INVOLVEMENTS, "invo_person_id")
    found = {}
    for child in children(extracts):
        rows = [row for row in involved.get(child.person_id, []) if row[ROLE] == LEAD]
        rows.sort(key=lambda row: (day_of(row[BEGUN]), str(row[ID])))
        still = [row for row in rows if row[ENDED] is None]
        if not child.is_in_care or len(still) != 1 or still[0] is not rows[-1]:
            continue
        if still[0][WORKER] in workers and day_of(still[0][BEGUN]) < before:
            found[child.person_id] = Case(child.person_id, tuple(rows))
    return found


def _hand_over(extracts: Extracts, chance: random.Random, case: Case) -> date:
    """Add the involvement of another worker in the last weeks; return its start."""
    others = [
        row["professional_id"]
        for row in in_post(extracts, "Social Worker")
        if row["professional_id"] != case.open[WORKER]
        and day_of(row["start_date"]) < today(extracts) - days(30)
    ]
    day = today(extracts) - days(chance.randint(2, 25))
    ids = {ID: f"{case.open[ID]}9", WORKER: chance.choice(others)}
    add_as_known(extracts, INVOLVEMENTS, {**case.open, **ids, BEGUN: day, ENDED: None}, BEGUN)
    return day


def _two_open(extracts: Extracts, chance: random.Random, case: Case) -> Spot:
    day = _hand_over(extracts, chance, case)
    return case.spot(case.open, ENDED, day)


def _handed_over(extracts: Extracts, chance: random.Random, case: Case) -> Spot:
    case.open[ENDED] = _hand_over(extracts, chance, case)
    return case.spot(case.open, ENDED)


def _none_open(extracts: Extracts, chance: random.Random, case: Case) -> Spot:
    case.open[ENDED] = today(extracts) - days(chance.randint(0, 25))
    return case.spot(case.open, ENDED, "(open)")


def _led_by_manager(extracts: Extracts, chance: random.Random, case: Case) -> Spot:
    team = in_post(extracts, "Team Manager", case.open[TEAM])
    manager = chance.choice(team or in_post(extracts, "Team Manager"))
    wrong = manager["professional_id"]
    stood = retype(extracts, INVOLVEMENTS, case.open, WORKER, wrong)
    return case.spot(case.open, WORKER, stood)


def _led_by_team(extracts: Extracts, chance: random.Random, case: Case) -> Spot:
    stood = retype(extracts, INVOLVEMENTS, case.open, WORKER, case.open[TEAM])
    return case.spot(case.open, WORKER, stood)


def _left_to_successor(extracts: Extracts) -> dict[str, Case]:
    """Return the cases whose lead took over on the day the one before left the council.

    Not from a worker of whom another issue says that all cases were given away (DQ16).
    """
    left = {row["professional_id"]: row["end_date"] for row in extracts.rows(STAFF)}
    return {
        person_id: case
        for person_id, case in _cases(extracts).items()
        if len(case.leads) > 1
        and case.leads[-2][ENDED] == case.open[BEGUN]
        and case.leads[-2][ENDED] == left.get(case.leads[-2][WORKER])
        and str(case.leads[-2][WORKER]) not in extracts.taken
    }


def _led_by_leaver(extracts: Extracts, chance: random.Random, case: Case) -> Spot:
    """Take the handover back in every month: the case is still with the one who left."""
    before = case.leads[-2]
    extracts.remove(INVOLVEMENTS, ID, case.open[ID])
    stood = retype(extracts, INVOLVEMENTS, before, ENDED, None)
    return case.spot(before, ENDED, stood)


def _with_history(extracts: Extracts) -> dict[str, Case]:
    return {p: case for p, case in _cases(extracts).items() if len(case.leads) > 1}


def _manager_before(extracts: Extracts, chance: random.Random, case: Case) -> Spot:
    """Let a manager have held the case once; it was handed on long ago."""
    manager = chance.choice(in_post(extracts, "Team Manager"))
    before = case.leads[-2]
    retype(extracts, INVOLVEMENTS, before, WORKER, manager["professional_id"])
    return case.spot(before, WORKER)


def _leaving_soon(extracts: Extracts, chance: random.Random, case: Case) -> Spot:
    """Let the worker have given notice: the last day is after the month end."""
    for row in extracts.where(STAFF, "professional_id", case.open[WORKER]):
        row["end_date"] = today(extracts) + days(chance.randint(1, 40))
    return case.spot(case.open, WORKER)


def _another_role(role: str) -> Make:
    """Return the look-alike of a second open involvement, of a role that leads no case."""

    def change(extracts: Extracts, chance: random.Random, case: Case) -> Spot:
        return case.spot(_of_role(extracts, case.person_id)[0], ROLE)

    def suitable(extracts: Extracts) -> dict[str, Case]:
        found = _cases(extracts)
        return {p: case for p, case in found.items() if _of_role(extracts, p)}

    def _of_role(extracts: Extracts, person_id: str) -> list[Row]:
        return [
            row
            for row in extracts.where(INVOLVEMENTS, "invo_person_id", person_id)
            if (row[ROLE], row[ENDED]) == (role, None)
        ]

    return each_of(suitable, change)


ISSUE = issue_of(
    "DQ23",
    faults={
        "two open lead workers": each_of(_cases, _two_open),
        "no open lead worker": each_of(_cases, _none_open),
        "led by a team manager": each_of(_cases, _led_by_manager),
        "led by a team": each_of(_cases, _led_by_team),
        "open after the worker left": each_of(_left_to_successor, _led_by_leaver),
    },
    look_alikes={
        "handed over on one day": each_of(_cases, _handed_over),
        "a manager held it once": each_of(_with_history, _manager_before),
        "reviewing officer beside the lead": _another_role("IRO"),
        "worker leaves after the month end": each_of(_cases, _leaving_soon),
    },
)
