from datetime import date

import pytest

from pipeline.month import Month, reporting_month


def test_a_month_knows_its_reporting_date_and_its_neighbours() -> None:
    february = Month.parse("2028-02")
    assert february.last_day == date(2028, 2, 29)
    assert str(february.plus(-2)) == "2027-12"
    assert str(february.plus(11)) == "2029-01"
    assert february.plus(-1) < february


@pytest.mark.parametrize("text", ["2026-13", "October 2026", "2026-1", "202610", ""])
def test_what_is_no_month_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="write it as year and month"):
        Month.parse(text)


def test_the_param_wins_over_the_partition_key() -> None:
    assert reporting_month({"month": "2026-10"}, "2026-09") == Month(2026, 10)
    assert reporting_month({"month": None}, "2026-09") == Month(2026, 9)


def test_a_month_is_never_guessed() -> None:
    with pytest.raises(ValueError, match="no reporting month"):
        reporting_month({}, None)
