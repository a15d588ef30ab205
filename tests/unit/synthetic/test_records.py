from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest

from synthetic.care_rows import legal_code
from synthetic.council import Council
from synthetic.oddities import UNMAPPED_PLACE
from synthetic.tables import FAMILIES

Rows = list[dict[str, object]]
Read = Callable[[str, int], Rows]

LOOKS_AHEAD = {"clar_cla_review_due_date"}
"""The only dates of the contract that may lie after the reporting date."""

KEYS = {
    "ssd_person": "pers_person_id",
    "ssd_cla_episodes": "clae_cla_episode_id",
    "ssd_cla_placement": "clap_cla_placement_id",
    "ssd_legal_status": "lega_legal_status_id",
    "ssd_cla_reviews": "clar_cla_review_id",
    "ssd_cla_visits": "clav_cla_visit_id",
    "ssd_cla_care_plan": "lacp_table_id",
    "ssd_cla_health": "clah_health_check_id",
    "ssd_sdq_scores": "csdq_table_id",
    "ssd_missing": "miss_table_id",
    "ssd_immigration_status": "immi_immigration_status_id",
    "ssd_cp_plans": "cppl_cp_plan_id",
    "ssd_involvements": "invo_involvements_id",
    "ssd_professionals": "prof_professional_id",
    "ssd_pre_proceedings": "prep_table_id",
    "ssd_permanence": "perm_table_id",
    "ext_foster_enquiry": "enquiry_id",
}


@pytest.mark.parametrize("number", [0, 1, 2])
def test_no_extract_knows_what_happens_after_its_month_end(
    council: Council, rows: Read, number: int
) -> None:
    month_end = council.settings.month_ends[number]
    for tables in FAMILIES.values():
        for table in tables:
            for row in rows(table, number):
                for column, value in row.items():
                    if isinstance(value, date) and column not in LOOKS_AHEAD:
                        assert value <= month_end, f"{table}.{column} {row}"


@pytest.mark.parametrize(("table", "key"), KEYS.items())
def test_the_key_of_a_table_is_never_repeated(rows: Read, table: str, key: str) -> None:
    ids = [row[key] for row in rows(table, 2)]
    assert len(ids) == len(set(ids))


def test_some_visits_of_a_month_are_first_seen_in_the_next(council: Council, rows: Read) -> None:
    first = {row["clav_cla_visit_id"] for row in rows("ssd_cla_visits", 0)}
    end = council.settings.month_ends[0]
    late = [
        row
        for row in rows("ssd_cla_visits", 1)
        if row["clav_cla_visit_date"] <= end and row["clav_cla_visit_id"] not in first  # type: ignore[operator]
    ]
    assert late


def test_some_rows_are_corrected_from_one_month_to_the_next(rows: Read) -> None:
    def facts(number: int) -> dict[tuple[str, object], tuple[object, ...]]:
        found: dict[tuple[str, object], tuple[object, ...]] = {}
        for row in rows("ssd_cla_placement", number):
            key = ("placement", row["clap_cla_placement_id"])
            found[key] = (row["clap_cla_placement_type"], row["clap_cla_placement_distance"])
        for row in rows("ssd_cla_episodes", number):
            key = ("episode", row["clae_cla_episode_id"])
            found[key] = (row["clae_cla_episode_start_date"],)
        return found

    before, after = facts(0), facts(2)
    assert [key for key in before if before[key] != after[key]]


def test_the_episodes_of_a_period_of_care_follow_each_other_without_a_gap(rows: Read) -> None:
    by_care: dict[object, Rows] = defaultdict(list)
    for row in rows("ssd_cla_episodes", 2):
        is_double = len(str(row["clae_cla_episode_id"])) > 11
        is_empty = row["clae_cla_episode_start_date"] == row["clae_cla_episode_ceased_date"]
        if not is_double and not is_empty:
            by_care[row["clae_cla_id"]].append(row)
    for episodes in by_care.values():
        assert episodes[0]["clae_cla_episode_start_reason"] == "S"
        for before, after in pairwise(episodes):
            assert before["clae_cla_episode_ceased_date"] == after["clae_cla_episode_start_date"]
            assert before["clae_cla_episode_ceased_reason"] == "X1"
        assert episodes[-1]["clae_cla_episode_ceased_reason"] != "X1"


def test_every_episode_has_its_placement_and_its_person(rows: Read) -> None:
    placements = {row["clap_cla_placement_id"] for row in rows("ssd_cla_placement", 2)}
    people = {row["pers_person_id"] for row in rows("ssd_person", 2)}
    for row in rows("ssd_cla_episodes", 2):
        assert row["clae_cla_placement_id"] in placements
        assert row["clae_person_id"] in people


def test_every_visit_and_review_has_its_period_of_care(rows: Read) -> None:
    cares = {row["clae_cla_id"] for row in rows("ssd_cla_episodes", 2)}
    assert {row["clav_cla_id"] for row in rows("ssd_cla_visits", 2)} <= cares
    assert {row["clar_cla_id"] for row in rows("ssd_cla_reviews", 2)} <= cares


def test_only_one_child_in_care_has_no_legal_status(rows: Read) -> None:
    known = {row["lega_person_id"] for row in rows("ssd_legal_status", 2)}
    without = {r["clae_person_id"] for r in rows("ssd_cla_episodes", 2)} - known
    assert len(without) == 1


def test_only_the_last_month_has_an_unmapped_placement_type(rows: Read) -> None:
    def unmapped(number: int) -> int:
        found = rows("ssd_cla_placement", number)
        return sum(row["clap_cla_placement_type"] == UNMAPPED_PLACE for row in found)

    assert [unmapped(0), unmapped(1)] == [0, 0]
    assert unmapped(2) in (1, 2)


def test_the_number_in_care_is_near_the_number_asked_for(rows: Read) -> None:
    running = [r for r in rows("ssd_cla_episodes", 2) if r["clae_cla_episode_ceased_date"] is None]
    assert 180 <= len({row["clae_person_id"] for row in running}) <= 220


def test_identifiers_keep_their_leading_zeros(rows: Read) -> None:
    assert all(len(str(row["pers_person_id"])) == 6 for row in rows("ssd_person", 2))
    assert any(str(row["pers_person_id"]).startswith("000") for row in rows("ssd_person", 2))


def test_a_household_has_one_row_for_each_approval(rows: Read) -> None:
    approvals = [(r["household_id"], r["approval_date"]) for r in rows("ext_foster_household", 2)]
    assert len(approvals) == len(set(approvals))


def test_some_households_come_back_and_some_change_category_in_a_day(rows: Read) -> None:
    by_household: dict[object, Rows] = defaultdict(list)
    for row in rows("ext_foster_household", 2):
        by_household[row["household_id"]].append(row)
    pairs = [found for found in by_household.values() if len(found) == 2]
    changes = [p for p in pairs if p[0]["end_date"] == p[1]["approval_date"]]
    returns = [p for p in pairs if p[0]["end_date"] < p[1]["approval_date"]]  # type: ignore[operator]
    assert changes and returns and len(changes) + len(returns) == len(pairs)
    assert all(p[0]["carer_type"] != p[1]["carer_type"] for p in changes)
    assert all(p[0]["first_approval_date"] == p[1]["first_approval_date"] for p in pairs)


def test_a_household_that_changes_category_is_approved_in_every_extract(rows: Read) -> None:
    for number in range(3):
        known = rows("ext_foster_household", number)
        for row in known:
            if row["end_reason"] == "Change of category":
                after = (row["household_id"], row["end_date"])
                assert after in {(r["household_id"], r["approval_date"]) for r in known}


def test_police_protection_and_remand_occur_and_never_for_long(council: Council) -> None:
    spans: dict[str, list[int]] = defaultdict(list)
    for child in council.children:
        for care in child.counted_cares:
            for order in care.orders:
                if care.plan.end_reason != "E14":
                    spans[order.code].append((order.end - order.start).days)
    assert max(spans["L1"]) <= 3 and max(spans["L2"]) <= 8
    assert max(spans["J1"]) <= 160 and max(spans["J2"]) <= 2


def test_some_children_come_into_care_twice_within_the_financial_year(council: Council) -> None:
    last = council.settings.last_day
    begun = [
        child.person_id
        for child in council.children
        for care in child.counted_cares
        if date(2026, 4, 1) <= care.start <= last
    ]
    assert max(Counter(begun).values()) == 2


def test_somebody_is_missing_four_times_in_most_months(council: Council, rows: Read) -> None:
    found = Counter(
        (row["miss_person_id"], start.year, start.month)
        for row in rows("ssd_missing", 2)
        if isinstance(start := row["miss_missing_episode_start_date"], date)
        and row["miss_missing_episode_type"] == "M"
    )
    months = {(year, month) for (_, year, month), number in found.items() if number >= 4}
    assert len(months) > 24


def test_every_route_to_an_adoption_is_taken_in_a_year(wide_council: Council) -> None:
    routes: dict[int, Counter[str]] = defaultdict(Counter)
    for child in wide_council.children:
        for care in child.counted_cares:
            path, last_home = care.plan.adoption, care.homes[-1]
            if path is None or path.order is None or not _is_in_history(wide_council, path.order):
                continue
            taken = routes[path.order.year - (path.order.month < 4)]
            taken["consent"] += path.is_by_consent and last_home.place in ("A3", "A4")
            taken["unplaced"] += path.placed is None
            taken["tracker"] += path.placed is not None and not last_home.place.startswith("A")
            taken["carer"] += path.by_foster_carer_since is not None
            legal = [legal_code(care, home.start) for home in care.homes[-2:]]
            taken["at once"] += last_home.place in ("A3", "A5") and legal[0] != legal[-1]
    for year in range(2020, 2027):
        assert min(routes[year][way] for way in ("consent", "unplaced", "tracker", "at once")) >= 1
        assert 3 <= routes[year]["carer"] <= 5


def _is_in_history(council: Council, day: date) -> bool:
    return council.settings.history_from <= day <= council.settings.last_day


def test_the_foster_carer_who_adopts_has_been_the_carer_before(wide_council: Council) -> None:
    for child in wide_council.children:
        for care in child.counted_cares:
            if care.homes[-1].place in ("A3", "A5"):
                before, after = care.homes[-2:]
                assert before.place == "U5" and before.carer == after.carer


def test_the_staff_list_has_gaps(council: Council, rows: Read) -> None:
    last = council.settings.last_day
    staff = {row["professional_id"]: row for row in rows("ext_staff", 2)}
    leads = {
        row["invo_professional_id"]
        for row in rows("ssd_involvements", 2)
        if row["invo_professional_role_id"] == "Allocated Worker"
        and row["invo_involvement_end_date"] is None
    }
    assert len(leads - set(staff)) == 1
    assert sum(row["contracted_fte"] is None for row in staff.values()) == 1
    assert sum(row["team"] is None for row in staff.values()) == 1
    assert any(staff[lead]["role"] == "Team Manager" for lead in leads & set(staff))
    away = [row["absent_from"] for row in staff.values() if row["absent_to"] is None]
    assert any(isinstance(day, date) and (last - day).days > 28 for day in away)
