"""The sentences that are made: every measure has its own, and every number is the row's."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporting.commentary.generated import sentences
from reporting.headline_sentences import SENTENCES
from reporting.headlines import headline, period
from reporting.rows import COMPARATORS, Figure, Indicator, PackRows
from reporting.wording import number, plain
from tests.unit.reporting.commentary_files import HIDDEN, catalogue, public_rows

CATALOGUE = catalogue()
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
ABSENT, NOBODY = Figure(None, "not_available"), Figure(None, "ok")


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> PackRows:
    folder: Path = tmp_path_factory.mktemp("generated")
    return public_rows(folder)


def _row(rows: PackRows, name: str, **changes: object) -> Indicator:
    """An indicator of the catalogue with figures of its own unit."""
    entry = CATALOGUE[name]
    shown = {"unit": entry["unit"], "headline_basis": entry["headline_basis"]}
    shown |= {"timeline": entry.get("timeline", "monthly"), "title": entry["title"]}
    figures = {"month": Figure(1.0, "ok"), "numerator": 1.0, "denominator": 1.0}
    figures |= {"year_ago": HIDDEN, "year_change_amount": None}
    return replace(rows.indicators[0], indicator_id=name, **(shown | figures | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_every_measure_has_a_sentence_of_its_own(rows: PackRows, name: str) -> None:
    assert name in SENTENCES, f"say {name} in reporting/headline_sentences.py"
    for month in (Figure(1.0, "ok"), Figure(0.0, "ok"), Figure(12.0, "ok")):
        said = str(headline(_row(rows, name, month=month), rows.front))
        assert not re.search(r"[<>{}|]|  |\( |None|\bnan\b", said), said
        assert said.endswith(".") and said[0].isalnum() and said[0] == said[0].upper()


def test_no_sentence_is_left_of_a_measure_that_is_gone() -> None:
    assert set(SENTENCES) <= set(CATALOGUE)


@pytest.mark.parametrize(
    ("name", "one", "many"),
    [
        ("lac_count", "1 child was looked after", "2 children were looked after"),
        ("admissions", "There was 1 admission", "There were 2 admissions"),
        ("sgo_started", "1 special guardianship order was made", "2 special guardianship orders"),
        ("missing_episodes", "went missing 1 time in", "went missing 2 times in"),
        ("foster_households", "1 household was approved", "2 households were approved"),
        ("care_leavers", "supporting 1 care leaver at", "supporting 2 care leavers at"),
        ("adoptions", "1 child was adopted", "2 children were adopted"),
    ],
)
def test_one_is_said_as_one(rows: PackRows, name: str, one: str, many: str) -> None:
    assert one in str(headline(_row(rows, name), rows.front))
    two = _row(rows, name, month=Figure(2.0, "ok"))
    assert many in str(headline(two, rows.front))


def test_an_average_says_how_many_it_is_of(rows: PackRows) -> None:
    row = _row(rows, "adoption_a1_days", month=Figure(485.0, "ok"), denominator=8.0)
    row = replace(row, change_amount=-34.4, month_minus_1=Figure(519.4, "ok"))
    assert str(headline(row, rows.front)) == (
        "Children adopted in the year so far (April to October 2026) had waited 485.0 days on"
        " average (8 children) from coming into care to moving in with their adopters (A1), 34.4"
        " days fewer than in September; the figure a year ago is hidden."
    )
    assert "(1 child)" in str(headline(_row(rows, "adoption_a1_days"), rows.front))
    assert "(1 admission)" in str(headline(_row(rows, "admission_average_age"), rows.front))


@pytest.mark.parametrize("month", [HIDDEN, ABSENT, NOBODY])
@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_a_figure_that_is_not_shown_brings_no_other_number(
    rows: PackRows, name: str, month: Figure
) -> None:
    row = _row(rows, name, month=month, theme="x", green="95+", stat_neighbour_average=91.0)
    (said,) = sentences("x", replace(rows, indicators=(row,)))
    rest = said.replace(row.title, "").replace(period(row, rows.front.period_end), "")
    rest = rest.replace("a small number", "")
    assert not _NUMBER.findall(rest)
    assert "target" not in said and "similar" not in said


def test_shares_are_said_by_their_parts(rows: PackRows) -> None:
    parts = tuple(
        replace(part, indicator_id="lac_age_band_share") for part in rows.parts["lac_count"]
    )
    row = _row(rows, "lac_age_band_share", month=Figure(100.0, "ok"), denominator=551.0, theme="x")
    pack = replace(rows, indicators=(row,), parts={"lac_age_band_share": parts})
    assert sentences("x", pack) == (
        "By age, the 551 children in care at 31 October 2026: under 1, hidden;"
        " 1-4, 75 (13.6%); 5-9, hidden; 10-15, 229 (41.6%); 16+, 142 (25.8%).",
    )


_VALUE = st.one_of(
    st.integers(0, 2_000).map(float), st.integers(0, 20_000).map(lambda tenths: tenths / 10)
)
_FIGURE = st.one_of(
    st.sampled_from([HIDDEN, ABSENT, NOBODY, Figure(None, "none")]),
    _VALUE.map(lambda value: Figure(value, "ok")),
)
_MAYBE = st.one_of(st.none(), _VALUE)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_every_number_in_a_sentence_is_one_of_the_row(rows: PackRows, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(CATALOGUE)))
    figures = {key: data.draw(_FIGURE) for key in ("month", "month_minus_1", "year_ago")}
    numbers = {
        key: data.draw(_MAYBE)
        for key in ("numerator", "denominator", "change_amount", "year_change_amount", *COMPARATORS)
    }
    green = data.draw(st.sampled_from(["", "95+", "<9.5", "14-20", "<=7"]))
    row = _row(rows, name, theme="x", green=green, benchmark_period="", **figures, **numbers)
    (said,) = sentences("x", replace(rows, indicators=(row,), parts={}))
    said = said.replace(period(row, rows.front.period_end), "").replace("a small number", "")
    own = [shown.value for shown in figures.values() if shown.is_shown]
    own += [abs(value) for value in numbers.values() if value is not None]
    known = [value for value in own if value is not None]
    printed = {number(value, unit) for value in known for unit in ("count", "rate")}
    printed |= {plain(value) for value in known}
    printed |= {*_NUMBER.findall(green), *_NUMBER.findall(SENTENCES[name])}
    printed |= set(_NUMBER.findall(row.title))
    assert set(_NUMBER.findall(said)) <= printed, said
