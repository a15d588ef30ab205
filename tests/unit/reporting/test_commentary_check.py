"""Numbers typed by hand: a sentence that contradicts its table is not published.

The sentences are invented, in the manner of published ones that contradict their tables: the month
before for the month, one measure's figure for another's, a benchmark that is none, a wrong change.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reporting.commentary.reading import read_commentary
from reporting.rows import Figure, PackRows
from tests.unit.reporting.commentary_files import (
    HIDDEN,
    officers_rows,
    public_rows,
    read,
    refused,
    write,
)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> PackRows:
    return public_rows(tmp_path_factory.mktemp("check"))


LAC, HEALTH, PLACEMENTS = "looked-after-children", "health", "placements"
PLANS, LEAVERS = "reviews-plans-visits", "care-leavers"


@pytest.mark.parametrize(
    ("theme", "sentence"),
    [
        (LAC, "551 children were looked after, 7 more than in September and 23 fewer than a year"
              " ago."),
        (LAC, "There were 544 children in care in September and {{ figure('lac_count') }} now."),
        (LAC, "The number of looked after children rose from 544 in September to 551."),
        (LAC, "There were 21 admissions in October 2026, which brings this year so far to 98."),
        (LAC, "98 children were admitted from April to October."),
        (LAC, "The rate of 96.1 per 10,000 compares with 98.4 for similar councils and 70.0 in"
              " England."),
        (LAC, "At 31 March 560 children were in care."),
        (LAC, "A year ago 574 children were in care, last year 560."),
        (LAC, "Our target for the rate of children in care is below 85."),
        (LAC, "75 children in care were aged 1 to 4."),
        (LAC, "There were 551 children in care (4.1), and measure 4.1 is for information."),
        (LAC, "Five hundred and fifty-one children are in our care, seven more than last month."),
        (LAC, "Children aged 16 to 17, 16 year olds and under 5s make up much of the growth."),
        (LAC, "Phase 2 of the strategy starts on 1 December 2026 under Regulation 44; Key Stage 4"
              " starts in Year 10."),
        (LAC, "There are two reasons, and one of them is new; the first of 3 July 2026 stands."),
        (LAC, "£450,000 was spent and {{ not_a_figure('12') }} workers meet at 10.30am, 24/7."),
        (LAC, "Between 2019 and 2025/26 two thirds of teams 1 to 3 moved."),
        (HEALTH, "88.1 per cent of children (458 of 520) had an up to date health assessment."),
        (HEALTH, "Of the 520 children, 62 had no up to date health assessment."),
        (HEALTH, "Health assessments fell by 0.7 percentage points since September, but remain 4.0"
                 " points higher than a year ago."),
        (HEALTH, "Health assessments are at 88.1%, 0.9 percentage points below England."),
        (HEALTH, "88.1% is down 0.7 points."),
        (HEALTH, "Health assessments fell in October, as they did in each of the last 3 months."),
        (HEALTH, "They are due within 20 working days, then every six months for under fives, every"
                 " year from age 5, for children over 4 too."),
        (HEALTH, "Call 01709 382121 or +44 1709 382121 before Friday 6 November at 4pm."),
        (HEALTH, "The COVID-19 fund and section 117 pay for 1st and 2nd visits."),
        (PLACEMENTS, "9.8% of children in care had three or more placements, 54 of 551."),
        (PLACEMENTS, "Stability of long term placements was 62.7%, against a target of 70%."),
        (PLACEMENTS, "Stability was 66.4% in October 2025 and has fallen to 62.7%."),
        (LEAVERS, "97.2% of care leavers live in suitable accommodation, 313 of 322; nationally it"
                  " is 88%."),
        ("summary", "In October 2026, 551 children were looked after and 21 came into care."),
        ("summary", "Of the 109 reviews held, 102 were on time and seven were late."),
    ],
)  # fmt: skip
def test_a_sentence_that_agrees_is_published(
    tmp_path: Path, rows: PackRows, theme: str, sentence: str
) -> None:
    assert read(tmp_path, rows, sentence, theme).is_written


@pytest.mark.parametrize(
    ("theme", "sentence", "typed", "title", "published"),
    [
        # The figure of another month.
        (LAC, "544 children were looked after at the end of October.", "544",
         "Number of looked after children (October 2026)", "551"),
        (LAC, "552 children were looked after.", "552",
         "Number of looked after children (October 2026)", "551"),
        (LAC, "There were 544 children in care, 7 more than in September.", "544",
         "Number of looked after children (October 2026)", "551"),
        (LAC, "At the end of March 561 children were in care.", "561",
         "Number of looked after children (March 2026)", "560"),
        (PLACEMENTS, "Long term stability rose to 64.0% in October.", "64.0%",
         "Long term looked after children in placements stable for at least 2 years"
         " (October 2026)", "62.7%"),
        # The year so far for the month.
        (LAC, "98 children were admitted in October.", "98",
         "Admissions of looked after children (October 2026)", "21"),
        # Near, but not what the table says.
        (LAC, "About 550 children are in care.", "550",
         "Number of looked after children (October 2026)", "551"),
        (HEALTH, "88% of children had an up to date health assessment.", "88%",
         "Up to date health assessments (October 2026)", "88.1%"),
        (HEALTH, "458 of 530 children had an up to date health assessment.", "530",
         "Up to date health assessments (how many are counted, October 2026)", "520"),
        (LAC, "{{ figure('lac_count') }} of 600 children in care are well.", "600",
         "Number of looked after children (October 2026)", "551"),
        (LAC, "Twenty children were admitted to care in October.", "Twenty",
         "Admissions of looked after children (October 2026)", "21"),
        (LAC, "Eleven children were admitted.", "Eleven",
         "Admissions of looked after children (October 2026)", "21"),
        # A wrong movement, or one in the other direction.
        (HEALTH, "Health assessments fell by 2.1 percentage points since September.",
         "2.1 percentage points", "Up to date health assessments (the change on September 2026)",
         "a fall of 0.7"),
        (LAC, "551 children were looked after, 7 fewer than in September.", "7",
         "Number of looked after children (the change on September 2026)", "a rise of 7"),
        (HEALTH, "Health assessments rose by 0.7 percentage points since September.",
         "0.7 percentage points",
         "Up to date health assessments (the change on September 2026)", "a fall of 0.7"),
        # Another's benchmark, or one that is none.
        (LAC, "The rate is 96.1 against 89.4 for similar councils.", "89.4",
         "Rate of looked after children per 10,000 aged 0-17 (similar councils)", "98.4"),
        (LAC, "England's rate of children in care is 96.1 per 10,000.", "96.1",
         "Rate of looked after children per 10,000 aged 0-17 (England)", "70.0"),
        (PLACEMENTS, "Long term stability is below the target of 71%.", "71%",
         "Long term looked after children in placements stable for at least 2 years (a limit of"
         " its rating)", "70.0%"),
        (LEAVERS, "91% of care leavers live in suitable accommodation.", "91%",
         "Care leavers in suitable accommodation (October 2026)", "97.2%"),
        # A second number after a right one.
        ("summary", "551 children were looked after and 22 came into care.", "22",
         "Admissions of looked after children (October 2026)", "21"),
    ],
)  # fmt: skip
def test_a_sentence_that_contradicts_its_table_is_refused_with_both_values(
    tmp_path: Path,
    rows: PackRows,
    theme: str,
    sentence: str,
    typed: str,
    title: str,
    published: str,
) -> None:
    message = refused(tmp_path, rows, f"## A heading\n\nAs it is.\n{sentence}", theme)
    assert f"2026-10/{theme}.md, line 4: “{sentence.replace(chr(39), '’')[:10]}" in message or (
        "{{" in sentence
    )
    said = f"{typed}, typed by hand, seems to be {title}, which the pack publishes as {published}."
    assert said in message
    assert f"{{{{ not_a_figure('{typed}') }}}}." in message
    assert re.search(r"Write \{\{ [a-z_]+\('[a-z_0-9]+'\) \}\} for the figure", message)


def test_a_number_of_a_month_that_the_pack_does_not_show_is_refused(
    tmp_path: Path, rows: PackRows
) -> None:
    message = refused(tmp_path, rows, "There were 551 children in care in September 2022.", LAC)
    assert "is no figure that the pack publishes for what this sentence names" in message


def test_the_month_whose_figure_it_is_is_named(tmp_path: Path, rows: PackRows) -> None:
    message = refused(tmp_path, rows, "544 children were looked after.", LAC)
    assert "(544 is Number of looked after children (September 2026): name that in" in message


def test_a_sentence_that_names_no_measure_is_judged_by_its_theme(
    tmp_path: Path, rows: PackRows
) -> None:
    assert read(tmp_path, rows, "458 of them had one.").is_written
    assert "seems to be" in refused(tmp_path, rows, "551 of them had one.")


def test_a_digit_that_touches_an_expression_is_refused(tmp_path: Path, rows: PackRows) -> None:
    message = refused(tmp_path, rows, "1{{ figure('lac_count') }} children in care.", LAC)
    assert "a digit touches an expression" in message


@pytest.mark.parametrize(
    "sentence",
    [
        "4 of those who left care in October found a permanent home.",
        "28.6% of those who left care found permanence.",
        "Four of 14 children left care to permanence.",
        "10 of those who left care did not find a permanent home.",
        "{{ not_a_figure('4') }} children found permanence.",
        "{{ not_a_figure('28.6') }} per cent found {{ figure('ceased_permanence_pct') }}"
        " permanence.",
    ],
)
def test_a_number_that_gives_away_a_hidden_figure_is_refused(
    tmp_path: Path, rows: PackRows, sentence: str
) -> None:
    message = refused(tmp_path, rows, sentence, LAC)
    assert "would give away a figure that this edition hides (Ceased through permanence" in message
    others = {"4", "28.6", "10", "14"} - set(re.findall(r"[\d.]*\d", sentence))
    assert not others.intersection(re.findall(r"[\d.]*\d", message.split(": ", 1)[1]))


def test_a_wrong_guess_at_a_hidden_figure_does_not_learn_it(tmp_path: Path, rows: PackRows) -> None:
    message = refused(tmp_path, rows, "9% of endings found permanence.", LAC)
    assert "which the pack publishes as hidden" in message
    assert "28.6" not in message and " 4 " not in message


def test_the_officers_edition_prints_what_is_hidden_from_others(
    tmp_path: Path, rows: PackRows
) -> None:
    officers = officers_rows(rows)
    text = "28.6% of endings found permanence (4 of 14)."
    found = read_commentary([write(tmp_path, text, LAC)], officers, officers)
    assert found[LAC].is_written


def test_a_hidden_month_of_the_trend_is_hidden_too(tmp_path: Path, rows: PackRows) -> None:
    """May is hidden in what the public see and 4 in what officers see."""
    points = tuple(
        replace(point, value=4.0, status="ok") if point.status == "suppressed" else point
        for point in rows.trend["ceased"]
    )
    officers = replace(rows, trend=rows.trend | {"ceased": points})
    folder = write(tmp_path, "In May 4 children left care.", LAC)
    with pytest.raises(Exception, match="would give away"):
        read_commentary([folder], rows, officers)


def test_a_difference_from_a_hidden_month_gives_it_away(tmp_path: Path, rows: PackRows) -> None:
    indicators = tuple(
        replace(row, month_minus_1=HIDDEN) if row.indicator_id == "ceased" else row
        for row in rows.indicators
    )
    public = replace(
        rows,
        indicators=indicators,
        trend=rows.trend | {"ceased": rows.trend["ceased"][:-2] + rows.trend["ceased"][-1:]},
    )
    folder = write(tmp_path, "14 children left care, 3 fewer than in September.", LAC)
    with pytest.raises(Exception, match="3, typed by hand, would give away"):
        read_commentary([folder], public, rows)


def test_a_percent_sign_is_for_percentages(tmp_path: Path, rows: PackRows) -> None:
    assert "551%, typed by hand" in refused(tmp_path, rows, "551% of children are in care.", LAC)
    assert "458%, typed by hand" in refused(tmp_path / "b", rows, "458% of health assessments.")


def test_counts_of_thousands_are_compared_as_printed(tmp_path: Path, rows: PackRows) -> None:
    indicators = tuple(
        replace(row, month=Figure(1204.0, "ok"), numerator=1204.0)
        if row.indicator_id == "admissions"
        else row
        for row in rows.indicators
    )
    many = replace(rows, indicators=indicators)
    for typed in ("1,204", "1204"):
        assert read(tmp_path, many, f"There were {typed} admissions.", LAC).is_written
    assert "1,204" in refused(tmp_path, many, "There were 1,240 admissions.", LAC)
