"""Adoptions recorded as they should be, on which faults of adoption dates are typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from .cares import ADOPTION_REASONS, Care, children, code_of, day_of, today
from .extracts import Extracts, Row, Value
from .rows import retype, rows_with

PERMANENCE, TRACKER = "ssd_permanence", "ext_adoption_tracker"
DECISION, PLACEMENT_ORDER = "perm_adm_decision_date", "perm_placement_order_date"
MATCH, PLACED = "perm_matched_date", "perm_placed_for_adoption_date"
ADOPTED, REVERSED = "perm_permanence_order_date", "perm_decision_reversed_date"

ON_TRACKER = {
    DECISION: "shobpa_date",
    PLACEMENT_ORDER: "placement_order_date",
    MATCH: "match_date",
    PLACED: "placed_date",
    ADOPTED: "order_date",
}
"""The steps in their order, and the same on the service's own tracker."""


@dataclass(frozen=True)
class Adoption:
    """An adopted child's permanence row and the period of care that ended with the adoption."""

    row: Row
    care: Care

    @property
    def person_id(self) -> str:
        """The child."""
        return str(self.row["perm_person_id"])

    @property
    def row_id(self) -> str:
        """The id of the permanence row."""
        return str(self.row["perm_table_id"])

    def day(self, step: str) -> date:
        """Return the day of a step."""
        return day_of(self.row[step])


def complete_adoptions(extracts: Extracts) -> dict[str, Adoption]:
    """Return the adoptions with every step dated, in order and as the other rows say."""
    return extracts.free(_complete_adoptions)


def _complete_adoptions(extracts: Extracts) -> dict[str, Adoption]:
    rows = extracts.rows_of(PERMANENCE, "perm_person_id")
    cares = {child.person_id: child.last for child in children(extracts)}
    found = {}
    for person_id, mine in rows.items():
        care = cares.get(person_id)
        if len(mine) == 1 and care and care.reason in ADOPTION_REASONS:
            adoption = Adoption(mine[0], care)
            if _is_complete(adoption):
                found[person_id] = adoption
    return found


def untracked_adoptions(extracts: Extracts) -> dict[str, Adoption]:
    """Return those of them that are older than the tracker."""
    tracked = extracts.rows_of(TRACKER, "person_id")
    return {p: one for p, one in complete_adoptions(extracts).items() if p not in tracked}


def _is_complete(adoption: Adoption) -> bool:
    days = [adoption.row[step] for step in ON_TRACKER]
    if None in days or adoption.row["perm_cla_id"] != adoption.care.cla_id:
        return False
    dated = [day_of(day) for day in days]
    is_in_order = all(a < b for a, b in pairwise([adoption.care.start, *dated]))
    begun = [o["lega_legal_status_start_date"] for o in adoption.care.orders if code_of(o) == "E1"]
    return is_in_order and begun == [dated[1]] and adoption.care.end == dated[4]


def put_on_tracker(extracts: Extracts, adoption: Adoption) -> Row:
    """Give the child a line on the tracker that agrees with each month; return the latest."""
    extracts.remove(TRACKER, "person_id", adoption.person_id)
    for month in extracts.months:
        for row in rows_with(extracts, PERMANENCE, adoption.row_id, month):
            steps: dict[str, Value] = {name: row[step] for step, name in ON_TRACKER.items()}
            updated = max((day_of(day) for day in steps.values() if day), default=None)
            line: Row = {"person_id": adoption.person_id, **steps, "source_date": updated}
            extracts.rows(TRACKER, month).add(line)
    return rows_with(extracts, TRACKER, adoption.person_id)[0]


def retype_step(extracts: Extracts, adoption: Adoption, step: str, value: Value) -> Value:
    """Type a step over in the case system, and on the tracker where it has a line."""
    for line in rows_with(extracts, TRACKER, adoption.person_id):
        retype(extracts, TRACKER, line, ON_TRACKER[step], value)
    return retype(extracts, PERMANENCE, adoption.row, step, value)


def reopen_everywhere(extracts: Extracts, adoption: Adoption) -> None:
    """Take back the adoption in every month: the child is still looked after."""
    ends: Mapping[str, tuple[str, str, str | None]] = {
        "ssd_cla_episodes": (
            "clae_person_id",
            "clae_cla_episode_ceased_date",
            "clae_cla_episode_ceased_reason",
        ),
        "ssd_cla_placement": (
            "clap_person_id",
            "clap_cla_placement_end_date",
            "clap_cla_placement_change_reason",
        ),
        "ssd_legal_status": ("lega_person_id", "lega_legal_status_end_date", None),
        "ssd_involvements": ("invo_person_id", "invo_involvement_end_date", None),
    }
    ended = adoption.care.end  # read from the rows that are about to change
    for month in extracts.months:
        for table, (person, end, reason) in ends.items():
            for row in extracts.where(table, person, adoption.person_id, month):
                if row[end] == ended:
                    row[end] = None
                    if reason:
                        row[reason] = None
    retype(extracts, PERMANENCE, adoption.row, ADOPTED, None)


def young_children_in_care(extracts: Extracts, age: int) -> dict[str, Care]:
    """Return the open periods of care of children under an age without a permanence row."""
    planned = extracts.rows_of(PERMANENCE, "perm_person_id")
    day = today(extracts)
    return {
        child.person_id: child.last
        for child in children(extracts)
        if child.is_in_care
        and child.is_under(age, day)
        and child.person_id not in planned
        and child.last.last_code in ("C1", "C2")
    }
