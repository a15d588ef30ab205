from datetime import date

import pytest

from synthetic.days import add_months, add_working_days, bank_holidays, birthday, terms


def test_born_on_29_february_turns_18_on_1_march() -> None:
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)


def test_six_months_after_31_august_is_the_end_of_february() -> None:
    assert add_months(date(2023, 8, 31), 6) == date(2024, 2, 29)


def test_the_20th_working_day_skips_christmas() -> None:
    assert add_working_days(date(2022, 12, 9), 20) == date(2023, 1, 11)


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2021, {date(2021, 12, 27), date(2021, 12, 28)}),
        (2022, {date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19), date(2022, 12, 27)}),
        (2026, {date(2026, 4, 3), date(2026, 4, 6), date(2026, 8, 31), date(2026, 12, 28)}),
    ],
)
def test_moved_and_one_off_bank_holidays_are_known(year: int, expected: set[date]) -> None:
    assert expected <= bank_holidays(year)


def test_a_year_has_three_terms_in_order() -> None:
    assert [end.month for _, end in terms(date(2025, 1, 1), date(2025, 12, 31))] == [4, 7, 12]
