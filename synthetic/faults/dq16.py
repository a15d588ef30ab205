"""DQ16: what the weighting of caseloads needs is not recorded of a worker with cases.

Shapes: no hours on the staff list, or hours of nought; a worker who is not on the staff list and
has no hours in the case system, or no job title; no job title though on the list. A series that
crosses the change of method of February 2019 lies before any extract and is not typed in.
"""

from __future__ import annotations

import random

from .extracts import Extracts, Row, Value
from .rows import Make, Spot, each_of, issue_of, retype, row_with, single_rows

STAFF, PROFESSIONALS, INVOLVEMENTS = "ext_staff", "ssd_professionals", "ssd_involvements"
HOURS, TITLE = "contracted_fte", "prof_professional_job_title"
HOURS_IN_SYSTEM = "prof_full_time_equivalency"


def open_cases(extracts: Extracts) -> dict[str, int]:
    """Return how many open involvements each worker has."""
    found: dict[str, int] = {}
    for row in extracts.rows(INVOLVEMENTS):
        if row["invo_involvement_end_date"] is None:
            worker = str(row["invo_professional_id"])
            found[worker] = found.get(worker, 0) + 1
    return found


def _workers(extracts: Extracts) -> dict[str, Row]:
    """Return the staff rows of workers in post with cases and known hours."""
    cases, known = open_cases(extracts), single_rows(extracts, PROFESSIONALS)
    return {
        worker: row
        for worker, row in single_rows(extracts, STAFF).items()
        if cases.get(worker) and row[HOURS] and row["end_date"] is None and worker in known
    }


def _without_cases(extracts: Extracts) -> dict[str, Row]:
    """Return the staff rows of workers who left and gave all their cases away."""
    cases, known = open_cases(extracts), single_rows(extracts, PROFESSIONALS)
    return {
        worker: row
        for worker, row in single_rows(extracts, STAFF).items()
        if not cases.get(worker) and row["end_date"] is not None and worker in known
    }


def _staff_hours(value: Value) -> Make:
    def change(extracts: Extracts, chance: random.Random, row: Row) -> Spot:
        stood = retype(extracts, STAFF, row, HOURS, value)
        return Spot(STAFF, str(row["professional_id"]), HOURS, value, stood)

    return each_of(_workers, change)


def _in_system(column: str, *, is_on_list: bool) -> Make:
    """Return the shape of a cell of the case system left blank, by who is on the staff list."""

    def change(extracts: Extracts, chance: random.Random, row: Row) -> Spot:
        worker = str(row["professional_id"])
        if not is_on_list:
            extracts.remove(STAFF, "professional_id", worker)
        known = row_with(extracts, PROFESSIONALS, worker)
        stood = retype(extracts, PROFESSIONALS, known, column, None)
        return Spot(PROFESSIONALS, worker, column, None, stood)

    return each_of(_workers, change)


def _few_hours(extracts: Extracts, chance: random.Random, row: Row) -> Spot:
    retype(extracts, STAFF, row, HOURS, chance.choice((0.2, 0.4, 0.5)))
    return Spot(STAFF, str(row["professional_id"]), HOURS, row[HOURS])


def _left(value: Value) -> Make:
    def change(extracts: Extracts, chance: random.Random, row: Row) -> Spot:
        retype(extracts, STAFF, row, HOURS, value)
        return Spot(STAFF, str(row["professional_id"]), HOURS, value)

    return each_of(_without_cases, change)


ISSUE = issue_of(
    "DQ16",
    faults={
        "no hours on the staff list": _staff_hours(None),
        "hours of nought": _staff_hours(0.0),
        "no job title": _in_system(TITLE, is_on_list=True),
        "not on the staff list, no hours": _in_system(HOURS_IN_SYSTEM, is_on_list=False),
        "not on the staff list, no job title": _in_system(TITLE, is_on_list=False),
    },
    look_alikes={
        "few hours": each_of(_workers, _few_hours),
        "left, no hours, no cases": _left(None),
        "left, hours of nought, no cases": _left(0.0),
    },
)
