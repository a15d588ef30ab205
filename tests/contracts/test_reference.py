"""The shipped reference data is complete, unambiguous and written as the contract says."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.contract import TABLES, tables_of

PROJECT = Path(__file__).parents[2] / "dbt_project"
REFERENCE = PROJECT / "reference"
NAMES = [table.name for table in tables_of("reference")]
THRESHOLD = re.compile(r"(<=?\d+(\.\d)?|>\d+(\.\d)?|\d+(\.\d)?\+|\d+(\.\d)?-\d+(\.\d)?)?")
LEGAL_STATUSES = "C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3 SGO CAO ICAO".split()
# Days within which an adoption is in time: for a later indicator to read, not for a rating.
DAY_LIMITS = {"adoption_a1_limit_days", "adoption_a2_limit_days"}
END_REASONS = (
    "E11 E12 E13 E14 E15 E16 E17 E2 E3 E41 E43 E44 E45 E46 E47 E48 E4A E4B E5 E6 E7 E8 E9 X1"
).split()
MOVED = {2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}
ONE_OFF = {date(2012, 6, 5), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a shipped reference file."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def easter_sunday(year: int) -> date:
    """Return Easter Sunday by the anonymous Gregorian computus."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    skipped = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + skipped + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    return date(year, 3, 22) + timedelta(days=moon + week - 7 * late)


def next_free_weekday(day: date, taken: set[date]) -> date:
    """Return a holiday as observed: the next working day where it falls on a weekend."""
    while day.weekday() > 4 or day in taken:
        day += timedelta(days=1)
    return day


def monday_on_or_before(day: date) -> date:
    """Return the last Monday up to a day."""
    return day - timedelta(days=day.weekday())


def bank_holidays(year: int) -> set[date]:
    """Return the bank holidays of England and Wales in a year, as observed."""
    easter = easter_sunday(year)
    early_may = date(2020, 5, 8) if year == 2020 else monday_on_or_before(date(year, 5, 7))
    spring = MOVED.get(year, monday_on_or_before(date(year, 5, 31)))
    boxing, christmas = date(year, 12, 26), date(year, 12, 25)
    on_its_day = {day for day in (boxing, christmas) if day.weekday() < 5}
    moved = next_free_weekday(date(year, 12, 25), on_its_day - {christmas})
    days = {
        next_free_weekday(date(year, 1, 1), set()),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        early_may,
        spring,
        monday_on_or_before(date(year, 8, 31)),
        moved,
        next_free_weekday(boxing, {moved}),
    }
    return days | {day for day in ONE_OFF if day.year == year}


def overlap(first: dict[str, str], second: dict[str, str]) -> bool:
    """Return whether the validity of two rows has a day in common; ISO dates sort as text."""
    latest_start = max(first["valid_from"], second["valid_from"])
    return latest_start <= min(row["valid_to"] or "9999-12-31" for row in (first, second))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_has_the_columns_of_the_contract(name: str) -> None:
    content = (REFERENCE / f"{name}.csv").read_bytes()
    assert b"\r" not in content and not content.startswith(b"\xef\xbb\xbf")
    header = content.decode("utf-8").splitlines()[0].split(",")
    assert header == [column.written for column in TABLES[name].columns]


@pytest.mark.parametrize("name", NAMES)
def test_no_key_column_is_empty(name: str) -> None:
    keys = [TABLES[name].column(key).written for key in TABLES[name].key]
    assert all(row[key].strip() for row in rows(name) for key in keys)


@pytest.mark.parametrize("name", ["ref_legal_status", "ref_rec", "ref_code_map"])
def test_a_recorded_value_has_one_meaning_whatever_its_case(name: str) -> None:
    values = [(row.get("domain", ""), row["source_value"].strip().lower()) for row in rows(name)]
    assert len(values) == len(set(values))


@pytest.mark.parametrize(
    ("name", "key"), [("ref_placement_local", "source_value"), ("ref_target", "indicator_id")]
)
def test_meanings_of_one_value_do_not_overlap_in_time(name: str, key: str) -> None:
    listed = rows(name)
    pairs = [(a, b) for i, a in enumerate(listed) for b in listed[:i]]
    same = [(a, b) for a, b in pairs if a[key].lower() == b[key].lower()]
    assert not [a[key] for a, b in same if overlap(a, b)]


@pytest.mark.parametrize("code", LEGAL_STATUSES)
def test_every_legal_status_code_means_itself(code: str) -> None:
    assert code in {row["code"] for row in rows("ref_legal_status") if row["source_value"] == code}


@pytest.mark.parametrize("code", END_REASONS)
def test_every_end_reason_code_means_itself(code: str) -> None:
    assert code in {row["code"] for row in rows("ref_rec") if row["source_value"] == code}


def test_the_groups_of_legal_statuses_are_those_of_the_rulings() -> None:
    groups = {row["status_group"] for row in rows("ref_legal_status")}
    assert groups == {"C", "E", "V", "L", "J", "SGO", "CAO", "ICAO"}


def test_placement_flags_agree_with_the_code_they_stand_beside() -> None:
    for row in rows("ref_placement_local"):
        if row["code"] == "Z1":
            continue  # what a local type of Z1 is, only its flags say (C14)
        family_based = row["code"][0] in "UA" or row["code"] == "P1"
        assert row["family_based"] == ("Y" if family_based else "N"), row
        assert row["kinship"] == ("Y" if row["code"] in ("U1", "U2", "U3") else "N"), row
        assert row["unregistered"] == "N", row


@pytest.mark.parametrize("year", range(2012, 2031))
def test_bank_holidays_follow_the_rules_and_the_moved_days(year: int) -> None:
    listed = {date.fromisoformat(row["date"]) for row in rows("ref_bank_holiday")}
    assert {day for day in listed if day.year == year} == bank_holidays(year)


def test_terms_follow_one_another_and_start_and_end_on_school_days() -> None:
    holidays = {row["date"] for row in rows("ref_bank_holiday")}
    days = [row[end] for row in rows("ref_term") for end in ("start_date", "end_date")]
    assert days == sorted(days) and len(days) == len(set(days)) == 13 * 3 * 2
    assert all(date.fromisoformat(day).weekday() < 5 and day not in holidays for day in days)


def test_threshold_cells_can_be_computed() -> None:
    cells = [row[colour] for row in rows("ref_target") for colour in ("red", "amber", "green")]
    assert all(THRESHOLD.fullmatch(cell) for cell in cells)


@pytest.mark.parametrize("name", ["ref_target", "ref_benchmark"])
def test_what_is_compared_is_an_indicator(name: str) -> None:
    built = {
        file.stem.removeprefix("ind_") for file in PROJECT.glob("models/indicators/*/ind_*.sql")
    }
    named = {row["indicator_id"] for row in rows(name)}
    assert named - DAY_LIMITS <= built
    assert not DAY_LIMITS & built


def test_thresholds_follow_one_another_without_a_gap() -> None:
    listed = rows("ref_target")
    for before, after in pairwise(listed):
        if before["indicator_id"] == after["indicator_id"]:
            ended = date.fromisoformat(before["valid_to"])
            assert date.fromisoformat(after["valid_from"]) == ended + timedelta(days=1), after
        else:
            assert not before["valid_to"], f"the last of {before['indicator_id']} stays in force"
    assert not listed[-1]["valid_to"]
    assert all(row["printed"] and row["valid_from"][5:] == "04-01" for row in listed)


def test_the_latest_period_of_a_comparator_sorts_last() -> None:
    periods = {row["period"] for row in rows("ref_benchmark")}
    assert sorted(periods) == [
        "2015/16 May edition",
        "2018/19 February edition",
        "2022/23 Q3 edition",
    ]
    keys = [
        (row["indicator_id"], row["comparator"], row["period"]) for row in rows("ref_benchmark")
    ]
    assert len(keys) == len(set(keys))


def test_a_break_in_a_series_has_a_month_of_its_own() -> None:
    breaks = [(row["indicator_id"], row["from_month"]) for row in rows("ref_series_break")]
    assert len(breaks) == len(set(breaks))
    assert all(re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month) for _, month in breaks)
    # The sentence is joined to others, so it has no full stop of its own.
    assert all(row["note"] and row["note"][-1] not in ". ;" for row in rows("ref_series_break"))


def test_one_to_five_are_hidden_and_somebody_has_decided_so() -> None:
    [rule] = rows("ref_disclosure")
    assert (rule["smallest_shown"], rule["hide_rest"], rule["hide_steps"]) == ("6", "Y", "Y")
    assert int(rule["smallest_denominator"]) >= int(rule["smallest_shown"])
    assert rule["owner"] and date.fromisoformat(rule["decided_on"])


def test_comparators_are_the_five_of_the_scorecard() -> None:
    assert {row["comparator"] for row in rows("ref_benchmark")} == {
        "stat_neighbour_average",
        "best_stat_neighbour",
        "national_average",
        "top_quartile",
        "region",
    }
    assert all(float(row["value"]) > 0 for row in rows("ref_benchmark"))


def test_the_shipped_council_is_the_invented_one() -> None:
    assert {row["la"] for row in rows("ref_council")} == {"X99000001"}
    assert {row["la"] for row in rows("ref_population")} == {"X99000001"}
