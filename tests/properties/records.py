"""Drawn rows of every other table about a child or about the council."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from .days import OWN_DAYS, When, day, days, lengths, near, recent

Cells = dict[str, str]
# A cell that is a day is drawn as one, and written once the child's own dates are known.
Drawn = dict[str, str | date | When | None]

WORKERS = ("w1", "w2", "w3")
TEAMS = ["LAC Team 1", "LAC Team 3", "LAC Team 4", "LAC Team 5", "Duty Team", ""]


def maybe(days_of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A day, or in one of three rows none."""
    return st.one_of(days_of, days_of, st.none())


def one_of(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(values)


def rows(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[Drawn]:
    return st.fixed_dictionaries(columns)


def spans(
    start: str,
    end: str,
    starts: st.SearchStrategy[date | When] = near,
    lasting: st.SearchStrategy[int] = lengths,
    **others: st.SearchStrategy[Any],
) -> st.SearchStrategy[Drawn]:
    """Rows that run from a start to an end, are open, or last no night (start = end)."""
    ends = st.one_of(*[lasting] * 7, st.none())

    def forward(begins: date | When, length: int | None, cells: Drawn) -> Drawn:
        return {start: begins, end: None if length is None else _later(begins, length), **cells}

    def back(ended: date, length: int, cells: Drawn) -> Drawn:
        return {start: day(-length, ended), end: ended, **cells}

    cells = rows(**others)
    return st.one_of(
        st.builds(forward, starts, ends, cells),
        st.builds(back, st.sampled_from(OWN_DAYS), lasting, cells),
    )


def _later(begins: date | When, length: int) -> date | When:
    if isinstance(begins, When):
        return When(begins.own, begins.step + length)
    return day(length, begins)


def written(row: Drawn, own: Sequence[date] = ()) -> Cells:
    """The row as an extract has it, for a child with these dates of its own."""
    return {
        name: str(cell.on(own) if isinstance(cell, When) else "" if cell is None else cell)
        for name, cell in row.items()
    }


ABOUT_CHILD: dict[str, st.SearchStrategy[Drawn]] = {
    "ssd_cla_reviews": rows(
        clar_cla_review_date=maybe(near), clar_cla_review_cancelled=one_of("N", "", "Y", "Yes")
    ),
    "ssd_cla_visits": rows(clav_cla_visit_date=near, clav_cla_visit_seen=one_of("Y", "Y", "N", "")),
    "ssd_cla_care_plan": spans("lacp_cla_care_plan_start_date", "lacp_cla_care_plan_end_date"),
    "ssd_cla_health": rows(
        clah_health_check_type=one_of("Health Assessment", "HEALTH", "Dental Check", "DENTAL"),
        clah_health_check_date=maybe(near),
        clah_health_check_status=one_of("Completed", "Completed", "Refused", ""),
    ),
    "ssd_missing": spans(
        "miss_missing_episode_start_date",
        "miss_missing_episode_end_date",
        miss_missing_episode_type=one_of("M", "M", "M", "Missing", "A", ""),
    ),
    "ssd_immigration_status": spans(
        "immi_immigration_status_start_date",
        "immi_immigration_status_end_date",
        immi_immigration_status=one_of("UASC", "UASC", "Refugee"),
    ),
    "ssd_cp_plans": spans("cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    "ssd_legal_status": spans(
        "lega_legal_status_start_date",
        "lega_legal_status_end_date",
        lega_legal_status=one_of("SGO", "CAO", "SGO", "E1", "C2", "Special guardianship order"),
    ),
    "ssd_permanence": rows(
        perm_adm_decision_date=maybe(near),
        perm_placement_order_date=maybe(near),
        perm_matched_date=maybe(near),
        perm_placed_for_adoption_date=maybe(near),
        perm_adopted_by_carer_flag=one_of("Y", "N", ""),
        perm_placed_foster_carer_date=maybe(near),
        perm_placed_ffa_cp_date=maybe(near),
        perm_decision_reversed_date=st.one_of(st.none(), st.none(), near),
        perm_permanence_order_date=maybe(near),
        perm_permanence_order_type=one_of("Adoption", "SGO", ""),
    ),
    "ext_adoption_tracker": rows(
        shobpa_date=maybe(near),
        placement_order_date=maybe(near),
        match_date=maybe(near),
        placed_date=maybe(near),
        source_date=maybe(recent),
    ),
    "ssd_care_leavers": rows(
        clea_care_leaver_eligibility=one_of("Relevant child", "Former relevant child", ""),
        clea_care_leaver_in_touch=one_of("YES", "NO", "DIED", "NREQ", ""),
        clea_care_leaver_latest_contact=maybe(recent),
        clea_care_leaver_accommodation=one_of("B", "D", "R", "S", "U", "W", "X", ""),
        clea_care_leaver_accom_suitable=one_of("1", "1", "2", ""),
        clea_care_leaver_activity=one_of("F1", "P2", "F3", "P3", "G4", "G6", ""),
        clea_pathway_plan_review_date=maybe(recent),
        clea_care_leaver_allocated_team=one_of("Leaving Care", "Leaving Care", ""),
    ),
    "ext_pathway_plan": rows(plan_date=near, plan_type=one_of("Pathway Plan", "Review", "")),
    "ext_pep": rows(meeting_date=maybe(near), completed_date=maybe(near)),
    "ext_yot": spans(
        "start_date", "end_date", intervention_type=one_of("Referral order", "Prevention")
    ),
    "ext_ehcp": spans("start_date", "ceased_date"),
    "ext_workflow": spans(
        "started_date", "completed_date", task=one_of("Discharge from care", "Other")
    ),
    "ssd_involvements": spans(
        "invo_involvement_start_date",
        "invo_involvement_end_date",
        invo_professional_id=one_of(*WORKERS),
        invo_professional_role_id=one_of("Allocated Worker", "Allocated Worker", "IRO"),
        invo_professional_team=one_of(*TEAMS),
    ),
    "ext_panel": rows(
        panel_date=near,
        panel_type=one_of("Long-term match", "Disruption meeting"),
        carer_source=one_of("In-house", "IFA"),
    ),
}
"""Rows of each table about one child, without ids."""


def _one_after_the_other(first: date, gaps: Sequence[int]) -> list[Drawn]:
    starts = [day(sum(gaps[:number]), first) for number in range(len(gaps))]
    return [
        {
            "miss_missing_episode_start_date": start,
            "miss_missing_episode_end_date": day(2, start),
            "miss_missing_episode_type": "M",
        }
        for start in starts
    ]


OFTEN_MISSING = st.builds(
    _one_after_the_other,
    st.dates(day(-9, OWN_DAYS[1]), day(9, OWN_DAYS[1])),
    st.lists(st.sampled_from([1, 2, 2, 3, 4]), min_size=4, max_size=6),
)
"""Many times missing within weeks, apart, touching (two episodes) or overlapping (one)."""


ABOUT_WORKER: dict[str, st.SearchStrategy[Drawn]] = {
    "ssd_professionals": rows(
        prof_professional_job_title=one_of("Social Worker", "IRO", "Personal Adviser"),
        prof_full_time_equivalency=one_of("1", "0.5", ""),
    ),
    "ext_staff": spans(
        "start_date",
        "end_date",
        days,
        role=one_of("Social Worker", "Social Worker", "Team Manager"),
        grade=one_of("Social Worker", "Advanced Practitioner", "ASYE", ""),
        contracted_fte=one_of("1", "0.6", "0", ""),
        team=one_of(*TEAMS),
        absent_from=maybe(recent),
        absent_to=st.none(),
    ),
}
"""Rows about one worker."""


@st.composite
def approvals(draw: st.DrawFn) -> list[Drawn]:
    """The approvals of one foster household, one after the other or apart."""
    first = approved = draw(days)
    found: list[Drawn] = []
    while not found or (found[-1]["end_date"] and len(found) < 3 and draw(st.booleans())):
        length = draw(st.one_of(lengths, st.none()))
        ended = None if length is None else day(length, approved)
        found.append(draw(_approval(first, approved, ended)))
        approved = day(draw(st.sampled_from([0, 0, 1, -1, 30])), ended or approved)
    return found


@st.composite
def _approval(draw: st.DrawFn, first: date, approved: date, ended: date | None) -> Drawn:
    temporary: Drawn = {"reg24_start": None, "reg24_end": None}
    if draw(st.integers(0, 3)) == 3:
        temporary = draw(spans("reg24_start", "reg24_end", recent))
    return {
        "first_approval_date": first,
        "approval_date": approved,
        "carer_type": draw(one_of("Mainstream", "Mainstream", "Family and friends", "IFA", "")),
        "approved_places": draw(one_of("1", "2", "3", "")),
        "on_hold_from": draw(maybe(recent)),
        "on_hold_to": None,
        "end_date": ended,
        "end_route": draw(one_of("Resigned", "Terminated", "")),
        **temporary,
    }
