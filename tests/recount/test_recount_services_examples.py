"""The recount agrees with the worked examples of leavers, adoption, workers and foster homes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from .adoption import final_run_start
from .dates import Span
from .examples import (
    care_of,
    day,
    extract_of,
    figure_of,
    households,
    parts_of,
    spans_of,
    workforce,
)
from .extract import Decision, Extract, LeaverRow, LegalSpan, Tracked
from .values import Figure, count, mean, percentage, ratio

FEB_19, MARCH_23 = "2019-02-28", "2023-03-31"


def leaving(**rows: LeaverRow) -> Extract:
    """A care leaver of 18 for each row."""
    episodes = " ".join(f"{c},2019-01-01,S,C2,U6,,2022-03-31,E17" for c in rows)
    extract = extract_of(episodes, {child: "2004-03-31" for child in rows})
    extract.leavers = {child: [row] for child, row in rows.items()}
    return extract


def leaver_row(home: str = "U1", activity: str = "") -> LeaverRow:
    """A row with accommodation and activity."""
    return LeaverRow("", "YES", None, home[0], home[1], "Team", activity)


def test_suitable_to_the_letter_leaves_out_custody_and_bed_and_breakfast_alone() -> None:
    codes = {"A": "U1", "B": "X2", "C": "W1", "D": "Z1", "E": "R0", "F": "D2", "G": "S1"}
    extract = leaving(**{child: leaver_row(home) for child, home in codes.items()})
    assert figure_of(extract, MARCH_23, "cl_suitable_r19_literal") == percentage(5, 7)


def test_training_recorded_under_the_old_codes_does_not_count() -> None:
    """The example lets F3 of 2019 count; the data have no date of the activity (B17)."""
    activities = {"A": "F1", "B": "P5", "C": "G4", "D": "", "E": "F3"}
    extract = leaving(**{child: leaver_row(activity=one) for child, one in activities.items()})
    assert figure_of(extract, MARCH_23, "cl_eet_pct") == percentage(2, 5)
    assert figure_of(extract, MARCH_23, "care_leavers") == count(5)


def test_former_unaccompanied_children_had_the_status_while_in_care() -> None:
    extract = leaving(A=leaver_row(), B=leaver_row(), C=leaver_row())
    extract.uasc = spans_of("A,2019-01-01,2021-01-01 B,2022-03-31, C,2018-01-01,2019-01-01")
    assert figure_of(extract, MARCH_23, "cl_former_uasc") == count(1)


def adopted(children: str, ordered: str, start: str = "2019-01-01") -> Extract:
    """Children adopted on a day from one foster home."""
    extract = extract_of(" ".join(f"{c},{start},S,C2,U6,,{ordered},E12" for c in children))
    extract.decisions = []
    return extract


def test_adoption_within_twelve_months_of_the_decision_that_stands() -> None:
    extract = adopted("A", "2022-06-10")
    for child, ordered in (("B", "2022-06-11"), ("C", "2022-06-01"), ("D", "2022-06-01")):
        extract.episode_rows = (extract.episode_rows or []) + (
            adopted(child, ordered).episode_rows or []
        )
    extract.decisions = [
        Decision("1", "A", decided=day("2021-06-10")),
        Decision("2", "B", decided=day("2021-06-10")),
        Decision("3", "C", decided=day("2020-01-01"), reversed_on=day("2020-09-01")),
        Decision("4", "C", decided=day("2021-09-01")),
    ]
    found = figure_of(extract, "2022-06-30", "adoptions_12m_shobpa_count", "in_month")
    assert found == count(2)
    found = figure_of(extract, "2022-06-30", "adoptions_12m_shobpa_pct", "in_month")
    assert found == percentage(2, 4)


def test_the_tracker_fills_gaps_alone() -> None:
    extract = adopted("AB", "2022-06-10")
    extract.decisions = [Decision("1", "A", decided=day("2020-01-01"))]
    line = Tracked(source_date=day("2022-06-01"), decided=day("2022-01-01"))
    old = Tracked(source_date=day("2022-05-01"), decided=day("2019-01-01"))
    extract.tracker = {"A": [line], "B": [line, old]}
    found = figure_of(extract, "2022-06-30", "adoptions_12m_shobpa_count", "in_month")
    assert found == count(1)


def test_a1_runs_to_the_day_placed() -> None:
    extract = extract_of(
        "A,2021-01-01,S,C2,U6,,2022-06-01,E12 B,2020-03-01,S,C2,U6,,2021-03-01,X1 "
        "B,2021-03-01,P,E1,A6,,2022-06-01,E12 C,2020-01-01,S,C2,U6,,2022-06-01,E11"
    )
    extract.decisions = [Decision("1", "A", placed=day("2022-01-01"))]
    found = figure_of(extract, "2022-06-30", "adoption_a1_days", "fytd")
    assert found == mean([365, 365])


def test_a10_stops_when_the_child_moves_in_with_the_foster_carer_who_adopts() -> None:
    extract = extract_of(
        "A,2020-01-01,S,C2,U6,1,2020-07-01,X1 A,2020-07-01,P,C2,U5,2,2022-01-01,X1 "
        "A,2022-01-01,U,E1,A5,2,2022-06-01,E12 B,2021-01-01,S,C2,U6,1,2021-07-20,X1 "
        "B,2021-07-20,P,E1,A6,2,2022-06-01,E12"
    )
    extract.decisions = []
    assert figure_of(extract, "2022-06-30", "adoption_a10_days", "fytd") == mean([182, 200])
    assert figure_of(extract, "2022-06-30", "adoption_a1_days", "fytd") == mean([731, 200])
    flagged = Decision("1", "B", is_by_carer=True, with_foster_carer=day("2020-12-01"))
    extract.decisions = [flagged]
    assert figure_of(extract, "2022-06-30", "adoption_a10_days", "fytd") == mean([182, 0])
    extract.decisions = [replace(flagged, with_foster_carer=None)]
    assert figure_of(extract, "2022-06-30", "adoption_a10_days", "fytd") == mean([182, 200])


def test_a2_is_zero_where_the_match_came_first() -> None:
    dates = {
        "A": ("2022-01-01", "2022-05-02"),
        "B": ("2022-01-01", "2021-12-01"),
        "C": ("", "2021-12-01"),
        "D": ("2022-01-01", ""),
    }
    extract = adopted("ABCD", "2022-09-01")
    extract.decisions = [
        Decision(
            who,
            who,
            placement_order=day(order) if order else None,
            matched=day(match) if match else None,
            placed=day("2022-06-01"),
        )
        for who, (order, match) in dates.items()
    ]
    assert figure_of(extract, "2022-09-30", "adoption_a2_days", "fytd") == mean([121, 0])


def test_the_court_order_stands_in_for_a_placement_order_not_recorded() -> None:
    extract = adopted("A", "2022-09-01")
    extract.is_903 = True
    (extract.episode_rows or [])[0]["ls"] = "E1"
    extract.decisions = [Decision("1", "A", matched=day("2019-03-02"), placed=day("2022-06-01"))]
    assert figure_of(extract, "2022-09-30", "adoption_a2_days", "fytd") == mean([60])
    spans = [LegalSpan("E1", day("2018-12-31"), None), LegalSpan("E1", day("2019-02-01"), None)]
    extract.legal = {"A": spans}
    care = care_of("A,2019-01-01,S,C2,U6,,2022-09-01,E12", "2022-09-30")
    assert final_run_start(care.periods["A"][0]) is None


WORKERS = """
    W1, social worker, social worker, lac team 1, 1.0, , 18
    W2, social worker, advanced practitioner, lac team 2, 1.0, , 8
    W3, social worker, asye, lac team 3, 0.5, , 6
    TM, team manager, , lac team 1, 1.0, , 2
    W4, social worker, social worker, lac team 4, 0.8, , 12
    W5, social worker, social worker, lac team 5, 1.0, 2019-02-28, 0
"""


def test_caseloads_are_children_over_hours_adjusted_since_february_2019() -> None:
    extract = workforce(extract_of(""), WORKERS)
    found = figure_of(extract, FEB_19, "caseload_avg_lac_1_3")
    assert found == ratio(32, Fraction("1.7"))
    assert figure_of(extract, FEB_19, "caseload_avg_lac_1_3_raw_fte") == ratio(32, Fraction("2.5"))
    assert figure_of(extract, "2019-01-31", "caseload_avg_lac_1_3") == ratio(32, Fraction("2.5"))
    assert figure_of(extract, FEB_19, "caseload_avg_lac_4_5") == ratio(12, Fraction("0.8"))
    assert figure_of(extract, FEB_19, "caseload_max") == count(18)


@pytest.mark.parametrize(
    ("away", "counts"),
    [
        (Span(date(2019, 1, 31)), True),
        (Span(date(2019, 1, 30)), False),
        (Span(date(2019, 1, 1), date(2019, 2, 28)), True),
    ],
)
def test_workers_absent_for_more_than_28_days_are_out(away: Span, counts: bool) -> None:
    extract = workforce(extract_of(""), WORKERS)
    assert extract.posts is not None
    extract.posts["W4"] = [replace(extract.posts["W4"][0], away=away)]
    found = figure_of(extract, FEB_19, "caseload_avg_lac_4_5")
    assert found == (ratio(12, Fraction("0.8")) if counts else Figure(None, 0, Fraction(0)))


def test_recruited_and_deregistered_are_the_gaps_between_approvals() -> None:
    extract = extract_of("")
    extract.foster = households(
        """
        decided,2023-04-03,Mainstream,2,,,,
        changed,2020-01-01,Mainstream,1,,,2023-04-05,Change
        changed,2023-04-05,Family and friends,3,,,,
        agency,2023-04-05,IFA,3,,,,
        kin,2022-12-01,Family and friends,1,2022-12-01,2023-04-20,,
        left,2020-01-01,Mainstream,1,,,2023-04-07,Resignation
        removed,2020-01-01,Mainstream,1,,,2023-03-31,
        """
    )
    april = "2023-04-30"
    assert parts_of(extract, april, "foster_recruited", "fytd") == {
        "": count(2),
        "carer_type=Mainstream": count(1),
        "carer_type=Family and friends": count(1),
    }
    assert figure_of(extract, april, "foster_places_created", "fytd") == count(3)
    assert parts_of(extract, april, "foster_deregistered", "fytd") == {
        "": count(1),
        "route=Resignation": count(1),
        "carer_type=Mainstream": count(1),
    }
    assert parts_of(extract, MARCH_23, "foster_deregistered", "in_month") == {
        "": count(1),
        "route=not recorded": count(1),
        "carer_type=Mainstream": count(1),
    }
    before, after = (figure_of(extract, d, "foster_households") for d in (MARCH_23, april))
    assert (before, after) == (count(2), count(3))
