"""Each format and spelling of the same facts gives the same typed rows (contract section 2)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from pipeline.casting import CastTable, cast_table
from pipeline.contract import TABLES
from pipeline.read_table import FileUnreadable
from pipeline.reading import read_file

PLACEMENT = TABLES["ssd_cla_placement"]
NO_AREAS = pa.table({"prefix": pa.array([], pa.string()), "council": pa.array([], pa.string())})
HEADER = [c.name for c in PLACEMENT.read_columns if c.required]
TEXT = [
    ["007", "9", "12", "2026-10-31", "", "U1", "Zoë £", "SC1", "7", "OTHER"],
    ["8", "9", "012", "2025-01-05", "1900-01-01", "K2", "Firm, Ltd", "", "2.5", 'say "hi"\nagain'],
]
EXPECTED = [
    {
        "clap_cla_placement_id": "007",
        "clap_cla_id": "9",
        "clap_person_id": "12",
        "clap_cla_placement_start_date": dt.date(2026, 10, 31),
        "clap_cla_placement_end_date": None,
        "clap_cla_placement_type": "U1",
        "clap_cla_placement_provider": "Zoë £",
        "clap_cla_placement_urn": "SC1",
        "clap_cla_placement_distance": 7.0,
        "clap_cla_placement_change_reason": "OTHER",
    },
    {
        "clap_cla_placement_id": "8",
        "clap_cla_id": "9",
        "clap_person_id": "012",
        "clap_cla_placement_start_date": dt.date(2025, 1, 5),
        "clap_cla_placement_end_date": None,
        "clap_cla_placement_type": "K2",
        "clap_cla_placement_provider": "Firm, Ltd",
        "clap_cla_placement_urn": None,
        "clap_cla_placement_distance": 2.5,
        "clap_cla_placement_change_reason": 'say "hi"\nagain',
    },
]


def landed(file: Path) -> CastTable:
    with duckdb.connect() as connection:
        read = read_file(file, PLACEMENT)
        return cast_table(connection, PLACEMENT, read, file.name, NO_AREAS)


def facts(file: Path) -> list[dict[str, object]]:
    result = landed(file)
    assert result.bad_cells == ()
    rows: list[dict[str, object]] = result.rows.select(HEADER).to_pylist()
    return rows


def as_csv(rows: list[list[str]], separator: str = ",") -> str:
    quoted = [['"' + value.replace('"', '""') + '"' for value in row] for row in rows]
    return "\n".join(separator.join(row) for row in quoted) + "\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_files_of_every_kind_give_the_same_rows(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    file = tmp_path / "ssd_cla_placement.csv"
    file.write_bytes(as_csv([HEADER, *TEXT], separator).encode(encoding))
    assert facts(file) == EXPECTED


@pytest.mark.parametrize(
    ("first", "second", "sentinel"),
    [
        ("31/10/2026", "05/01/2025", "01/01/1900"),
        ("31/10/2026 00:00", "5/1/2025 14:05:00", "01/01/1900 00:00:00"),
        ("2026-10-31T00:00:00Z", "2025-01-05 09:30:00.000", "1900-01-01T00:00:00"),
        ("46326", "45662.5", "1"),
    ],
)
def test_every_spelling_of_a_date_gives_the_same_rows(
    tmp_path: Path, first: str, second: str, sentinel: str
) -> None:
    rows = [list(row) for row in TEXT]
    rows[0][3], rows[1][3], rows[1][4] = first, second, sentinel
    file = tmp_path / "ssd_cla_placement.csv"
    file.write_text(as_csv([HEADER, *rows]), encoding="utf-8")
    assert facts(file) == EXPECTED


def test_column_names_match_in_any_spelling_and_order_and_extra_ones_are_reported(
    tmp_path: Path,
) -> None:
    names = [f" {name.upper().replace('_', ' ')} " for name in reversed(HEADER)] + ["Forename"]
    rows = [[*reversed(row), "Ann"] for row in TEXT]
    file = tmp_path / "ssd_cla_placement.csv"
    file.write_text(as_csv([names, *rows]), encoding="utf-8")
    assert facts(file) == EXPECTED
    assert read_file(file, PLACEMENT).header.extra == ("Forename",)


def test_a_workbook_gives_the_same_rows(tmp_path: Path) -> None:
    file = tmp_path / "ssd_cla_placement.xlsx"
    book = xlsxwriter.Workbook(file)
    book.add_worksheet("Notes").write_string(0, 0, "see the other sheet")
    sheet = book.add_worksheet("SSD_CLA_Placement")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_string(0, 0, "Placements, taken by the performance team")
    sheet.write_row(2, 0, HEADER)
    for at, row in enumerate(TEXT, start=3):
        sheet.write_row(at, 0, row)
    sheet.write_datetime(3, 3, dt.datetime(2026, 10, 31), day)
    sheet.write_number(3, 8, 7)
    sheet.write_number(4, 0, 8)
    sheet.write_number(4, 3, 45662)
    sheet.write_number(4, 4, 1, day)
    sheet.write_blank(60, 3, None, day)
    book.close()
    assert facts(file) == EXPECTED
    assert landed(file).rows.column("source_row").to_pylist() == [4, 5]


def test_an_excel_error_is_not_taken_for_an_empty_cell(tmp_path: Path) -> None:
    file = tmp_path / "ssd_cla_placement.xlsx"
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, TEXT[0])
    sheet.write_formula(1, 4, "=NA()", None, "#N/A")
    book.close()
    (bad,) = landed(file).bad_cells
    assert (bad.row, bad.column, bad.value) == (2, "clap_cla_placement_end_date", "#N/A")


def test_parquet_of_any_types_gives_the_same_rows(tmp_path: Path) -> None:
    columns: dict[str, Any] = dict(zip(HEADER, zip(*TEXT, strict=True), strict=True))
    columns["clap_cla_id"] = [9.0, 9.0]
    columns["clap_cla_placement_start_date"] = [dt.date(2026, 10, 31), dt.date(2025, 1, 5)]
    columns["clap_cla_placement_end_date"] = [None, dt.datetime(1900, 1, 1)]
    columns["clap_cla_placement_type"] = pa.array(["U1", "K2"]).dictionary_encode()
    columns["clap_cla_placement_distance"] = [Decimal("7.00"), Decimal("2.50")]
    file = tmp_path / "ssd_cla_placement.parquet"
    pq.write_table(pa.table(columns), file)
    assert facts(file) == EXPECTED


def test_parquet_times_are_the_local_day(tmp_path: Path) -> None:
    rows = pa.table({name: [value] for name, value in zip(HEADER, TEXT[0], strict=True)})
    midnight = dt.datetime(2026, 6, 30, 23, tzinfo=dt.UTC)
    start = pa.array([midnight], pa.timestamp("us", tz="Europe/London"))
    rows = rows.set_column(3, HEADER[3], start)
    file = tmp_path / "ssd_cla_placement.parquet"
    pq.write_table(rows, file)
    assert facts(file)[0][HEADER[3]] == dt.date(2026, 7, 1)


def test_blank_lines_are_ignored_and_counted(tmp_path: Path) -> None:
    lines = as_csv([HEADER, TEXT[0]]).splitlines()
    blank = "," * (len(HEADER) - 1)
    text = "\n".join([lines[0], "", blank, lines[1], "", ""]) + "\n"
    file = tmp_path / "ssd_cla_placement.csv"
    file.write_text(text, encoding="utf-8")
    assert landed(file).rows.column("source_row").to_pylist() == [4]


def test_a_row_with_too_many_or_too_few_values_is_set_aside_with_its_number(
    tmp_path: Path,
) -> None:
    good = as_csv([HEADER, *TEXT])
    file = tmp_path / "ssd_cla_placement.csv"
    file.write_text(good + "1,2,3\n" + ",".join("x" * 11) + "\n" + as_csv([TEXT[0]]))
    result = landed(file)
    assert [bad.row for bad in result.bad_cells] == [4, 5]
    assert "has 3 values where the header has 10" in result.bad_cells[0].reason
    assert result.rows.column("source_row").to_pylist() == [2, 3, 6]


def test_rows_run_together_by_an_open_quotation_mark_are_set_aside(tmp_path: Path) -> None:
    plain = ",".join(value or "x" for value in TEXT[0])
    broken = plain.replace("OTHER", '"OTHER')
    file = tmp_path / "ssd_cla_placement.csv"
    file.write_text("\n".join([",".join(HEADER), broken, plain, plain]) + "\n", encoding="utf-8")
    result = landed(file)
    assert result.rows.num_rows == 0
    assert {bad.reason[:16] for bad in result.bad_cells} == {"a quotation mark"}
    assert result.refused_rows == 3


def test_a_column_written_twice_counts_as_missing(tmp_path: Path) -> None:
    file = tmp_path / "ssd_cla_placement.csv"
    file.write_text(",".join([*HEADER, HEADER[2].upper()]) + "\n", encoding="utf-8")
    header = read_file(file, PLACEMENT).header
    assert header.missing == header.repeated == (HEADER[2],)


@pytest.mark.parametrize("name", ["ssd_cla_placement.xlsx", "ssd_cla_placement.parquet"])
def test_a_file_that_is_not_what_its_name_says_is_named_as_such(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("not at all")
    with pytest.raises(FileUnreadable, match="cannot be opened"):
        read_file(tmp_path / name, PLACEMENT)


def test_an_empty_file_lacks_every_column(tmp_path: Path) -> None:
    file = tmp_path / "ssd_cla_placement.csv"
    file.write_bytes(b"")
    assert set(read_file(file, PLACEMENT).header.missing) == set(HEADER)
