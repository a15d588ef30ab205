"""Which typed numbers are taken to be figures, and which are not."""

from __future__ import annotations

import pytest

from reporting.commentary.numbers import typed_numbers


def _typed(sentence: str, *units: str) -> list[str]:
    return [typed.text for typed in typed_numbers(sentence, frozenset(units))]


@pytest.mark.parametrize(
    "sentence",
    [
        "On 31 October 2026, 1 to 31 October, October 2026, Oct-26, 31/10/2026 and 2026-10-31.",
        "In 2026, since 2019, 2025/26 and 2025-26.",
        "Aged 16 to 17, 16 year olds, 16-17 year olds, under 5s, under-18s, aged five and under.",
        "Children under five, children over 10, 16+, 0-17, turning 18, post-16, aged 18 or over.",
        "Phase 2, phases one and two, Regulation 44, Year 11, Key Stage 4, section 47, Level 3.",
        "Teams 1 to 3, LAC teams 4-5, paragraph 3.1.2, Appendix 2, Quarter 2, Q2, A1, DQ01, E4A.",
        "At 10am, 10.30 am, 9:30, 24/7.",
        "£450,000, £1.2m, £ 5 million, 50 pence.",
        "20 working days, six weeks, two years, 2-year, 12 months, two and a half years, 3 nights.",
        "The 1st, 2nd and 18th birthday.",
        "Two thirds and three quarters, three or more placements, more than three times.",
        "01709 382121, 0800 123 4567, +44 1709 382121.",
        "Per 10,000 and every 1,000.",
        "One of the reasons, two priorities, three themes; one in particular; COVID-19.",
    ],
)
def test_what_is_no_figure_is_passed_over(sentence: str) -> None:
    assert _typed(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("551 children, 88.1% or 88.1 per cent", ["551", "88.1%", "88.1 per cent"]),
        ("2.1 percentage points, 3% points", ["2.1 percentage points", "3% points"]),
        ("1,204 and 1204", ["1,204", "1204"]),
        ("children,551 and x551", ["551"]),
        ("five hundred and fifty-one children", ["five hundred and fifty-one"]),
        ("between eight and ten households", ["eight", "ten"]),
        ("one child, two young people, seven were late", ["one", "two", "seven"]),
        ("thirteen reasons", ["thirteen"]),
        ("In May 15 children left", ["15"]),
        ("This year 12 children, at this stage 12 children", ["12", "12"]),
        ("2026 children", ["2026"]),
        ("under 90% and over 500 children", ["90%", "500"]),
        ("section 90.2% and level 88.1", ["90.2%", "88.1"]),
    ],
)
def test_all_else_is_taken_to_be_a_figure(sentence: str, numbers: list[str]) -> None:
    assert _typed(sentence) == numbers


def test_days_and_years_are_figures_of_measures_in_days_and_years() -> None:
    assert _typed("They waited 485 days") == []
    assert _typed("They waited 485 days", "days") == ["485"]
    assert _typed("The average age of 7.5 years", "years") == ["7.5"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-three", 23), ("five hundred and fifty one", 551), ("hundred", 100),
        ("two thousand and four", 2004), ("two dozen", 24), ("nineteen", 19),
    ],
)  # fmt: skip
def test_numbers_in_words_are_read(words: str, value: int) -> None:
    assert [typed.value for typed in typed_numbers(f"{words} children", frozenset())] == [value]
