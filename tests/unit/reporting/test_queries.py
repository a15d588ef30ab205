"""What may be read from the public report models, and what stops a publication."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reporting.queries import read_rows
from reporting.rows import Figure, PackDataError
from tests.unit.reporting.public_rows import (
    LA,
    ORIGINAL,
    Tables,
    row_of,
    tables,
    write_warehouse,
)


def _read(folder: Path, rows: Tables) -> object:
    return read_rows(write_warehouse(folder / "warehouse.duckdb", rows), LA)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("rpt_public_scorecard", "month"),
        ("rpt_public_scorecard", "numerator"),
        ("rpt_public_scorecard", "change_amount"),
        ("rpt_public_scorecard", "year_change_amount"),
        ("rpt_public_trend", "value"),
        ("rpt_public_trend", "numerator"),
    ],
)
def test_a_hidden_row_that_still_holds_a_figure_stops_the_pack_without_repeating_it(
    tmp_path: Path, table: str, column: str
) -> None:
    rows = tables()
    row_of(rows, table, "ceased_permanence_pct")[column] = ORIGINAL
    with pytest.raises(PackDataError) as stopped:
        _read(tmp_path, rows)
    assert "ceased_permanence_pct" in str(stopped.value) and column in str(stopped.value)
    assert str(ORIGINAL) not in str(stopped.value)


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("rpt_public_dq_impact", 2, "value_as_recorded"),
        ("rpt_public_dq_impact", 2, "value_after_repair"),
        ("rpt_public_dq_impact", 1, "children_affected"),
        ("rpt_public_dq_issue", 1, "faults"),
        ("rpt_public_dq_issue", 1, "new_faults"),
        ("rpt_public_dq_issue", 2, "fixed_faults"),
    ],
)
def test_a_hidden_number_of_recording_faults_that_is_still_there_stops_the_pack(
    tmp_path: Path, table: str, row: int, column: str
) -> None:
    rows = tables()
    rows[table][row][column] = 4
    with pytest.raises(PackDataError, match=f"{table}.*{column}"):
        _read(tmp_path, rows)


def test_a_hidden_month_has_no_rating_change_or_denominator_whatever_the_model_says(
    tmp_path: Path,
) -> None:
    rows = tables()
    row = row_of(rows, "rpt_public_scorecard", "ceased_permanence_pct")
    row |= {"rag": "green", "change": "down", "change_is": "worse", "denominator": 14}
    read = read_rows(write_warehouse(tmp_path / "w.duckdb", rows), LA)
    found = next(r for r in read.indicators if r.indicator_id == "ceased_permanence_pct")
    assert (found.rag, found.change, found.change_is, found.denominator) == ("", "", "", None)


def test_a_hidden_month_before_hides_the_change(tmp_path: Path) -> None:
    rows = tables()
    row = row_of(rows, "rpt_public_scorecard", "ceased")
    row |= {"month_minus_1": None, "month_minus_1_status": "suppressed", "change_amount": -3}
    read = read_rows(write_warehouse(tmp_path / "w.duckdb", rows), LA)
    found = next(r for r in read.indicators if r.indicator_id == "ceased")
    assert (found.change, found.change_is, found.change_amount) == ("", "", None)


def test_another_council_in_the_warehouse_is_not_read(tmp_path: Path) -> None:
    rows = tables()
    rows["rpt_public_front"].append(rows["rpt_public_front"][0] | {"la": "E08000098"})
    other = row_of(rows, "rpt_public_scorecard", "lac_count") | {"la": "E08000098"}
    rows["rpt_public_scorecard"].append(other)
    read = read_rows(write_warehouse(tmp_path / "w.duckdb", rows), LA)
    assert len(read.indicators) == len(tables()["rpt_public_scorecard"])


def test_a_month_without_a_front_row_is_refused(tmp_path: Path) -> None:
    rows = tables() | {"rpt_public_front": []}
    with pytest.raises(PackDataError, match="0 rows"):
        _read(tmp_path, rows)


def test_a_figure_of_nobody_is_not_shown() -> None:
    nobody = Figure(None, "ok")
    assert not nobody.is_shown
    assert replace(nobody, value=0.0).is_shown
