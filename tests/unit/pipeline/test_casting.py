"""A value that cannot be read refuses its row; it is never blanked or guessed."""

from __future__ import annotations

import datetime as dt

import duckdb
import pyarrow as pa
import pytest

from pipeline.casting import CastTable, cast_table, empty_table
from pipeline.contract import TABLES, Table
from pipeline.read_table import Header, ReadTable, text_table

AREAS = pa.table(
    {
        "prefix": ["S60", "S6", "S", "W1", "S60 2"],
        "council": ["Rotherham", "Sheffield", "South Yorkshire", "Westminster", "Elsewhere"],
    }
)


def cast(table: Table, **columns: list[str]) -> CastTable:
    length = len(next(iter(columns.values())))
    filled = {
        c.name: [f"x{n}" for n in range(length)] for c in table.columns if c.name in table.key
    }
    rows = text_table({**filled, **columns}, range(2, length + 2))
    with duckdb.connect() as connection:
        read = ReadTable(rows, Header(1, 1, {}, (), (), ()))
        return cast_table(connection, table, read, "file.csv", AREAS)


@pytest.mark.parametrize(
    "value",
    [
        "31/02/2026",
        "2026-02-30",
        "10/31/2026",
        "2026",
        "7305",
        "73051",
        "1899-12-31",
        "2101-01-01",
        "3 May 2026",
        "2026-10-31 late",
        "0",
        "1/1/26",
        "NULL",
    ],
)
def test_what_is_no_date_is_quarantined_with_its_value(value: str) -> None:
    result = cast(TABLES["ext_pep"], meeting_date=["2026-10-01", value])
    (bad,) = result.bad_cells
    assert (bad.row, bad.column, bad.value) == (3, "meeting_date", value)
    assert "write it as 2026-10-31 or 31/10/2026" in bad.reason
    assert result.rows.column("source_row").to_pylist() == [2]
    assert result.refused_rows == 1


@pytest.mark.parametrize(("serial", "day"), [("7306", (1920, 1, 1)), ("73050", (2099, 12, 31))])
def test_serials_are_read_from_1920_to_2099(serial: str, day: tuple[int, int, int]) -> None:
    result = cast(TABLES["ext_pep"], meeting_date=[serial])
    assert result.rows.column("meeting_date").to_pylist() == [dt.date(*day)]


@pytest.mark.parametrize("value", ["1900-01-01", "01/01/1900", "1", "1.0", "1900-01-01T00:00:00"])
def test_the_sentinel_date_is_null_in_every_spelling(value: str) -> None:
    result = cast(TABLES["ext_pep"], meeting_date=[value])
    assert result.rows.column("meeting_date").to_pylist() == [None]
    assert result.bad_cells == ()


def test_numbers_are_read_and_words_are_not() -> None:
    values = ["12", "-1.5", "1,234.50", "", "12,5", "twelve", "nan"]
    result = cast(TABLES["ext_placement_cost"], weekly_cost=values)
    assert result.rows.column("weekly_cost").to_pylist() == [12.0, -1.5, 1234.5, None]
    assert [bad.value for bad in result.bad_cells] == ["12,5", "twelve", "nan"]


def test_whole_numbers_may_have_a_decimal_point_but_no_fraction() -> None:
    result = cast(TABLES["ext_capacity"], beds=["12", "12.0", "12.5"])
    assert result.rows.column("beds").to_pylist() == [12, 12]
    assert [bad.value for bad in result.bad_cells] == ["12.5"]


def test_an_identifier_stays_text_and_loses_only_space_around_it() -> None:
    result = cast(TABLES["ext_pep"], person_id=[" 007 ", "7", "\u00a08\t"])
    assert result.rows.column("person_id").to_pylist() == ["007", "7", "8"]


def test_an_empty_key_refuses_the_row() -> None:
    result = cast(TABLES["ext_pep"], person_id=["  ", "1"], source=["ePEP", "ePEP"])
    (bad,) = result.bad_cells
    assert (bad.row, bad.column, bad.value) == (2, "person_id", None)
    assert result.rows.num_rows == 1


def test_a_row_with_two_bad_cells_is_one_refused_row_and_two_lines() -> None:
    result = cast(TABLES["ext_pep"], meeting_date=["x"], completed_date=["y"])
    assert [bad.column for bad in result.bad_cells] == ["completed_date", "meeting_date"]
    assert result.refused_rows == 1


@pytest.mark.parametrize(
    ("postcode", "sector", "council"),
    [
        ("S60 1AB", "S60 1", "Rotherham"),
        ("s601ab", "S60 1", "Rotherham"),
        (" S60   2AB ", "S60 2", "Elsewhere"),
        ("S60 1", "S60 1", "Rotherham"),
        ("S6 1AB", "S6 1", "Sheffield"),
        ("S61 1AB", "S61 1", "South Yorkshire"),
        ("SK1 1AB", "SK1 1", None),
        ("W1A 1AA", "W1A 1", "Westminster"),
        ("EC1A 1BB", "EC1A 1", None),
    ],
)
def test_a_postcode_is_cut_to_its_sector_and_gives_its_authority(
    postcode: str, sector: str, council: str | None
) -> None:
    result = cast(TABLES["ssd_cla_placement"], clap_cla_placement_postcode=[postcode])
    assert result.rows.column("clap_cla_placement_postcode").to_pylist() == [sector]
    assert result.rows.column("clap_cla_placement_la").to_pylist() == [council]


def test_what_is_no_postcode_is_listed_without_its_value_and_keeps_its_row() -> None:
    text = "12 High Street"
    result = cast(TABLES["ssd_cla_placement"], clap_cla_placement_postcode=[text])
    (bad,) = result.bad_cells
    assert (bad.value, bad.effect) == (None, "value not mapped")
    assert result.rows.column("clap_cla_placement_postcode").to_pylist() == [None]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_rows_have_the_contracts_columns_and_types_whatever_was_read(table: Table) -> None:
    result = cast(table, **{table.read_columns[0].name: []})
    assert result.rows.schema.equals(empty_table(table).schema)
