"""DQ02: open episodes of children whose discharge is still in the workflow, or who are past 18.

The child has left, or cannot be in care any more, and the last episode is still open: past the
18th birthday, after an adoption or another permanence order, after death, after the last home was
closed, or while the discharge waits to be finished. Only the birthday says when care ended.
"""

from __future__ import annotations

import random
from dataclasses import replace

from synthetic.days import birthday, days

from .cares import (
    END,
    EPISODES,
    GRANTED,
    GUARDIANSHIP_REASONS,
    ORDER,
    ORDERS,
    PERMANENCE,
    PERSONS,
    PLACE,
    PLACE_END,
    PLACEMENTS,
    PROVIDER,
    RNE,
    WORKFLOW,
    Cell,
    Child,
    add_granted,
    add_order,
    care_before,
    day_of,
    issue_of,
    later_order_id,
    put,
    reopen,
    row_of,
    today,
    was_adopted,
    went_home,
)
from .extracts import Extracts


def _is_adult_by_agreement(child: Child) -> bool:
    return child.last.last_code == "V2" and child.last.last_home[PLACE] == "K2"


def _left_at_18(child: Child) -> bool:
    return child.left_at_18 and child.is_under(22) and not _is_adult_by_agreement(child)


def _past_18(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return replace(reopen(extracts, child.last), is_repairable=True)


def _after_adoption(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    cell = reopen(extracts, child.last)
    paths = [
        row
        for row in extracts.where(PERMANENCE, "perm_cla_id", child.last.cla_id)
        if row["perm_decision_reversed_date"] is None
    ]
    if paths:
        put(extracts, PERMANENCE, str(paths[-1]["perm_table_id"]), {GRANTED: child.last.end})
    else:
        add_granted(extracts, child, child.last, "Adoption", day_of(child.last.end))
    return cell


def _has_a_guardian(child: Child) -> bool:
    is_ended_so = child.last.reason in {*GUARDIANSHIP_REASONS, "E41"}
    return child.has_left and is_ended_so and child.is_under(18)


def _after_an_order(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return reopen(extracts, child.last)


def _is_a_child_in_care(child: Child) -> bool:
    return child.is_in_care and child.is_under(17) and (child.today - child.last.start).days > 60


def _after_death(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    died = today(extracts) - days(chance.randint(0, 2))
    put(extracts, PERSONS, child.person_id, {"pers_death_date": died})
    extracts.remove(
        "ssd_cla_visits",
        "clav_person_id",
        child.person_id,
        [extracts.latest],
        lambda row: day_of(row["clav_cla_visit_date"]) >= died,
    )
    return Cell(EPISODES, child.last.last_id, END, died.isoformat())


def _last_home_closed(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    home = str(child.last.last_home["clap_cla_placement_id"])
    cell = reopen(extracts, child.last)
    put(extracts, PLACEMENTS, home, {PLACE_END: child.last.end})
    return cell


def _discharge_waits(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    started = today(extracts) - days(chance.randint(2, 20))
    extracts.rows(WORKFLOW).add(
        {
            "person_id": child.person_id,
            "task": "Discharge from care",
            "started_date": started,
            "completed_date": None,
        }
    )
    return Cell(EPISODES, child.last.last_id, END, started.isoformat())


def _left_one_home_at_18(child: Child) -> bool:
    last = child.last
    has_cover = any(str(home[PLACE]).startswith("T") for home in last.placements)
    is_move = last.episodes[-1][RNE] in ("S", "P")
    is_plain = len(child.cares) == len(last.orders) == 1 and is_move and not has_cover
    return child.left_at_18 and child.is_under(23) and is_plain


def _stays_by_agreement(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    last = child.last
    cell = reopen(extracts, last, extracts.months)
    home, order = last.last_home["clap_cla_placement_id"], last.orders[0]["lega_legal_status_id"]
    in_a_home = {PLACE: "K2", PROVIDER: "PR4"}
    put(extracts, PLACEMENTS, str(home), in_a_home, extracts.months)
    put(extracts, ORDERS, str(order), {ORDER: "V2"}, extracts.months)
    return replace(cell, true_value=None)


def _is_17_in_care(child: Child) -> bool:
    is_first = child.is_in_care and len(child.cares) == 1
    return is_first and not child.is_under(17) and child.is_under(18)


def _eighteen_tomorrow(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    tomorrow = today(extracts) + days(1)
    born = birthday(tomorrow, -18)
    put(extracts, PERSONS, child.person_id, {"pers_dob": born}, extracts.months)
    return Cell(EPISODES, child.last.last_id, END)


def _is_young_in_care(child: Child) -> bool:
    return child.is_in_care and child.may_have_been_before and child.is_under(17)


def _guardian_before(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id = care_before(extracts, child, chance, reason="E45")
    ended = day_of(row_of(extracts, EPISODES, row_id)[END])
    order_id = later_order_id(extracts, child.first)
    add_order(extracts, child, order_id, "SGO", ended, None)
    add_granted(extracts, child, child.first, "SGO", ended)
    return Cell(EPISODES, child.last.last_id, END)


ISSUE = issue_of(
    "DQ02",
    faults={
        "open past the 18th birthday": (_left_at_18, _past_18),
        "open after an adoption order": (was_adopted, _after_adoption),
        "open after another permanence order": (_has_a_guardian, _after_an_order),
        "open after death": (_is_a_child_in_care, _after_death),
        "open after the last home was closed": (went_home, _last_home_closed),
        "open while the discharge waits": (_is_a_child_in_care, _discharge_waits),
    },
    look_alikes={
        "past 18 in a children's home by agreement": (_left_one_home_at_18, _stays_by_agreement),
        "eighteen on the day after": (_is_17_in_care, _eighteen_tomorrow),
        "back in care after special guardianship": (_is_young_in_care, _guardian_before),
    },
)
