"""Reads the tables of the Standard Safeguarding Dataset and their local extensions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

from .dates import Span
from .extract import (
    Decision,
    Extract,
    Involvement,
    LeaverRow,
    LegalSpan,
    Order,
    Post,
    Professional,
    Review,
    Tracked,
)
from .reading import Row, read_date, read_table
from .reference import Reference, is_yes

Days = dict[str, list[date]]
Spans = dict[str, list[Span]]


def read_ssd(extract: Extract, folder: Path) -> None:
    """Read everything under one month's folder that is not SSDA903."""
    social_care = folder / "social_care"
    _read_care(extract, social_care)
    _read_contacts(extract, social_care)
    _read_health(extract, social_care)
    _read_other_services(extract, social_care)
    _read_workers(extract, social_care)
    _read_adoption(extract, folder / "adoption")
    _read_leavers(extract, folder / "care_leavers")


def read_fostering(extract: Extract, folder: Path) -> None:
    """Read the fostering service's tables; they come beside either kind of extract."""
    extract.foster = read_table(folder, "ext_foster_household")
    for row in read_table(folder, "ext_foster_placement") or []:
        extract.households.setdefault(row["placement_id"], row["household_id"])
    panels = read_table(folder, "ext_panel")
    if panels is not None:
        extract.matches = _days(
            ("person_id", "panel_date"),
            [row for row in panels if row["panel_type"].lower() == "long-term match"],
        )


def _read_care(extract: Extract, folder: Path) -> None:
    people = read_table(folder, "ssd_person")
    episodes = read_table(folder, "ssd_cla_episodes")
    placements = read_table(folder, "ssd_cla_placement")
    legal = read_table(folder, "ssd_legal_status")
    if people is None or episodes is None or placements is None or legal is None:
        return
    extract.episode_rows = episodes
    for row in people:
        extract.births.setdefault(row["pers_person_id"], read_date(row["pers_dob"]))
        extract.deaths.setdefault(row["pers_person_id"], read_date(row["pers_death_date"]))
    for row in placements:
        extract.placements.setdefault(row["clap_cla_placement_id"], row)
    extract.legal = _legal_spans(legal, extract.reference)
    extract.orders = list(_orders(legal, extract.reference))


def _legal_spans(rows: list[Row], reference: Reference) -> dict[str, list[LegalSpan]]:
    """The legal statuses of each child; orders outside care (SGO, CAO) are none of them."""
    found: dict[str, list[LegalSpan]] = defaultdict(list)
    for row in rows:
        start = read_date(row["lega_legal_status_start_date"])
        code = reference.legal_status(row["lega_legal_status"])
        if start is not None and row["lega_legal_status"] and code != "order":
            end = read_date(row["lega_legal_status_end_date"])
            found[row["lega_person_id"]].append(LegalSpan(code, start, end))
    return found


def _orders(rows: list[Row], reference: Reference) -> Iterable[Order]:
    for row in rows:
        start = read_date(row["lega_legal_status_start_date"])
        group = reference.order(row["lega_legal_status"])
        if start is not None and group:
            yield Order(row["lega_person_id"], start, group)


def _read_contacts(extract: Extract, folder: Path) -> None:
    reviews = read_table(folder, "ssd_cla_reviews")
    if reviews is not None:
        extract.reviews = [
            Review("", row["clar_cla_id"], day)
            for row in reviews
            if (day := read_date(row["clar_cla_review_date"]))
            and row["clar_cla_review_cancelled"].lower() not in ("y", "yes")
        ]
    visits = read_table(folder, "ssd_cla_visits")
    if visits is not None:
        extract.visits = _days(
            ("clav_person_id", "clav_cla_visit_date"),
            [row for row in visits if row["clav_cla_visit_seen"].lower() not in ("n", "no")],
        )
    extract.care_plans = _spans_of(
        read_table(folder, "ssd_cla_care_plan"),
        ("lacp_person_id", "lacp_cla_care_plan_start_date", "lacp_cla_care_plan_end_date"),
    )


def _read_health(extract: Extract, folder: Path) -> None:
    rows = read_table(folder, "ssd_cla_health")
    if rows is None:
        return
    word = extract.reference.word
    columns = ("clah_person_id", "clah_health_check_date")
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if word("health_check_status", row["clah_health_check_status"]).lower() == "completed":
            by_kind[word("health_check_type", row["clah_health_check_type"]).lower()].append(row)
    extract.health = _days(columns, by_kind["health"] + by_kind["health assessment"])
    extract.dental = _days(columns, by_kind["dental"] + by_kind["dental check"])


def _read_other_services(extract: Extract, folder: Path) -> None:
    word = extract.reference.word
    extract.missing = _spans_of(
        read_table(folder, "ssd_missing"),
        (
            "miss_person_id",
            "miss_missing_episode_start_date",
            "miss_missing_episode_end_date",
        ),
        lambda row: (
            word("missing_type", row["miss_missing_episode_type"]).lower() in ("m", "missing")
        ),
    )
    extract.uasc = _spans_of(
        read_table(folder, "ssd_immigration_status"),
        (
            "immi_person_id",
            "immi_immigration_status_start_date",
            "immi_immigration_status_end_date",
        ),
        lambda row: word("immigration_status", row["immi_immigration_status"]).upper() == "UASC",
    )
    peps = read_table(folder, "ext_pep")
    extract.peps = None if peps is None else _days(("person_id", "meeting_date"), peps)
    extract.youth_justice = _spans_of(
        read_table(folder, "ext_yot"),
        ("person_id", "start_date", "end_date"),
        lambda row: not row["intervention_type"].lower().startswith("prevent"),
    )
    extract.ehc_plans = _spans_of(
        read_table(folder, "ext_ehcp"), ("person_id", "start_date", "ceased_date")
    )
    extract.discharges = _spans_of(
        read_table(folder, "ext_workflow"),
        ("person_id", "started_date", "completed_date"),
        lambda row: row["task"].lower() == "discharge from care",
    )


def _read_workers(extract: Extract, folder: Path) -> None:
    word = extract.reference.word
    involvements = read_table(folder, "ssd_involvements")
    if involvements is not None:
        extract.involvements = list(_allocations(involvements, extract.reference))
    professionals = read_table(folder, "ssd_professionals")
    if professionals is not None:
        extract.professionals = {
            row["prof_professional_id"]: Professional(
                role=word("staff_role", row["prof_professional_job_title"]).lower(),
                grade=word("grade", row["prof_professional_job_title"]).lower(),
                hours=_number(row["prof_full_time_equivalency"]),
            )
            for row in professionals
        }
    staff = read_table(folder, "ext_staff")
    if staff is not None:
        extract.posts = defaultdict(list)
        for row in staff:
            extract.posts[row["professional_id"]].append(_post(row, extract.reference))


def _allocations(rows: list[Row], reference: Reference) -> Iterable[Involvement]:
    for row in rows:
        start = read_date(row["invo_involvement_start_date"])
        role = reference.word("involvement_role", row["invo_professional_role_id"])
        if start is not None and role.lower() == "allocated worker":
            yield Involvement(
                row_id=row["invo_involvements_id"],
                worker=row["invo_professional_id"],
                team=row["invo_professional_team"].lower(),
                person=row["invo_person_id"],
                span=Span(start, read_date(row["invo_involvement_end_date"])),
            )


def _post(row: Row, reference: Reference) -> Post:
    """The row of ext_staff as a post; without a first day it has always been held."""
    away = read_date(row.get("absent_from", ""))
    return Post(
        role=reference.word("staff_role", row["role"]).lower(),
        grade=reference.word("grade", row["grade"]).lower(),
        team=row["team"].lower(),
        hours=_number(row["contracted_fte"]),
        span=Span(read_date(row["start_date"]) or date.min, read_date(row["end_date"])),
        away=None if away is None else Span(away, read_date(row.get("absent_to", ""))),
    )


def _read_adoption(extract: Extract, folder: Path) -> None:
    rows = read_table(folder, "ssd_permanence")
    if rows is not None:
        extract.decisions = [
            Decision(
                row_id=row["perm_table_id"],
                person=row["perm_person_id"],
                care_id=row["perm_cla_id"],
                decided=read_date(row["perm_adm_decision_date"]),
                reversed_on=read_date(row["perm_decision_reversed_date"]),
                placement_order=read_date(row["perm_placement_order_date"]),
                matched=read_date(row["perm_matched_date"]),
                placed=read_date(row["perm_placed_for_adoption_date"]),
                is_by_carer=is_yes(row["perm_adopted_by_carer_flag"]),
                with_foster_carer=read_date(row["perm_placed_foster_carer_date"]),
                with_early_carer=read_date(row["perm_placed_ffa_cp_date"]),
                permanence_order=read_date(row["perm_permanence_order_date"]),
            )
            for row in rows
        ]
    tracker = read_table(folder, "ext_adoption_tracker")
    if tracker is not None:
        extract.tracker = defaultdict(list)
        for row in tracker:
            extract.tracker[row["person_id"]].append(
                Tracked(
                    source_date=read_date(row.get("source_date", "")),
                    decided=read_date(row["shobpa_date"]),
                    placement_order=read_date(row["placement_order_date"]),
                    matched=read_date(row["match_date"]),
                    placed=read_date(row["placed_date"]),
                )
            )


def _read_leavers(extract: Extract, folder: Path) -> None:
    rows = read_table(folder, "ssd_care_leavers")
    if rows is not None:
        extract.leavers = defaultdict(list)
        for row in rows:
            extract.leavers[row["clea_person_id"]].append(_leaver(row, extract.reference))
    plans = read_table(folder, "ext_pathway_plan")
    extract.pathway_plans = None if plans is None else _days(("person_id", "plan_date"), plans)


def _leaver(row: Row, reference: Reference) -> LeaverRow:
    word = reference.word
    return LeaverRow(
        eligibility=word("eligibility", row["clea_care_leaver_eligibility"]),
        in_touch=word("in_touch", row["clea_care_leaver_in_touch"]).upper(),
        latest_contact=read_date(row["clea_care_leaver_latest_contact"]),
        accommodation=word("accommodation", row["clea_care_leaver_accommodation"]).upper(),
        suitable=row["clea_care_leaver_accom_suitable"],
        team=row["clea_care_leaver_allocated_team"],
        activity=word("activity", row["clea_care_leaver_activity"]).upper(),
        plan_reviewed=read_date(row["clea_pathway_plan_review_date"]),
    )


def _days(columns: tuple[str, str], rows: list[Row]) -> Days:
    person, column = columns
    found: Days = defaultdict(list)
    for row in rows:
        day = read_date(row[column])
        if day is not None:
            found[row[person]].append(day)
    return found


def _spans_of(
    rows: list[Row] | None,
    columns: tuple[str, str, str],
    counts: Callable[[Row], bool] = lambda row: True,
) -> Spans | None:
    """Who had something from when to when; what never began is nothing."""
    if rows is None:
        return None
    person, first, last = columns
    found: Spans = defaultdict(list)
    for row in rows:
        start = read_date(row[first])
        if start is not None and counts(row):
            found[row[person]].append(Span(start, read_date(row[last])))
    return found


def _number(text: str) -> Fraction | None:
    return Fraction(text) if text else None
