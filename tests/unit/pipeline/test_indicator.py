import io
import re

import pytest

from pipeline.indicator import main, sql_file
from tests.unit.pipeline.small_marts import THREE_PLUS, write_marts


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """Ask the command and get its status and what it printed, with single spaces."""
    write_marts(tmp_path)
    for name in ("ID", "OUT", "MONTH"):
        monkeypatch.delenv(name, raising=False)

    def asked(*arguments, out=tmp_path):
        stream = io.StringIO()
        status = main([*arguments, "--out", str(out)], stream)
        return status, re.sub(r" +", " ", stream.getvalue())

    return asked


def test_one_answer_holds_meaning_rule_sql_figures_and_children(ask):
    status, text = ask(THREE_PLUS)
    assert status == 0
    for part in (
        f"4.19 3 or more placements ({THREE_PLUS})\nWhat {THREE_PLUS} counts.",
        "Over whom All.",
        "Rule C3, C9",
        f"SQL: dbt_project/models/indicators/placements/ind_{THREE_PLUS}.sql\n-- Grain:",
        "rolling_12m 2026-10-31 25.0% 50.0% 2 4 ok",
        "Target: green <8, amber 8-15.9, red 16+ (good is low)",
        "Rating: red",
        "Change on the month before: up, worse",
        "Note: Break in series from 2026-04: new rule",
        "Behind it: 2 of 4 rows are in the numerator",
        "New in the numerator: came-in",
        "No longer in it: [b]:smile:",
    ):
        assert part in text, part


def test_the_sql_is_printed_whole(ask):
    path = sql_file(THREE_PLUS)
    assert path is not None
    assert re.sub(r" +", " ", path.read_text("utf-8").rstrip()) in ask(THREE_PLUS)[1]


def test_each_row_says_whether_it_was_in_the_numerator_a_month_before(ask):
    text = ask(THREE_PLUS)[1]
    assert "stayed-in e1 yes yes" in text
    assert "came-in e2 yes no" in text
    assert "new-child e3 no not there" in text


def test_the_rows_to_ask_about_come_first(ask):
    low, high = ask(THREE_PLUS)[1], ask("family_based_pct")[1]
    assert low.index("stayed-in e1") < low.index("new-child e3")
    assert high.index("ask-about e2") < high.index("at-home e1")


def test_what_happened_in_a_month_is_not_compared_with_the_month_before(ask):
    text = ask("admissions")[1]
    assert "month_before" not in text and "New in the numerator" not in text
    assert "in_month 2026-10-31 age=1-4 - 1 1 - ok" in text
    assert "fytd 2026-10-31 - not available - - not_available no visits came" in text
    assert "one e1 yes 1-4" in text
    assert "No target or rating" in text


def test_text_of_the_data_is_printed_as_it_is(ask):
    assert "[b]odd[/b] :smile: yes 5-9" in ask("admissions")[1]


def test_a_restated_figure_says_by_which_extract_and_how(ask):
    assert (
        "Restated by the extract of 2026-10 (rolling_12m): from 75.0 to 25.0; rows 0 added,"
        " 2 changed, 0 removed"
    ) in ask(THREE_PLUS, "--month", "2026-09")[1]
    assert "No extract restated a figure of this month." in ask(THREE_PLUS)[1]


def test_a_figure_with_nobody_behind_it_has_no_table(ask):
    assert ask("pep_termly_pct")[1].endswith("Behind it: no rows\n")


def test_an_indicator_without_sql_here_is_still_explained(ask):
    assert "SQL: not in this version of the project" in ask("pep_termly_pct")[1]


def test_without_an_id_all_are_listed_in_the_order_of_the_scorecard(ask):
    status, text = ask()
    lines = text.splitlines()
    assert status == 0
    assert [line.split()[0] for line in lines[1:5]] == [
        *("admissions", THREE_PLUS, "family_based_pct", "pep_termly_pct"),
    ]
    assert lines[-1].startswith("One of them: make indicator ID=")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("three_plus",), "There is no indicator 'three_plus'. Did you mean"),
        ((THREE_PLUS, "--month", "2027-01"), "There is no figure of 2027-01"),
    ],
)
def test_what_cannot_be_answered_is_one_line_and_a_failure(ask, arguments, said):
    status, text = ask(*arguments)
    assert status == 1
    assert text.startswith(said) and text.count("\n") == 1


def test_without_a_published_pack_one_line_says_what_to_do(ask, tmp_path):
    status, text = ask(THREE_PLUS, out=tmp_path / "empty")
    assert status == 1
    assert "run `make pack` first" in text and text.count("\n") == 1


def test_what_is_not_given_is_read_from_the_environment(ask, monkeypatch, tmp_path):
    monkeypatch.setenv("ID", THREE_PLUS)
    monkeypatch.setenv("OUT", str(tmp_path))
    monkeypatch.setenv("MONTH", "2026-09")
    stream = io.StringIO()
    assert main([], stream) == 0
    assert "Figures of 2026-09" in stream.getvalue()


def test_who_may_read_the_marts_alone_is_told_that_ids_are_pseudonyms(ask):
    assert "The ids are pseudonyms" in ask(THREE_PLUS)[1]


def test_the_owner_sees_the_councils_own_ids(ask, tmp_path):
    private = tmp_path / "private"
    private.mkdir()
    marts = tmp_path / "restricted" / "marts.duckdb"
    (private / "warehouse.duckdb").write_bytes(marts.read_bytes())
    marts.unlink()
    text = ask(THREE_PLUS)[1]
    assert "stayed-in e1 yes yes" in text
    assert "pseudonym" not in text
