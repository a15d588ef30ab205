import pytest

from pipeline.checking.figures import missing_figures
from pipeline.checking.pages import read_page
from tests.unit.pipeline.small_pack import RESULTS, SCORECARD, TABLE, page


@pytest.fixture
def missing(tmp_path):
    def told(body, scorecard=SCORECARD, results=RESULTS):
        for name, text in (("p.html", page(body)), ("s.csv", scorecard), ("r.csv", results)):
            (tmp_path / name).write_text(text)
        found = read_page(tmp_path / "p.html")
        return list(missing_figures(found, tmp_path / "s.csv", tmp_path / "r.csv"))

    return told


def test_a_page_with_every_figure_passes(missing):
    assert missing(TABLE) == []


@pytest.mark.parametrize(("figure", "name"), [("550", "month_minus_2"), ("1,551", "month")])
def test_a_figure_that_is_not_in_its_line_is_named(missing, figure, name):
    assert missing(TABLE.replace(figure, "–") + f"<p>{figure}</p>") == [
        f"lac_count: its line lacks {name} of the data file"
    ]


def test_figures_spread_over_two_lines_of_one_name_are_missing(missing):
    two = TABLE.replace("550", "–") + TABLE.replace("1,551", "–")
    assert len(missing(two)) == 1


def test_a_hidden_figure_is_not_missed(missing):
    hidden = SCORECARD.replace("1551,ok", "1551,suppressed")
    assert missing(TABLE.replace("1,551", "hidden"), hidden) == []


def test_a_decimal_is_the_same_however_it_is_written(missing):
    scorecard = SCORECARD.replace("1551,ok", "96.0,ok")
    assert missing(TABLE.replace("1,551", "96.0%"), scorecard) == []
    assert missing(TABLE.replace("1,551", "96.1%"), scorecard)


def test_a_measure_that_the_edition_leaves_out_is_named(missing):
    results = RESULTS + "ceased,Ceased,1,1,1,1,1\n"
    assert missing(TABLE, results=results) == ["ceased is not in the scorecard"]


def test_results_without_statuses_are_read_as_they_are(missing):
    assert missing(TABLE, RESULTS.replace("550,", "9,")) == [
        "lac_count: its line lacks month_minus_2 of the data file"
    ]
