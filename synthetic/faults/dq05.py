"""DQ05: a plan recorded as another plan type at sixteen and a quarter.

Until three months after the 16th birthday an eligible child has a care plan, from then on a
pathway plan too. Either the pathway plan came early and the care plan is gone, or the care plan
went on and there is no pathway plan. (Documents not linked need a table of forms: not supplied.)
"""

from __future__ import annotations

import random
from datetime import date

from synthetic.days import add_months, age_on, birthday, days

from .cares import PERSONS, Child, day_of
from .cases import PATHWAYS, PLANS, Mark, Records, case, issue_of_cases, retype
from .extracts import Row
from .rows import missing_from

START, END, PLAN_DATE = "lacp_cla_care_plan_start_date", "lacp_cla_care_plan_end_date", "plan_date"
NIGHTS = 91


def due(child: Child) -> date:
    """Return the day a pathway plan is due, for a child of one period of care (C15, reg 42)."""
    eligible = max(birthday(child.birth_date, 14), child.first.start) + days(NIGHTS)
    return add_months(max(birthday(child.birth_date, 16), eligible), 3)


def _is_simple(child: Child) -> bool:
    return child.is_in_care and len(child.cares) == 1


def _is_due(records: Records, child: Child) -> bool:
    is_child = records.today < birthday(child.birth_date, 18)
    return _is_simple(child) and is_child and due(child) < records.today - days(20)


def _last_plans(records: Records, child: Child) -> list[Row]:
    """Return the last care plan, where it is in force at the end of the month."""
    rows = sorted(records.of(PLANS, child.person_id), key=lambda row: day_of(row[START]))
    return [row for row in rows[-1:] if row[END] is None]


def _young(records: Records, child: Child) -> list[Row]:
    """Offer the care plan in force of a child of fifteen or just sixteen."""
    is_near = age_on(child.birth_date, records.today) >= 15 and records.today < due(child)
    if not _is_simple(child) or not is_near:
        return []
    return [row for row in _last_plans(records, child) if _age(records, row) > 25]


def _age(records: Records, plan: Row) -> int:
    return (records.today - day_of(plan[START])).days


def _older(records: Records, child: Child) -> list[Row]:
    """Offer the last care plan of a child past the date whose plan began before it."""
    rows = sorted(records.of(PLANS, child.person_id), key=lambda row: day_of(row[START]))
    if not _is_due(records, child) or not records.of(PATHWAYS, child.person_id):
        return []
    return [row for row in rows[-1:] if day_of(row[START]) < due(child)]


def _add_pathway(records: Records, child: Child, day: date) -> Row:
    row: Row = {"person_id": child.person_id, PLAN_DATE: day, "plan_type": "Initial"}
    return records.add(PATHWAYS, row)


def _drop_pathways(records: Records, child: Child) -> None:
    extracts = records.extracts
    extracts.remove(PATHWAYS, "person_id", child.person_id)
    for month in extracts.months:
        for row in extracts.where("ssd_care_leavers", "clea_person_id", child.person_id, month):
            row["clea_pathway_plan_review_date"] = None


def _pathway_alone(records: Records, chance: random.Random, child: Child, plan: Row) -> list[Mark]:
    records.extracts.rows(PLANS).remove(records.of(PLANS, child.person_id))
    _drop_pathways(records, child)
    row = _add_pathway(records, child, records.today - days(chance.randint(5, 24)))
    return [Mark(PATHWAYS, row, "plan_type", missing_from(PLANS))]


def _pathway_instead(
    records: Records, chance: random.Random, child: Child, plan: Row
) -> list[Mark]:
    _drop_pathways(records, child)
    day = records.today - days(chance.randint(5, 24))
    _add_pathway(records, child, day)
    return [retype(PLANS, plan, END, day)]


def _care_plan_kept(records: Records, chance: random.Random, child: Child, plan: Row) -> list[Mark]:
    _drop_pathways(records, child)
    plan[END] = None
    return [Mark(PLANS, plan, START, missing_from(PATHWAYS))]


def _care_plan_again(
    records: Records, chance: random.Random, child: Child, plan: Row
) -> list[Mark]:
    _drop_pathways(records, child)
    return [Mark(PLANS, _renewed(records, child, plan), START, missing_from(PATHWAYS))]


def _renewed(records: Records, child: Child, plan: Row) -> Row:
    day = max(due(child), records.today - days(90))
    if plan[END] is None or day_of(plan[END]) > day:
        plan[END] = day
    return records.add(
        PLANS, plan, {"lacp_table_id": f"{plan['lacp_table_id']}7", START: day, END: None}
    )


def _both_early(records: Records, chance: random.Random, child: Child, plan: Row) -> list[Mark]:
    _add_pathway(records, child, records.today - days(chance.randint(5, 24)))
    return [Mark(PLANS, plan, START)]


def _both_late(records: Records, chance: random.Random, child: Child, plan: Row) -> list[Mark]:
    renewed = _renewed(records, child, plan)
    _add_pathway(records, child, day_of(renewed[START]))
    return [Mark(PLANS, renewed, START)]


def _only_care_plan(records: Records, chance: random.Random, child: Child, plan: Row) -> list[Mark]:
    _drop_pathways(records, child)
    return [Mark(PLANS, plan, START)]


def _just_sixteen(records: Records, child: Child) -> list[Row]:
    return _young(records, child) if age_on(child.birth_date, records.today) == 16 else []


def _short_time_in_care(records: Records, child: Child) -> list[Row]:
    """Offer the plan of a child who came into care less than half a year ago."""
    since = (records.today - child.first.start).days
    is_new = _is_simple(child) and 40 < since < 170 and not child.is_uasc
    is_old_enough = age_on(child.birth_date, records.today) >= 8
    return _last_plans(records, child) if is_new and is_old_enough else []


def _came_at_sixteen(
    records: Records, chance: random.Random, child: Child, plan: Row
) -> list[Mark]:
    born = add_months(child.first.start, -12 * 16 - 4)
    for month in records.extracts.months:
        for row in records.of(PERSONS, child.person_id, month):
            row["pers_dob"] = born
    return _only_care_plan(records, chance, child, plan)


ISSUE = issue_of_cases(
    "DQ05",
    faults={
        "pathway plan early, no care plan": case(_young, _pathway_alone),
        "care plan ended for an early pathway plan": case(_young, _pathway_instead),
        "care plan kept past the date, no pathway plan": case(_older, _care_plan_kept),
        "new care plan past the date, no pathway plan": case(_older, _care_plan_again),
    },
    look_alikes={
        "both plans before the date": case(_young, _both_early),
        "both plans past the date": case(_older, _both_late),
        "sixteen, but not by three months": case(_just_sixteen, _only_care_plan),
        "not yet eligible for long enough": case(_short_time_in_care, _came_at_sixteen),
    },
)
