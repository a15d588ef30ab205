"""The recount agrees with the worked examples of the rest of the scorecard, and their edges."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from .council import CareAt
from .dates import working_days_back
from .education import leaves_school, starts_school
from .examples import (
    HOLIDAYS,
    day,
    days_of,
    extract_of,
    figure_of,
    households,
    looked_after,
    parts_of,
    since,
    spans_of,
)
from .extract import Decision, Extract, LeaverRow, Order, Review
from .fostering import is_under_regulation_24
from .values import Figure, count, mean, percentage

FEB_19, FEB_23, MARCH_23, DEC_22 = "2019-02-28", "2023-02-28", "2023-03-31", "2022-12-31"


def ended(*reasons: str) -> Extract:
    """A child for each reason, all out of care on 1 February 2023."""
    rows = (f"{n},2021-01-01,S,C2,U6,,2023-02-01,{rec}" for n, rec in enumerate(reasons))
    return extract_of(" ".join(rows))


def homes(*places: str) -> Extract:
    """A child in each placement; ``U6/PR4`` says the provider, which is PR1 else."""
    extract = extract_of(
        " ".join(since(str(n), "2022-01-01", p.split("/")[0]) for n, p in enumerate(places))
    )
    for row, place in zip(extract.episode_rows or [], places, strict=True):
        row["place_provider"] = place.partition("/")[2] or "PR1"
    return extract


def test_pending_discharge_is_an_open_task_or_an_order_of_this_time_in_care() -> None:
    extract = looked_after("ABCDEFG")
    extract.discharges = spans_of("A,2019-02-20, E,2019-02-20,2019-02-28 F,2017-12-31,")
    extract.decisions = [
        Decision(who, who, permanence_order=day(when))
        for who, when in (("B", "2019-02-27"), ("C", "2019-03-01"), ("G", "2017-12-31"))
    ]
    assert figure_of(extract, FEB_19, "lac_count_pending_discharge") == count(2)
    extract.orders = [Order("D", day(FEB_19), "SGO"), Order("E", day(FEB_19), "CAO")]
    assert figure_of(extract, FEB_19, "lac_count_pending_discharge") == count(3)
    extract.orders.append(Order("G", day("2018-01-01"), "SGO"))
    assert figure_of(extract, FEB_19, "lac_count_pending_discharge") == count(4)


@pytest.mark.parametrize(
    ("day_d", "people"), [("2017-05-31", 56580), ("2017-06-30", 56946), ("2018-05-31", 56946)]
)
def test_rate_for_comparison_takes_the_latest_mid_year_whenever_published(
    day_d: str, people: int
) -> None:
    assert figure_of(looked_after("A"), day_d, "lac_rate_10k_dfe").denominator == people


def test_age_bands_change_on_the_birthday() -> None:
    births = {"A": "2022-03-01", "B": "2022-02-28", "C": "2007-03-01", "D": "2007-02-28", "E": ""}
    extract = extract_of(since("ABCDE", "2022-12-01"), births)
    assert parts_of(extract, FEB_23, "lac_age_band_share") == {
        "": percentage(5, 5),
        "age_band=under 1": percentage(1, 5),
        "age_band=1-4": percentage(1, 5),
        "age_band=5-9": percentage(0, 5),
        "age_band=10-15": percentage(1, 5),
        "age_band=16+": percentage(1, 5),
        "age_band=unknown": percentage(1, 5),
    }
    nobody = parts_of(extract_of(""), FEB_23, "lac_age_band_share")
    assert len(nobody) == 7 and set(nobody.values()) == {Figure(None, 0, 0)}


def test_legal_status_is_that_of_the_episode_at_d() -> None:
    extract = extract_of(
        "A,2021-05-01,S,C2,U6,,2022-09-01,X1 A,2022-09-01,L,E1,U6,,, "
        "B,2022-12-01,S,C1,U6,,2023-03-31,X1 B,2023-03-31,L,C2,U6,,, C,2023-01-01,S,V4,U6,,, "
        "D,2023-01-01,S,D1,A3,,, E,2023-01-01,S,J1,R5,,,"
    )
    found = parts_of(extract, MARCH_23, "lac_legal_status_share")
    assert {part: one.numerator for part, one in found.items()} == {
        "": 4,
        "legal_status=C2": 1,
        "legal_status=C1": 0,
        "legal_status=E1": 2,
        "legal_status=V2": 0,
        "legal_status=other": 1,
    }


def test_average_age_at_admission_is_exact() -> None:
    births = {"A": "2022-02-28", "B": "2013-02-14", "C": ""}
    extract = extract_of(since("A", "2023-02-28") + " " + since("BC", "2023-02-14"), births)
    expected = mean([Fraction(365 * 4, 1461), Fraction(3652 * 4, 1461)])
    for basis in ("in_month", "rolling_12m"):
        assert figure_of(extract, FEB_23, "admission_average_age", basis) == expected
    assert f"{float(expected.value or 0):.3f}" == "5.499"


def test_unaccompanied_status_is_over_on_the_day_it_ends_and_at_18() -> None:
    stays = "E,2018-01-01,S,V2,K2,,, F,2018-01-01,S,V2,K2,,,"
    extract = extract_of(f"{since('ABD', '2018-01-01')} {stays}", {"E": "2005-03-31", "F": ""})
    extract.uasc = spans_of(
        "A,2022-10-01, B,2022-01-01,2023-03-31 C,2022-01-01, E,2022-01-01, F,2022-01-01,"
    )
    assert figure_of(extract, MARCH_23, "lac_count") == count(5)
    assert figure_of(extract, MARCH_23, "lac_uasc") == count(2)


def test_children_admitted_or_ceased_twice_count_once() -> None:
    extract = extract_of(
        "A,2023-02-01,S,V2,U6,,2023-02-05,E4A A,2023-02-10,S,V2,U6,,2023-02-20,E4A"
    )
    for indicator_id in ("admissions", "ceased"):
        assert figure_of(extract, FEB_23, indicator_id, "in_month") == count(2)
        assert figure_of(extract, FEB_23, f"{indicator_id}_children", "in_month") == count(1)


def test_guardianship_orders_count_once_a_day_for_those_who_had_been_in_care() -> None:
    extract = extract_of("A,2017-01-01,S,C2,U6,,2018-06-01,E4A D,2017-01-01,S,C2,U6,,2018-06-01,E8")
    extract.episode_rows = (extract.episode_rows or []) + (looked_after("B").episode_rows or [])
    when = {"A": "2019-02-10", "B": "2019-02-10", "C": "2019-02-11"}
    extract.orders = [Order(who, day(text), "SGO") for who, text in when.items()]
    extract.orders += [extract.orders[1], Order("D", day("2019-02-12"), "CAO")]
    assert figure_of(extract, FEB_19, "sgo_started", "in_month") == count(2)
    assert figure_of(extract, FEB_19, "sgo_cao_granted", "in_month") == count(3)
    extract.orders = [Order("A", day("2017-01-01"), "SGO"), Order("D", day("2016-12-31"), "SGO")]
    assert figure_of(extract, "2017-01-31", "sgo_started", "fytd") == count(1)


def test_two_orders_of_one_person_are_two() -> None:
    extract = extract_of(
        "A,2020-01-01,S,C2,U6,,2022-04-20,E13 B,2020-01-01,S,C2,U6,,2022-12-31,E45"
    )
    extract.orders = [
        Order("A", day("2022-04-20"), "CAO"),
        Order("A", day("2022-11-01"), "SGO"),
        Order("B", day("2022-12-31"), "SGO"),
    ]
    assert figure_of(extract, DEC_22, "sgo_cao_granted", "fytd") == count(3)


@pytest.mark.parametrize(
    ("indicator_id", "basis", "reasons", "expected"),
    [
        ("ceased_sgo_pct", "in_month", "E45 E47 E41 E11 E4A E8", percentage(2, 6)),
        ("ceased_sgo_cao", "fytd", "E41 E13 E45 E48 E12", count(3)),
        ("adopted_pct_of_ceased", "in_month", "E11 E12 E4A E8 E17 E45", percentage(2, 6)),
        ("adoptions", "in_month", "E11 E12 E4A", count(2)),
    ],
)
def test_ends_of_care_by_reason(
    indicator_id: str, basis: str, reasons: str, expected: Figure
) -> None:
    assert figure_of(ended(*reasons.split()), FEB_23, indicator_id, basis) == expected


def test_a_year_has_its_own_row_on_31_march_alone() -> None:
    extract = ended("E11")
    assert figure_of(extract, MARCH_23, "adopted_pct_of_ceased", "fy") == percentage(1, 1)
    assert parts_of(extract, FEB_23, "adopted_pct_of_ceased", "fy") == {}
    assert parts_of(extract, MARCH_23, "adoptions", "fy") == {}


def test_care_plans_hold_six_months_and_are_not_due_for_ten_working_days() -> None:
    extract = extract_of(
        since("AB", "2021-01-01")
        + " "
        + since("C", "2023-02-20")
        + " "
        + since("D", "2023-02-01")
        + " "
        + since("E", "2020-01-01"),
        {"E": "2006-11-28"} | {child: "2012-01-01" for child in "ABCD"},
    )
    extract.care_plans = spans_of("A,2022-08-31, B,2022-08-27,")
    assert figure_of(extract, FEB_23, "care_plan_up_to_date_pct") == percentage(1, 3)
    extract.care_plans = spans_of("A,2022-08-31,2023-02-28 B,2022-08-28, C,2023-02-20,")
    assert figure_of(extract, FEB_23, "care_plan_up_to_date_pct") == percentage(2, 4)


@pytest.mark.parametrize(("started", "base"), [("2023-02-14", 0), ("2023-02-13", 1)])
def test_the_tenth_working_day_is_still_one_of_the_first_ten(started: str, base: int) -> None:
    extract = extract_of(since("A", started))
    extract.care_plans = {}
    assert figure_of(extract, FEB_23, "care_plan_up_to_date_pct") == percentage(0, base)


def test_local_visits_are_due_in_four_weeks_until_the_match() -> None:
    extract = extract_of(since("AB", "2022-10-01") + " " + since("C", "2022-10-01", "U4"))
    extract.visits = days_of("A,2023-03-03 B,2023-03-02 C,2023-02-17")
    extract.decisions = []
    assert figure_of(extract, MARCH_23, "visits_up_to_date_local_pct") == percentage(2, 3)


def test_a_child_is_matched_by_decision_or_panel_of_the_time_with_the_carer() -> None:
    extract = extract_of(since("ABCDEF", "2022-10-01"))
    extract.visits = days_of(" ".join(f"{child},2023-02-17" for child in "ABCDEF"))
    extract.decisions = [
        Decision("1", "A", matched=day("2023-02-17")),
        Decision("2", "B", matched=day("2023-02-18")),
        Decision("3", "C", matched=day("2022-09-30")),
        Decision("4", "D", matched=day("2023-01-01"), reversed_on=day(MARCH_23)),
    ]
    extract.matches = days_of("E,2022-10-01 F,2022-09-30")
    assert figure_of(extract, MARCH_23, "visits_up_to_date_local_pct") == percentage(2, 6)


def test_regulation_28_is_stricter_at_home_and_with_carers_not_yet_approved() -> None:
    at_home = since("ABC", "2022-01-10", "P1").replace(",C2,", ",C1,")
    extract = extract_of(f"{at_home} {since('DE', '2022-01-10')} {since('FG', '2022-01-10', 'U4')}")
    extract.foster, extract.reviews, extract.decisions = [], [], []
    extract.visits = days_of(
        "A,2023-03-24 B,2023-03-23 C,2022-01-10 D,2023-02-17 E,2023-02-16 F,2022-12-31 G,2023-01-01"
    )
    assert figure_of(extract, MARCH_23, "visits_reg28_strict_pct") == percentage(2, 7)
    extract.visits |= days_of("F,2023-01-10 G,2022-12-31 G,2023-01-09")
    assert figure_of(extract, MARCH_23, "visits_reg28_strict_pct") == percentage(3, 7)


@pytest.mark.parametrize(("matched", "number"), [("2023-01-31", 1), ("2023-02-01", 0)])
def test_three_months_between_visits_need_a_match_by_the_last_one(
    matched: str, number: int
) -> None:
    extract = extract_of(since("A", "2022-01-31"))
    extract.foster, extract.reviews, extract.visits = [], [], days_of("A,2023-01-31")
    extract.decisions = [Decision("1", "A", matched=day(matched))]
    found = figure_of(extract, MARCH_23, "visits_reg28_strict_pct")
    assert found == percentage(number, 1)


def test_a_first_review_at_home_makes_weekly_visits_four_weekly() -> None:
    extract = extract_of(since("AB", "2022-01-10", "P1").replace(",C2,", ",C1,"))
    extract.foster, extract.decisions = [], []
    extract.visits = days_of("A,2023-03-03 B,2023-03-02")
    extract.reviews = [Review(child, "", day("2022-02-01")) for child in "AB"]
    assert figure_of(extract, MARCH_23, "visits_reg28_strict_pct") == percentage(1, 2)
    extract.reviews = [Review(child, "", day("2023-04-01")) for child in "AB"]
    assert figure_of(extract, MARCH_23, "visits_reg28_strict_pct") == percentage(0, 2)


def test_a_household_under_regulation_24_is_visited_weekly_until_it_ends() -> None:
    extract = extract_of("")
    extract.foster = households(
        """
        runs,,Family and friends,1,2022-12-01,,,
        over,,Family and friends,1,2022-12-01,2023-03-31,,
        left,,Family and friends,1,2022-12-01,,2023-03-31,
        later,,Family and friends,1,2023-04-01,,,
        """
    )
    care = CareAt(extract, day(MARCH_23))
    found = [who for who in ("runs", "over", "left", "later") if is_under_regulation_24(who, care)]
    assert found == ["runs"]


PATHWAYS = {
    "A": ("2006-11-28", "2020-01-01", ""),
    "B": ("2006-12-01", "2020-01-01", ""),
    "C": ("2005-10-01", "2022-09-15", ""),
    "D": ("2003-05-05", "2015-01-01", "2021-05-05"),
}


def leavers_and_children() -> Extract:
    """The persons of the worked example of pathway plans."""
    rows = (
        f"{c},{start},S,C2,U6,,{end},{'E17' if end else ''}"
        for c, (_, start, end) in PATHWAYS.items()
    )
    extract = extract_of(" ".join(rows), {child: born for child, (born, *_) in PATHWAYS.items()})
    extract.leavers = {}
    return extract


def test_a_pathway_plan_is_due_three_months_after_becoming_eligible() -> None:
    extract = leavers_and_children()
    extract.pathway_plans = days_of("D,2020-01-01")
    assert figure_of(extract, FEB_23, "pathway_plan_has_pct") == percentage(1, 2)
    assert figure_of(extract, MARCH_23, "pathway_plan_has_pct") == percentage(1, 4)


def test_pathway_plans_hold_six_months_whichever_table_has_them() -> None:
    born = {child: "2003-05-05" for child in "ABCD"}
    extract = extract_of(
        " ".join(f"{child},2015-01-01,S,C2,U6,,2021-05-05,E17" for child in "ABCD"), born
    )
    extract.pathway_plans = days_of("A,2022-06-30 D,2022-06-29")
    row = LeaverRow("", "YES", None, "U", "1", "Team", plan_reviewed=day("2022-07-01"))
    extract.leavers = {"B": [row]}
    assert figure_of(extract, DEC_22, "pathway_plan_up_to_date_pct") == percentage(1, 4)


def test_pathway_plans_of_looked_after_children_alone() -> None:
    born = {"A": "1999-01-20", "B": "1999-03-20", "C": "1998-05-01", "D": "1996-01-01"}
    extract = extract_of(since("ABC", "2010-01-01") + " D,2010-01-01,S,C2,U6,,2014-01-01,E17", born)
    extract.leavers = {}
    extract.pathway_plans = days_of("A,2015-01-10 C,2014-10-01 D,2015-05-01")
    found = figure_of(extract, "2015-05-31", "pathway_plan_up_to_date_lac_pct")
    assert found == percentage(1, 2)


@pytest.mark.parametrize(
    ("indicator_id", "places", "expected"),
    [
        ("placed_with_parents_pct", "P1 P1 U3 K2", percentage(2, 4)),
        ("kinship_pct", "U1 U3 P1 U6 R38(6)", percentage(2, 5)),
        ("commissioned_pct", "U6/PR4 K2/PR5 U6 A6/PR5 K3/PR4 P1/PR0", percentage(2, 6)),
        ("commissioned_16plus", "U6/PR4 K2/PR5 U6 A6/PR5 K3/PR4 P2", count(1)),
        ("foster_placement_count", "U4 U5 U3 U6", count(3)),
        ("foster_placement_pct", "U4 U5 U3 U6 K2", percentage(3, 5)),
    ],
)
def test_placements_at_d(indicator_id: str, places: str, expected: Figure) -> None:
    assert figure_of(homes(*places.split()), MARCH_23, indicator_id) == expected


def test_foster_care_is_the_placement_a_carers_holiday_returns_to() -> None:
    extract = extract_of("D,2022-01-01,S,C2,U6,,2023-03-28,X1 D,2023-03-28,P,C2,T3,,,")
    assert figure_of(extract, MARCH_23, "foster_placement_count") == count(1)


def test_initial_assessments_are_in_time_to_the_twentieth_working_day() -> None:
    extract = extract_of(since("ABC", "2022-12-09") + " " + since("D", "2022-11-01"))
    extract.health = days_of("A,2023-01-11 A,2023-01-31 B,2023-01-12 D,2022-11-20")
    found = figure_of(extract, "2023-01-31", "iha_within_20wd_pct", "in_month")
    assert found == percentage(1, 2)


def test_dental_checks_hold_twelve_months_from_the_first_birthday() -> None:
    born = {"A": "2015-01-01", "B": "2015-01-01", "C": "2022-06-01", "D": "2022-03-31"}
    extract = extract_of(since("ABCD", "2022-07-01"), born)
    extract.dental = days_of("A,2022-03-31 B,2022-03-30")
    assert figure_of(extract, MARCH_23, "dental_up_to_date_pct") == percentage(1, 3)


@pytest.mark.parametrize(("started", "base"), [("2023-03-03", 0), ("2023-03-02", 1)])
def test_the_twentieth_working_day_is_still_one_of_the_first_twenty(
    started: str, base: int
) -> None:
    extract = extract_of(since("A", started))
    extract.dental, extract.health, extract.peps = {}, {}, {}
    for indicator_id in (
        "dental_up_to_date_pct",
        "health_assessment_up_to_date_pct",
        "pep_has_pct",
    ):
        assert figure_of(extract, MARCH_23, indicator_id) == percentage(0, base)


def test_education_plans_are_due_from_two_and_after_twenty_working_days() -> None:
    born = {"A": "2017-02-28", "B": "2017-03-01", "C": "2010-01-01", "D": "2010-01-01"}
    extract = extract_of(
        since("AB", "2018-01-01") + " " + since("C", "2019-02-15") + " " + since("D", "2018-06-01"),
        born,
    )
    extract.peps = days_of("A,2018-12-01 D,2018-05-31")
    assert figure_of(extract, FEB_19, "pep_has_pct") == percentage(1, 2)


def test_termly_plans_need_a_meeting_in_the_term() -> None:
    extract = extract_of(since("ABC", "2018-01-01") + " " + since("D", "2018-12-10"))
    extract.peps = days_of("A,2018-09-03 B,2018-12-21 C,2018-12-22")
    found = figure_of(extract, "2018-12-21", "pep_up_to_date_termly_pct", "term")
    assert found == percentage(2, 3)
    assert parts_of(extract, "2018-12-21", "lac_count") == {}
    assert parts_of(extract, "2018-12-31", "pep_up_to_date_termly_pct", "term") == {}


@pytest.mark.parametrize(("started", "base"), [("2018-11-26", 1), ("2018-11-27", 0)])
def test_the_last_twenty_working_days_of_a_term(started: str, base: int) -> None:
    """26 November is the 20th-last; a meeting takes the child out of the first days of care."""
    assert working_days_back(date(2018, 12, 21), 20, HOLIDAYS) == date(2018, 11, 26)
    extract = extract_of(since("A", started))
    extract.peps = days_of("A,2018-12-01")
    found = figure_of(extract, "2018-12-21", "pep_up_to_date_termly_pct", "term")
    assert found == percentage(base, base)


def test_compulsory_school_age() -> None:
    assert starts_school(date(2010, 4, 1)) == date(2015, 4, 1)
    assert starts_school(date(2010, 4, 2)) == date(2015, 9, 1)
    assert starts_school(date(2010, 9, 2)) == date(2016, 1, 1)
    assert leaves_school(date(1999, 8, 31)) == date(2015, 6, 26)
    assert leaves_school(date(1999, 9, 1)) == date(2016, 6, 24)


def test_youth_justice_and_education_health_and_care_plans_that_run_at_d() -> None:
    extract = looked_after("ABDE", {"A": "2010-01-01", "B": "2010-01-01", "E": "2012-12-31"})
    extract.youth_justice = spans_of(
        "A,2022-06-01, B,2022-01-01,2022-12-31 C,2022-01-01, D,2022-01-01, E,2022-01-01,"
    )
    assert figure_of(extract, DEC_22, "lac_yot") == count(2)
    extract.ehc_plans = spans_of("A,2020-09-01, A,2022-09-01, B,2021-01-01,2022-12-31")
    assert figure_of(extract, DEC_22, "lac_ehcp") == count(1)


def test_missing_episodes_count_where_they_begin() -> None:
    extract = looked_after("ABCD")
    extract.missing = spans_of(
        "A,2022-05-01,2022-05-02 A,2022-11-01,2022-11-01 C,2022-03-31,2022-04-02 D,2022-12-31,"
    )
    assert figure_of(extract, DEC_22, "lac_missing_children", "fytd") == count(2)
    assert figure_of(extract, DEC_22, "missing_episodes", "fytd") == count(3)


@pytest.mark.parametrize(
    ("episodes", "number"),
    [
        ("B,2022-05-01,2022-05-03 B,2022-05-02,2022-05-04", 1),
        ("B,2022-05-01,2022-05-03 B,2022-05-03,2022-05-04", 2),
        ("B,2022-05-01,2022-05-01 B,2022-05-01,2022-05-01", 1),
        ("B,2022-05-01,2022-05-01 B,2022-05-01,2022-05-02", 2),
        ("B,2022-05-01,2022-05-09 B,2022-05-02,2022-05-03 B,2022-05-05,2022-05-06", 1),
        ("B,2022-05-01, B,2022-06-05,2022-06-06", 1),
        ("B,2017-12-31,2018-01-05 B,2022-06-05,2022-06-06", 1),
    ],
)
def test_overlapping_missing_episodes_are_one(episodes: str, number: int) -> None:
    extract = looked_after("B")
    extract.missing = spans_of(episodes)
    assert figure_of(extract, DEC_22, "missing_episodes", "fytd") == count(number)


def test_more_than_three_times_is_four() -> None:
    extract = looked_after("AB")
    extract.missing = spans_of(
        " ".join(f"{child},2022-0{n}-01,2022-0{n}-02" for child in "AB" for n in range(5, 9))
    )
    extract.missing["A"].pop()
    assert figure_of(extract, MARCH_23, "missing_children_over3", "fy") == count(1)
