"""The recount agrees with the worked example of each of its fourteen indicators."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from .care import carer_spells
from .dates import Window
from .examples import care_of, day, extract_of, figure_of, households, since
from .extract import LeaverRow, LegalSpan, Review, legal_status_of
from .figures import figures_at
from .leavers import suitable
from .reviews import reviews_in_time
from .values import Figure, count, percentage

MARCH_23 = "2023-03-31"


def figure(
    care_text: str,
    day_d: str,
    indicator_id: str,
    basis: str = "month_end",
    births: dict[str, str] | None = None,
) -> Figure:
    """One figure of a few episodes."""
    return figures_at(extract_of(care_text, births), day(day_d))[
        indicator_id, day(day_d), basis, ""
    ]


def test_lac_count_leaves_out_short_breaks_the_day_care_ends_and_those_aged_18() -> None:
    episodes = """
        A,2023-03-31,S,V2,U6,,,           B,2022-01-10,S,C2,U4,,2023-03-31,E4A
        C,2023-03-01,S,V4,K2,,,           D,2022-06-01,S,C1,U6,,2023-02-01,X1
        D,2023-02-01,L,C2,U6,,,           E,2020-05-01,S,C2,U4,,,
        F,2023-03-31,S,V2,U6,,2023-03-31,E4A
    """
    assert figure(episodes, MARCH_23, "lac_count", births={"E": "2005-03-31"}) == count(2)


@pytest.mark.parametrize(
    ("day_d", "number", "rate"), [("2018-05-31", 637, "112.6"), ("2018-06-30", 643, "112.9")]
)
def test_lac_rate_takes_the_population_published_by_d(day_d: str, number: int, rate: str) -> None:
    episodes = " ".join(f"{child},2017-01-01,S,C2,U6,,," for child in range(number))
    value = figure(episodes, day_d, "lac_rate_10k").value
    assert value is not None and f"{float(value):.1f}" == rate


def test_admissions_are_periods_of_care_that_begin_and_not_same_day_returns() -> None:
    episodes = """
        A,2023-02-01,S,V2,U6,,,           B,2023-02-28,S,L2,U6,,,
        C,2022-11-01,S,V2,U6,,2023-02-10,E4A  C,2023-02-10,S,V2,U6,,,
        D,2022-11-01,S,V2,U6,,2023-02-10,E4A  D,2023-02-11,S,V2,U6,,,
        E,2023-02-03,S,V4,K2,,,           G,2023-02-05,L,C1,U6,,,
    """
    assert figure(episodes, "2023-02-28", "admissions", "in_month") == count(3)


def test_ceased_counts_ends_of_care_and_18th_birthdays() -> None:
    episodes = """
        A,2021-01-01,S,E1,U6,,2023-02-01,E11  B,2022-01-01,S,V2,U6,,2023-02-28,E4B
        C,2022-01-01,S,V2,U6,,2023-02-10,E8   C,2023-02-10,S,V2,U6,,,
        D,2020-01-01,S,C2,U6,,,
        E,2022-05-01,S,C1,U6,,2023-02-05,X1   E,2023-02-05,L,C2,U6,,,
        F,2023-02-01,S,V4,U6,,2023-02-03,E8
    """
    born = {"D": "2005-02-14"}
    assert figure(episodes, "2023-02-28", "ceased", "in_month", born) == count(3)


def test_ceased_by_reason_splits_other_reasons_at_18() -> None:
    born = {"A": "2004-01-15", "B": "2008-06-01", "C": "2004-03-31", "D": "2019-01-01"}
    episodes = """
        A,2020-01-01,S,C2,U6,,2022-01-15,E8   B,2020-01-01,S,C2,U6,,2021-09-01,E8
        C,2020-01-01,S,C2,U6,,2022-03-31,E17  D,2020-01-01,S,C2,U6,,2021-10-10,E11
    """
    day_d = day("2022-03-31")
    figures = figures_at(extract_of(episodes, born), day_d)
    for basis in ("fy", "fytd"):
        parts = {
            key[3]: f
            for key, f in figures.items()
            if key[0] == "ceased_by_reason" and key[2] == basis
        }
        assert parts.pop("") == count(4)
        assert parts == {
            f"reason={reason}": count(1) for reason in ("E8 at 18", "E8 other", "E17", "E11")
        }


def test_permanence_is_adoption_and_orders_but_not_e13() -> None:
    reasons = ["E11", "E41", "E45", "E13", "E8"]
    episodes = " ".join(f"{r},2021-01-01,S,C2,U6,,2023-02-01,{r}" for r in reasons)
    found = figure(episodes, "2023-02-28", "ceased_permanence_pct", "fytd")
    assert found == percentage(3, 5)


def test_three_placements_are_carer_spells_in_the_twelve_months() -> None:
    episodes = """
        A,2020-01-01,S,C2,U6,1,2022-04-02,X1  A,2022-04-02,P,C2,U6,2,2022-12-01,X1
        A,2022-12-01,P,C2,K2,3,,
        B,2020-01-01,S,C2,U6,1,2022-04-01,X1  B,2022-04-01,P,C2,U6,2,2022-12-01,X1
        B,2022-12-01,P,C2,K2,3,,
        C,2021-01-01,S,C2,U6,1,2022-08-01,X1  C,2022-08-01,P,C2,T3,9,2022-08-15,X1
        C,2022-08-15,P,C2,U6,1,2023-01-01,X1  C,2023-01-01,T,C2,U4,1,,
        D,2022-05-01,S,C2,U6,1,2022-06-01,E4A D,2022-09-01,S,C2,U6,2,2022-10-01,X1
        D,2022-10-01,B,C2,U6,4,,
    """
    found = figure(episodes, MARCH_23, "three_plus_placements_pct", "rolling_12m")
    assert found == percentage(2, 4)


def test_long_term_stability_counts_two_years_with_one_carer_and_moves_to_adopters() -> None:
    born = {"A": "2012-01-01", "D": "2019-01-01", "E": "2019-01-01", "F": "2007-03-31"}
    episodes = """
        A,2020-10-01,S,C2,U6,,2021-04-01,X1   A,2021-04-01,P,C2,U4,,,
        B,2020-10-02,S,C2,U4,,,
        C,2019-01-01,S,C2,U6,,2021-04-02,X1   C,2021-04-02,P,C2,U4,,,
        D,2020-01-01,S,C2,U5,,2022-09-01,X1   D,2022-09-01,U,C2,A5,,,
        E,2020-01-01,S,C2,U6,,2022-09-01,X1   E,2022-09-01,B,C2,A6,,,
        F,2015-01-01,S,C2,U4,,,
    """
    found = figure(episodes, MARCH_23, "long_term_stability_pct", births=born)
    assert found == percentage(3, 4)


def test_family_based_takes_the_placement_an_absence_returns_to() -> None:
    episodes = """
        A,2022-01-01,S,C2,U6,,,  B,2022-01-01,S,C2,A5,,,  C,2022-01-01,S,C2,P1,,,
        D,2022-01-01,S,C2,K2,,,  E,2022-01-01,S,C2,U3,,2023-03-28,X1
        E,2023-03-28,P,C2,T4,,,  F,2022-01-01,S,C2,P2,,,
    """
    assert figure(episodes, MARCH_23, "family_based_pct") == percentage(4, 6)


def test_reviews_are_due_after_20_working_days_then_3_then_6_months() -> None:
    care = care_of(
        since("AB", "2022-12-09") + " " + since("C", "2022-11-10") + " " + since("D", "2022-05-10"),
        "2023-02-28",
    )
    held = [
        ("A", "2023-01-11"),
        ("B", "2023-01-12"),
        ("C", "2022-11-30"),
        ("C", "2023-02-28"),
        ("D", "2022-05-31"),
        ("D", "2022-08-31"),
        ("D", "2023-02-28"),
        ("D", "2023-02-28"),
    ]
    care.extract.reviews = [Review(child, "", day(text)) for child, text in held]
    found = reviews_in_time(care, Window(date(2023, 1, 1), date(2023, 2, 28)))
    assert found == percentage(3, 4)


def test_visits_are_due_after_a_week_then_six_then_twelve_weeks() -> None:
    starts = {
        "A": "2023-03-24",
        "B": "2023-03-23",
        "C": "2022-12-01",
        "D": "2022-12-01",
        "E": "2022-01-10",
        "F": "2022-01-10",
        "G": "2022-03-31",
    }
    extract = extract_of(" ".join(since(child, start) for child, start in starts.items()))
    extract.visits = {
        "C": [day("2023-02-17")],
        "D": [day("2023-02-16")],
        "E": [day("2023-01-06")],
        "F": [day("2023-01-10")],
        "G": [day("2022-12-20"), day("2023-03-30")],
    }
    found = figures_at(extract, day(MARCH_23))
    assert found["visits_up_to_date_nms_pct", day(MARCH_23), "month_end", ""] == percentage(4, 7)


def test_health_assessments_hold_six_months_under_five_and_twelve_after() -> None:
    born = {"A": "2020-01-01", "B": "2020-01-01", "C": "2019-02-28"}
    day_d = day("2024-02-29")
    starts = {
        "A": "2023-01-01",
        "B": "2023-01-01",
        "C": "2022-01-01",
        "D": "2020-01-01",
        "E": "2024-02-05",
    }
    extract = extract_of(" ".join(since(child, start) for child, start in starts.items()), born)
    extract.health = {
        "A": [day("2023-08-29")],
        "B": [day("2023-08-28")],
        "C": [day("2023-05-01")],
        "D": [day("2023-02-28")],
    }
    found = figures_at(extract, day_d)["health_assessment_up_to_date_pct", day_d, "month_end", ""]
    assert found == percentage(2, 4)


def test_bed_and_breakfast_custody_and_unknown_are_not_suitable_whatever_the_flag() -> None:
    homes = {"A": "U1", "B": "X2", "C": "W1", "D": "Z1", "E": "R0", "F": "D2", "G": "S1"}
    born = {child: "2004-03-31" for child in homes}
    episodes = " ".join(f"{c},2019-01-01,S,C2,U6,,2022-03-31,E17" for c in homes)
    care = care_of(episodes, MARCH_23, born)
    care.extract.leavers = {
        child: [LeaverRow("Former relevant child", "YES", None, home[0], home[1], "Team")]
        for child, home in homes.items()
    }
    assert suitable(care) == percentage(2, 7)


def test_care_leavers_are_relevant_or_former_relevant() -> None:
    born = {
        "A": "2004-03-31",
        "B": "1998-03-31",
        "C": "2005-06-01",
        "D": "2006-01-01",
        "E": "2001-01-01",
        "F": "1998-04-01",
    }
    episodes = """
        A,2019-01-01,S,C2,U6,,2022-03-31,E17  B,2012-01-01,S,C2,U6,,2016-03-31,E17
        C,2021-06-10,S,C2,U6,,2021-08-01,E4A  D,2018-01-01,S,C2,U6,,,
        E,2014-01-01,S,C2,U6,,2019-01-01,E17  F,2012-01-01,S,C2,U6,,2016-04-01,E17
    """
    care = care_of(episodes, MARCH_23, born)
    care.extract.leavers = {
        child: [LeaverRow("", "NREQ" if child == "E" else "YES", None, "U", "1", "Team")]
        for child in "BEF"
    }
    assert suitable(care) == percentage(1, 2)


def test_foster_households_leave_out_temporary_approvals_and_those_ended_on_d() -> None:
    extract = extract_of("")
    extract.foster = households(
        """
        new,2022-12-31,Mainstream,1,,,,
        gone,2020-01-01,Mainstream,1,,,2022-12-31,Resignation
        temporary,2022-11-01,Mainstream,1,2022-11-01,,,
        open,2020-01-01,Mainstream,1,,,,
        """
    )
    assert figure_of(extract, "2022-12-31", "foster_households") == count(2)


SPELLS = {
    "a return to the same home is no move": (
        "A,2022-01-01,S,C2,U6,1,2022-05-01,X1 A,2022-05-01,P,C2,T4,,2022-05-05,X1 "
        "A,2022-05-05,P,C2,U6,1,,",
        ["2022-01-01"],
    ),
    "a return elsewhere starts a spell and the absence is none": (
        "A,2022-01-01,S,C2,U6,1,2022-05-01,X1 A,2022-05-01,P,C2,T4,,2022-05-05,X1 "
        "A,2022-05-05,T,C2,U6,2,,",
        ["2022-01-01", "2022-05-05"],
    ),
    "an absence over its limit is a spell and so is the return": (
        "A,2022-01-01,S,C2,U6,1,2022-05-01,X1 A,2022-05-01,P,C2,T4,,2022-05-09,X1 "
        "A,2022-05-09,P,C2,U6,1,,",
        ["2022-01-01", "2022-05-01", "2022-05-09"],
    ),
    "an absence in two rows is judged as one stay": (
        "A,2022-01-01,S,C2,U6,1,2022-05-01,X1 A,2022-05-01,P,C2,T4,,2022-05-05,X1 "
        "A,2022-05-05,L,C1,T4,,2022-05-09,X1 A,2022-05-09,P,C1,U6,1,,",
        ["2022-01-01", "2022-05-01", "2022-05-09"],
    ),
    "an open absence is temporary however long": (
        "A,2022-01-01,S,C2,U6,1,2022-05-01,X1 A,2022-05-01,P,C2,T4,,,",
        ["2022-01-01"],
    ),
    "an absence that ends care is a spell": (
        "A,2022-01-01,S,C2,U6,1,2022-05-01,X1 A,2022-05-01,P,C2,T0,,2022-05-03,E4A",
        ["2022-01-01", "2022-05-01"],
    ),
    "an absence inside an open placement is nothing": (
        "A,2022-01-01,S,C2,U6,1,,X1 A,2022-05-01,P,C2,T4,,2022-05-30,X1",
        ["2022-01-01"],
    ),
    "a change of legal status with another placement is a move": (
        "A,2022-01-01,S,C2,U6,1,2022-05-01,X1 A,2022-05-01,L,C1,U6,2,,",
        ["2022-01-01", "2022-05-01"],
    ),
    "a same-day return to care starts a spell": (
        "A,2022-01-01,S,C2,U6,1,2022-05-01,E4A A,2022-05-01,S,C2,U6,1,,",
        ["2022-01-01", "2022-05-01"],
    ),
}


@pytest.mark.parametrize("case", SPELLS)
def test_carer_spells_start_where(case: str) -> None:
    episodes, starts = SPELLS[case]
    (period,) = care_of(episodes, MARCH_23).periods["A"]
    assert [str(spell.start) for spell in carer_spells(period)] == starts


def test_an_end_after_d_is_open_and_its_reason_unknown() -> None:
    (period,) = care_of("A,2022-01-01,S,C2,U6,,2023-04-01,E11", MARCH_23).periods["A"]
    assert (period.end, period.reason) == (None, None)


def test_overlapping_rows_make_one_period_that_ends_with_the_latest() -> None:
    episodes = (
        "A,2022-01-01,S,C2,U6,,2022-09-01,E4A A,2022-05-01,P,C2,U4,,2022-06-01,X1 "
        "A,2022-09-01,P,C2,U4,,2022-10-01,E41 A,2022-09-02,P,C2,U4,,2022-10-01,E45"
    )
    (period,) = care_of(episodes, MARCH_23).periods["A"]
    assert (period.start, period.end, period.reason) == (
        day("2022-01-01"),
        day("2022-10-01"),
        "E45",
    )


def test_an_exact_duplicate_counts_once() -> None:
    row = "A,2022-01-01,S,C2,U6,1,,"
    (period,) = care_of(f"{row} {row}", MARCH_23).periods["A"]
    assert len(carer_spells(period)) == 1


@pytest.mark.parametrize(
    ("episodes", "end", "reason"),
    [
        ("A,2020-01-01,S,C2,U6,,,", "2023-02-14", "NOT_RECORDED"),
        ("A,2020-01-01,S,C2,U6,,2023-03-01,E8", "2023-02-14", "E8"),
        ("A,2020-01-01,S,V2,K2,,,", None, None),
        (
            "A,2020-01-01,S,V2,K2,,2023-03-10,X1 A,2023-03-10,P,V2,U6,,,",
            "2023-03-10",
            "NOT_RECORDED",
        ),
    ],
)
def test_care_ends_on_the_18th_birthday_except_in_v2_with_k2(
    episodes: str, end: str | None, reason: str | None
) -> None:
    (period,) = care_of(episodes, MARCH_23, {"A": "2005-02-14"}).periods["A"]
    assert (str(period.end) if period.end else None, period.reason) == (end, reason)


def test_care_that_starts_after_the_18th_birthday_does_not_exist() -> None:
    episodes = "A,2023-02-20,S,V2,K2,,,"
    assert care_of(episodes, MARCH_23, {"A": "2005-02-14"}).periods["A"] == []


def test_the_legal_status_of_an_episode_is_that_at_its_start_else_the_first_within_it() -> None:
    start, later = date(2022, 1, 1), date(2022, 2, 1)
    spans = [
        LegalSpan("V2", start, None),
        LegalSpan("C2", start, None),
        LegalSpan("E1", later, None),
    ]
    assert legal_status_of(spans, start, None, date(2022, 3, 31)) == "C2"
    assert legal_status_of(spans[2:], start, None, date(2022, 3, 31)) == "E1"
    assert legal_status_of(spans[2:], start, later, date(2022, 3, 31)) is None
    assert legal_status_of(spans[2:], start, None, date(2022, 1, 31)) is None


def test_nobody_to_count_has_no_value() -> None:
    assert figure("", MARCH_23, "family_based_pct") == Figure(None, 0, 0)
    assert percentage(1, 3).value == Fraction(100, 3)
