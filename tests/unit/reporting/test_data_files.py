"""The public data files (rulings A4, F13)."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from reporting.data_files import cell
from tests.unit.reporting.public_rows import Pack, Render, row_of, tables


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_data_files_carry_a_byte_order_mark_and_unix_line_ends(pack: Pack) -> None:
    for path in (each for each in pack.paths if each.suffix == ".csv"):
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") and b"\r" not in content


def test_hidden_figures_are_empty_and_say_suppressed(pack: Pack) -> None:
    row = next(r for r in _rows(pack.scorecard) if r["indicator_id"] == "ceased_permanence_pct")
    assert (row["month"], row["month_status"], row["numerator"]) == ("", "suppressed", "")
    hidden = [r for r in _rows(pack.trend) if r["status"] == "suppressed"]
    assert hidden and all(r["value"] == r["numerator"] == r["denominator"] == "" for r in hidden)


def test_every_indicator_has_13_months(pack: Pack) -> None:
    months = [row["indicator_id"] for row in _rows(pack.trend)]
    stories = pack.rows["rpt_public_scorecard"]
    assert {months.count(row["indicator_id"]) for row in stories} == {13}
    assert len(_rows(pack.scorecard)) == len(stories)


def test_counts_are_whole_and_percentages_have_one_decimal(pack: Pack) -> None:
    rows = {row["indicator_id"]: row for row in _rows(pack.scorecard)}
    assert rows["lac_count"]["month"] == "551"
    assert rows["lac_count"]["change_amount"] == "7"
    assert rows["reviews_in_timescale_pct"]["change_amount"] == "-2.1"
    assert rows["admission_average_age"]["numerator"] == "157.5"
    assert rows["lac_count"]["period_end"] == "2026-10-31"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_text_that_looks_like_a_formula_gets_an_apostrophe(render: Render, start: str) -> None:
    rows = tables()
    title = f'{start}HYPERLINK("x","y")'
    row_of(rows, "rpt_public_scorecard", "lac_count")["title"] = title
    made = render(rows)
    assert _rows(made.scorecard)[0]["title"] == f"'{title}"
    assert next(r for r in _rows(made.trend) if r["indicator_id"] == "lac_count")["title"][0] == "'"


def test_a_negative_number_is_left_a_number() -> None:
    assert cell(-2.1, "percent") == "-2.1"
    assert cell(date(2026, 10, 31)) == "2026-10-31"
    assert cell(None, "count") == ""
