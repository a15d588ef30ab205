"""Whom the issues of contacts, homes, schooling and health blame, by the catalogue's rules.

Each rule goes through a whole extract: it must blame the rows that a fault made wrong, and must
not blame the sound rows that only look like it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise

from synthetic.days import (
    add_months,
    add_working_days,
    age_on,
    birthday,
    days,
    is_working_day,
)
from synthetic.faults.cares import Care, Child, children_in_order
from synthetic.faults.cases import row_id
from synthetic.faults.extracts import Extracts, Row

Found = Iterator[tuple[str, Row]]


def today(extracts: Extracts) -> date:
    return extracts.settings.month_ends[-1]


def by(extracts: Extracts, table: str, column: str) -> Mapping[str, Sequence[Row]]:
    return extracts.rows_of(table, column)


@cache
def in_order(extracts: Extracts) -> list[Child]:
    return list(children_in_order(extracts).values())


def day(row: Row, column: str) -> date | None:
    value = row[column]
    assert value is None or isinstance(value, date)
    return value


def at(row: Row, column: str) -> date:
    value = row[column]
    assert isinstance(value, date)
    return value


def late(extracts: Extracts, table: str, column: str) -> Found:
    """Rows not yet in an extract that was taken after they were to be known."""
    known = {
        month: {row_id(table, row) for row in extracts.rows(table, month)}
        for month in extracts.months
    }
    for row in extracts.rows(table):
        due = add_working_days(at(row, column), 5)
        for month, end in zip(extracts.months, extracts.settings.month_ends, strict=True):
            if row_id(table, row) in known[month]:
                break
            if due <= end:
                yield table, row
                break


def late_visits(extracts: Extracts) -> Found:
    return late(extracts, "ssd_cla_visits", "clav_cla_visit_date")


def late_checks(extracts: Extracts) -> Found:
    for table, row in late(extracts, "ssd_cla_health", "clah_health_check_date"):
        if row["clah_health_check_status"] == "Completed":
            yield table, row


def wrong_plans(extracts: Extracts) -> Found:
    plans = by(extracts, "ssd_cla_care_plan", "lacp_person_id")
    pathways = by(extracts, "ext_pathway_plan", "person_id")
    end = today(extracts)
    for child in in_order(extracts):
        if not child.is_in_care or len(child.cares) > 1 or end >= birthday(child.birth_date, 18):
            continue
        eligible = max(birthday(child.birth_date, 14), child.first.start) + days(91)
        due = add_months(max(birthday(child.birth_date, 16), eligible), 3)
        mine = sorted(plans.get(child.person_id, []), key=lambda r: at(r, PLAN_START))
        others = pathways.get(child.person_id, [])
        in_force = [row for row in mine if row["lacp_cla_care_plan_end_date"] is None]
        if end < due and others and not in_force:
            yield ("ssd_cla_care_plan", mine[-1]) if mine else ("ext_pathway_plan", others[-1])
        if end >= due and in_force and not others:
            yield "ssd_cla_care_plan", mine[-1]


PLAN_START = "lacp_cla_care_plan_start_date"
REVIEWED, DUE = "clar_cla_review_date", "clar_cla_review_due_date"


def held_reviews(extracts: Extracts) -> Iterator[tuple[Child, Care, list[Row]]]:
    rows = by(extracts, "ssd_cla_reviews", "clar_cla_id")
    for child in in_order(extracts):
        for care in child.cares:
            held = [
                row
                for row in rows.get(care.cla_id, [])
                if row["clar_cla_review_cancelled"] == "N" and row[REVIEWED]
            ]
            yield child, care, sorted(held, key=lambda row: at(row, REVIEWED))


def wrong_reviews(extracts: Extracts) -> Found:
    for _, care, held in held_reviews(extracts):
        for number, row in enumerate(held):
            before = held[number - 1] if number else None
            if is_wrong_review(extracts, care, row, before, number):
                yield "ssd_cla_reviews", row


def is_wrong_review(
    extracts: Extracts, care: Care, row: Row, before: Row | None, number: int
) -> bool:
    on, due = at(row, REVIEWED), at(row, DUE)
    is_impossible = on > today(extracts) or on < care.start or not is_working_day(on)
    is_far = abs((on - due).days) > 180
    other = date(on.year, on.day, on.month) if on.day <= 12 and on.day != on.month else None
    is_swapped = on > due and other is not None and care.start < other <= due
    if before is None:
        return is_impossible or is_far or is_swapped
    computed = add_months(at(before, REVIEWED), 3 if number == 1 else 6)
    is_off = abs((due - computed).days) > 3
    is_twice = (on - at(before, REVIEWED)).days <= 10
    return is_impossible or is_far or is_swapped or is_off or is_twice


def placed(extracts: Extracts) -> Iterator[tuple[Row, Row, Row, Row]]:
    """Two episodes that follow each other, each with its home."""
    homes = {row["clap_cla_placement_id"]: row for row in extracts.rows("ssd_cla_placement")}
    for child in in_order(extracts):
        for care in child.cares:
            for one, after in pairwise(care.episodes):
                yield (
                    one,
                    homes[one["clae_cla_placement_id"]],
                    after,
                    homes[after["clae_cla_placement_id"]],
                )


RNE, PLACE = "clae_cla_episode_start_reason", "clap_cla_placement_type"
HOME_START, HOME_END = "clap_cla_placement_start_date", "clap_cla_placement_end_date"


def same_home(one: Row, other: Row) -> bool:
    columns = ("clap_cla_placement_urn", "clap_cla_placement_postcode", PLACE)
    return all(one[column] == other[column] for column in columns)


def missing_as_moves(extracts: Extracts) -> Found:
    missing = by(extracts, "ssd_missing", "miss_person_id")
    spans = {
        person: [(at(row, MISSED), day(row, FOUND)) for row in rows]
        for person, rows in missing.items()
    }
    for home in extracts.rows("ssd_cla_placement"):
        is_no_home = home[PLACE] == "Z1" or "Missing" in str(home[PLACE])
        starts = [start for start, _ in spans.get(str(home["clap_person_id"]), [])]
        if is_no_home and home[HOME_START] in starts:
            yield "ssd_cla_placement", home
    for one, home, after, home_after in placed(extracts):
        closed, opened = day(home, HOME_END), at(home_after, HOME_START)
        if home is home_after or closed is None or closed >= opened or after[RNE] != "P":
            continue
        for start, end in spans.get(str(one["clae_person_id"]), []):
            if start <= closed and (end is None or opened <= end) and same_home(home, home_after):
                yield "ssd_cla_episodes", after


MISSED, FOUND = "miss_missing_episode_start_date", "miss_missing_episode_end_date"
LIMITS = {"T1": 42, "T3": 21, "T4": 7}


def misused_cover(extracts: Extracts) -> Found:
    homes = {row["clap_cla_placement_id"]: row for row in extracts.rows("ssd_cla_placement")}
    for child in in_order(extracts):
        for care in child.cares:
            rows = [(row, homes[row["clae_cla_placement_id"]]) for row in care.episodes]
            for number, (episode, home) in enumerate(rows):
                if str(home[PLACE]).startswith("T"):
                    before = rows[number - 1] if number else None
                    after = rows[number + 1] if number + 1 < len(rows) else None
                    yield from wrong_cover(episode, home, before, after)


def wrong_cover(
    episode: Row, home: Row, before: tuple[Row, Row] | None, after: tuple[Row, Row] | None
) -> Found:
    end = day(home, HOME_END)
    is_long = end is not None and (end - at(home, HOME_START)).days > LIMITS.get(
        str(home[PLACE]), 9999
    )
    is_last = after is None and end is not None
    is_elsewhere = before is not None and after is not None and not same_home(before[1], after[1])
    is_provided = home["clap_cla_placement_provider"] is not None
    if is_long or before is None or is_last or is_elsewhere or is_provided:
        yield "ssd_cla_placement", home
    if after is not None and after[0][RNE] in ("T", "L"):
        yield "ssd_cla_episodes", after[0]


def unlinked_plans(extracts: Extracts) -> Found:
    known = {child.person_id: child for child in in_order(extracts)}
    persons = {str(row["pers_person_id"]): row for row in extracts.rows("ssd_person")}
    for row in extracts.rows("ext_pep"):
        child, on = known.get(str(row["person_id"])), day(row, "meeting_date")
        is_in_care = child is not None and any(covers(care, on) for care in child.cares)
        is_unknown = row["person_id"] not in persons
        if is_unknown or on is None or (child is not None and not is_in_care):
            yield "ext_pep", row
    have = by(extracts, "ext_pep", "person_id")
    for person_id, child in known.items():
        is_due = add_working_days(child.last.start, 20) < today(extracts)
        is_of_age = 2 <= age_on(child.birth_date, today(extracts)) < 18
        if child.is_in_care and is_due and is_of_age and person_id not in have:
            yield "ssd_person", persons[person_id]


def covers(care: Care, on: date | None) -> bool:
    return on is not None and care.start <= on and (care.end is None or on < care.end)


def unknown_places(extracts: Extracts) -> Found:
    for row in extracts.rows("ssd_cla_placement"):
        miles, place = row["clap_cla_placement_distance"], row[PLACE]
        code = str(row["clap_cla_placement_postcode"] or "ZZ1 1AA").replace(" ", "")
        is_code = code[:2].isalpha() and code[-3:-2].isdigit() and code[-2:].isalpha()
        is_nought = miles == 0 and place != "P1"
        if miles is None or miles == 999.9 or is_nought or not is_code:
            yield "ssd_cla_placement", row


CODES = frozenset(
    "U1 U2 U3 U4 U5 U6 A3 A4 A5 A6 P1 P2 P3 H5 K1 K2 K3".split()
    + "R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 Z1 Z13".split()
)
LOCAL = {
    "R38(6) court directed",
    "Unregistered emergency",
    "Foster carer",
    "Foster carer - long term",
    "Connected person foster carer",
    "Children's home",
    "Registered supported accommodation",
}


def strange_places(extracts: Extracts) -> Found:
    born = {row["pers_person_id"]: at(row, "pers_dob") for row in extracts.rows("ssd_person")}
    for row in extracts.rows("ssd_cla_placement"):
        start, end = at(row, HOME_START), day(row, HOME_END) or today(extracts)
        is_old = row[PLACE] in ("H5", "P2") and end > date(2024, 4, 1)
        is_early = row[PLACE] == "K3" and start < date(2024, 4, 1)
        is_young = row[PLACE] in ("H5", "K3", "P2") and start < birthday(
            born[row["clap_person_id"]], 16
        )
        if is_old or is_early or is_young or row[PLACE] not in CODES | LOCAL:
            yield "ssd_cla_placement", row


def wrong_missing(extracts: Extracts) -> Found:
    missing = by(extracts, "ssd_missing", "miss_person_id")
    for child in in_order(extracts):
        rows = sorted(missing.get(child.person_id, []), key=lambda row: at(row, MISSED))
        for row in rows:
            start, end = at(row, MISSED), day(row, FOUND)
            care = next((c for c in child.cares if covers(c, start)), None)
            is_late = care is not None and care.end is not None and (end is None or end > care.end)
            if care is None or is_late or (end is not None and end < start):
                yield "ssd_missing", row
        for one, after in pairwise(rows):
            end = day(one, FOUND)
            if end is None or at(after, MISSED) < end:
                yield "ssd_missing", after


def household_of(extracts: Extracts) -> Callable[[Row], object]:
    rows = extracts.rows("ext_foster_placement")
    known = {row["placement_id"]: row["household_id"] for row in rows}
    return lambda home: known.get(home["clap_cla_placement_id"])


def adoptions_as_moves(extracts: Extracts) -> Found:
    household = household_of(extracts)
    for _, home, after, home_after in placed(extracts):
        is_move = after[RNE] in ("P", "B") and home is not home_after
        is_same = household(home) is not None and household(home) == household(home_after)
        is_other = home_after[PLACE] in ("A4", "A6") and is_same
        if is_move and (home_after[PLACE] in ("A3", "A5") or is_other):
            yield "ssd_cla_episodes", after


def house_moves_as_moves(extracts: Extracts) -> Found:
    household = household_of(extracts)
    for _, home, after, home_after in placed(extracts):
        is_cover = str(home[PLACE])[0] == "T" or str(home_after[PLACE])[0] == "T"
        is_same = household(home) is not None and household(home) == household(home_after)
        is_said = home["clap_cla_placement_change_reason"] == "PLACE"
        if after[RNE] == "P" and home is not home_after and not is_cover and (is_same or is_said):
            yield "ssd_cla_episodes", after


def wrong_uasc(extracts: Extracts) -> Found:
    status = by(extracts, "ssd_immigration_status", "immi_person_id")
    persons = {str(row["pers_person_id"]): row for row in extracts.rows("ssd_person")}
    before = {
        str(row["pers_person_id"]): row["pers_dob"]
        for row in extracts.rows("ssd_person", extracts.months[-2])
    }
    for child in in_order(extracts):
        person = persons[child.person_id]
        eighteen = birthday(child.birth_date, 18)
        for row in status.get(child.person_id, []):
            is_open = row["immi_immigration_status_end_date"] is None
            is_uasc = row["immi_immigration_status"] == "UASC"
            if is_uasc and is_open and eighteen <= today(extracts):
                yield "ssd_immigration_status", row
        is_adult = child.last.reason == "E15"
        if is_adult and child.last.end is not None and child.last.end < eighteen:
            yield "ssd_person", person
        is_changed = before.get(child.person_id, child.birth_date) != child.birth_date
        if is_changed and not is_adult:
            yield "ssd_person", person
        miles = {row["clap_cla_placement_distance"] for row in child.last.placements}
        is_alone = child.last.episodes[0]["clae_cla_primary_need_code"] == "N8"
        if is_alone and miles == {999.9} and child.person_id not in status:
            yield "ssd_person", person


def wrong_scores(extracts: Extracts) -> Found:
    born = {row["pers_person_id"]: at(row, "pers_dob") for row in extracts.rows("ssd_person")}
    for row in extracts.rows("ssd_sdq_scores"):
        score, reason = row["csdq_sdq_score"], row["csdq_sdq_reason"]
        age = age_on(born[row["csdq_person_id"]], at(row, "csdq_sdq_completed_date"))
        is_outside = isinstance(score, int) and not 0 <= score <= 40
        if is_outside or (score is None and not reason) or (reason == "SDQ1" and 4 <= age <= 16):
            yield "ssd_sdq_scores", row


def wrong_assessments(extracts: Extracts) -> Found:
    checks = by(extracts, "ssd_cla_health", "clah_person_id")
    for child in in_order(extracts):
        rows = [
            row
            for row in checks.get(child.person_id, [])
            if row["clah_health_check_type"] == "Health Assessment"
        ]
        dates = {"Completed": [], "Planned": []} | {
            status: [at(r, CHECKED) for r in rows if r["clah_health_check_status"] == status]
            for status in ("Completed", "Planned")
        }
        has_one = any(on >= child.first.start for on in dates["Completed"])
        for row in rows:
            on, status = at(row, CHECKED), row["clah_health_check_status"]
            is_coming = status == "Completed" and on > today(extracts)
            is_past = status == "Planned" and on <= today(extracts)
            is_before = status == "Completed" and on < child.first.start and not has_one
            if is_coming or is_past or is_before:
                yield "ssd_cla_health", row


CHECKED = "clah_health_check_date"


def lost_visits(extracts: Extracts) -> Found:
    iro = by(extracts, "ext_iro_activity", "person_id")
    reviewed: dict[str, set[object]] = {}
    for child, _, held in held_reviews(extracts):
        reviewed.setdefault(child.person_id, set()).update(row[REVIEWED] for row in held)
    for child in in_order(extracts):
        activity = iro.get(child.person_id, [])
        reports = [at(row, "report_date") for row in activity if row["report_date"]]
        is_empty = bool(reports) and not any(row["iro_visit_date"] for row in activity)
        for row in (row for care in child.cares for row in care.episodes):
            contact = day(row, "clae_cla_last_iro_contact_date")
            is_lost = contact is not None and is_empty and contact <= max(reports)
            if is_lost or (contact is not None and contact in reviewed[child.person_id]):
                yield "ssd_cla_episodes", row


def wrong_codes(extracts: Extracts) -> Found:
    for child, _, held in held_reviews(extracts):
        for row in held:
            code = row["clar_cla_review_participation"]
            is_small = at(row, REVIEWED) < birthday(child.birth_date, 4)
            if not code or (code == "PN0") != is_small:
                yield "ssd_cla_reviews", row


CONTACT_RULES: dict[str, Callable[[Extracts], Found]] = {
    "DQ03": late_visits,
    "DQ04": late_checks,
    "DQ05": wrong_plans,
    "DQ06": wrong_reviews,
    "DQ08": missing_as_moves,
    "DQ12": misused_cover,
    "DQ17": unlinked_plans,
    "DQ26": unknown_places,
    "DQ27": strange_places,
    "DQ30": wrong_missing,
    "DQ33": adoptions_as_moves,
    "DQ34": house_moves_as_moves,
    "DQ35": wrong_uasc,
    "DQ36": wrong_scores,
    "DQ37": wrong_assessments,
    "DQ40": lost_visits,
    "DQ41": wrong_codes,
}
