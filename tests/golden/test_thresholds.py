"""Both sides of every kind of threshold, in the notation of the three editions."""

from __future__ import annotations

import math

import pytest

from tests.golden.scorecard import Cells, Measure, rounded, scorecard

# Cell as ref_target holds it, value, met.
MET = [
    ("77+", 76.9, False),
    ("77+", 77.0, True),
    ("77+", 77.1, True),
    ("22.7+", 22.6, False),
    ("22.7+", 22.7, True),
    ("<95.2", 95.1, True),
    ("<95.2", 95.2, False),
    ("<95.2", 95.3, False),
    ("<=487", 486.9, True),
    ("<=487", 487.0, True),
    ("<=487", 487.1, False),
    (">13", 13.0, False),
    (">13", 13.1, True),
    ("8-15.9", 7.9, False),
    ("8-15.9", 8.0, True),
    ("8-15.9", 15.9, True),
    ("8-15.9", 16.0, False),
    ("", 0.0, False),
    (" 77+ ", 77.0, True),
]
# Indicator, day, value, colour: the shipped thresholds on both sides of each bound.
SHIPPED = [
    # 2022/23: `77%+` takes 77.0 in.
    ("family_based_pct", "2022-12-31", 76.9, "red"),
    ("family_based_pct", "2022-12-31", 77.0, "amber"),
    ("family_based_pct", "2022-12-31", 84.9, "amber"),
    ("family_based_pct", "2022-12-31", 85.0, "green"),
    # 2022/23: `<95.2` and `95.2+` without amber.
    ("lac_rate_10k", "2022-12-31", 95.1, "green"),
    ("lac_rate_10k", "2022-12-31", 95.2, "red"),
    # 2022/23: amber `8%+` ends where red `16%+` begins.
    ("three_plus_placements_pct", "2022-12-31", 7.9, "green"),
    ("three_plus_placements_pct", "2022-12-31", 8.0, "amber"),
    ("three_plus_placements_pct", "2022-12-31", 15.9, "amber"),
    ("three_plus_placements_pct", "2022-12-31", 16.0, "red"),
    # 2018/19: `13%<` is below 13 and `10.8%<` below 10.8.
    ("three_plus_placements_pct", "2019-02-28", 10.7, "green"),
    ("three_plus_placements_pct", "2019-02-28", 10.8, "amber"),
    ("three_plus_placements_pct", "2019-02-28", 12.9, "amber"),
    ("three_plus_placements_pct", "2019-02-28", 13.0, "red"),
    # 2018/19: `33%>` is 33 and above.
    ("ceased_permanence_pct", "2019-02-28", 32.9, "red"),
    ("ceased_permanence_pct", "2019-02-28", 33.0, "amber"),
    ("ceased_permanence_pct", "2019-02-28", 34.9, "amber"),
    ("ceased_permanence_pct", "2019-02-28", 35.0, "green"),
    # 2018/19: `85%>` alone, "range to be set" for the others.
    ("family_based_pct", "2019-02-28", 85.0, "green"),
    ("family_based_pct", "2019-02-28", 84.9, None),
    # 2018/19: `511+`, `511<`, `487<`.
    ("adoption_a1_days", "2019-02-28", 486.9, "green"),
    ("adoption_a1_days", "2019-02-28", 487.0, "amber"),
    ("adoption_a1_days", "2019-02-28", 510.9, "amber"),
    ("adoption_a1_days", "2019-02-28", 511.0, "red"),
    # 2018/19: `18<`, `20<`, `21+` leave 20 in no band.
    ("caseload_max", "2019-02-28", 17.0, "green"),
    ("caseload_max", "2019-02-28", 18.0, "amber"),
    ("caseload_max", "2019-02-28", 19.0, "amber"),
    ("caseload_max", "2019-02-28", 20.0, None),
    ("caseload_max", "2019-02-28", 21.0, "red"),
    # 2018/19: a range, amber up to 1% outside its nearer end.
    ("caseload_avg_lac_1_3", "2019-02-28", 13.8, "red"),
    ("caseload_avg_lac_1_3", "2019-02-28", 13.9, "amber"),
    ("caseload_avg_lac_1_3", "2019-02-28", 14.0, "green"),
    ("caseload_avg_lac_1_3", "2019-02-28", 20.0, "green"),
    ("caseload_avg_lac_1_3", "2019-02-28", 20.1, "amber"),
    ("caseload_avg_lac_1_3", "2019-02-28", 20.2, "amber"),
    ("caseload_avg_lac_1_3", "2019-02-28", 20.3, "red"),
    # 2015: one target; a figure at it has reached it, whichever way is good.
    ("reviews_in_timescale_pct", "2015-05-31", 98.0, "green"),
    ("reviews_in_timescale_pct", "2015-05-31", 97.9, None),
    ("three_plus_placements_pct", "2015-05-31", 10.0, "green"),
    ("three_plus_placements_pct", "2015-05-31", 10.1, None),
    # No figure, no rating; an indicator without thresholds has none.
    ("family_based_pct", "2022-12-31", None, None),
    ("caseload_avg_lac_1_3", "2019-02-28", None, None),
    ("lac_count", "2022-12-31", 551.0, None),
]
# Value before, now, change, and whether that is better, in a range of 14 to 20.
IN_A_RANGE = [
    (16.0, 19.2, "up", "same"),
    (20.0, 14.0, "down", "same"),
    (20.0, 20.1, "up", "worse"),
    (20.1, 20.0, "down", "better"),
    (14.0, 13.9, "down", "worse"),
    (22.0, 13.0, "down", "better"),
    (13.0, 21.0, "up", "same"),
    (12.0, 23.0, "up", "worse"),
]


def rag(value: float | None, cells: Cells, good_is: str = "high") -> str | None:
    """Return the rating of a value by given cells."""
    rating: str | None = scorecard([Measure("x", good_is, None, value)], targets={"x": cells})["x"][
        "rag"
    ]
    return rating


@pytest.mark.parametrize("colour", ["red", "amber", "green"])
@pytest.mark.parametrize(("cell", "value", "met"), MET)
def test_a_cell_is_met_on_the_right_side_of_its_bound(
    cell: str, value: float, met: bool, colour: str
) -> None:
    assert rag(value, Cells(**{colour: cell})) == (colour if met else None)


@pytest.mark.parametrize(("indicator_id", "day", "value", "colour"), SHIPPED)
def test_the_shipped_thresholds_rate_both_sides_of_their_bounds(
    indicator_id: str, day: str, value: float | None, colour: str | None
) -> None:
    good_is = "range" if indicator_id.startswith("caseload_avg") else "high"
    row = scorecard([Measure(indicator_id, good_is, None, value)], day)[indicator_id]
    assert row["rag"] == colour


def test_green_goes_before_amber_and_amber_before_red() -> None:
    assert rag(50.0, Cells(red="50+", amber="50+", green="50+")) == "green"
    assert rag(50.0, Cells(red="50+", amber="50+", green="51+")) == "amber"
    assert rag(50.0, Cells(red="50+", amber="51+", green="51+")) == "red"


def test_a_value_between_the_bands_has_no_rating() -> None:
    cells = Cells(red="<60", amber="70-79.9", green="85+")
    found = [rag(value, cells) for value in (59.9, 60.0, 69.9, 70.0, 80.0, 84.9, 85.0)]
    assert found == ["red", None, None, "amber", None, None, "green"]


def test_only_a_range_that_is_good_in_itself_has_a_margin() -> None:
    assert rag(20.1, Cells(green="14-20"), "range") == "amber"
    assert rag(20.1, Cells(green="14-20"), "low") is None
    assert rag(20.1, Cells(red="20.1+", green="14-20"), "range") == "red"


@pytest.mark.parametrize(("before", "now", "change", "change_is"), IN_A_RANGE)
def test_in_a_range_nearer_the_band_is_better(
    before: float, now: float, change: str, change_is: str
) -> None:
    cells = {"x": Cells(green="14-20")}
    row = scorecard([Measure("x", "range", before, now)], targets=cells)["x"]
    assert (row["change"], row["change_is"]) == (change, change_is)


@pytest.mark.parametrize(("before", "now"), [(None, 1.0), (1.0, None), (None, None)])
@pytest.mark.parametrize("good_is", ["high", "low", "info", "range"])
def test_without_two_months_there_is_no_change(
    before: float | None, now: float | None, good_is: str
) -> None:
    row = scorecard([Measure("x", good_is, before, now)])["x"]
    assert (row["change"], row["change_is"]) == (None, None)


def test_the_smallest_change_that_can_be_printed_is_one() -> None:
    row = scorecard([Measure("x", "low", 5.1, 5.0)])["x"]
    assert (row["change"], row["change_is"]) == ("down", "better")


@pytest.mark.parametrize(
    ("top", "base", "printed"),
    [(424, 551, 77.0), (28, 551, 5.1), (29, 565, 5.1), (121, 2000, 6.1), (6049, 100000, 6.0)],
)
def test_half_is_rounded_up_and_less_is_not(top: float, base: float, printed: float) -> None:
    assert rounded(top, base, 100) == printed


def test_a_half_that_binary_fractions_miss_is_a_half() -> None:
    assert rounded(math.nextafter(6.05, 0.0), 1, 1) == 6.1


def test_what_is_rounded_is_rated_not_what_is_behind_it() -> None:
    behind, shown = 100 * 424 / 551, rounded(424, 551, 100)
    cells = Cells(red="<77", amber="77+", green="85+")
    assert (rag(behind, cells), rag(shown, cells)) == ("red", "amber")


def test_the_rate_of_nobody_is_empty() -> None:
    assert rounded(0, 0, 100) is None
