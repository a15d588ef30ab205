"""The same facts spelled in other ways: every spelling that the contract promises to read."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from pipeline.contract import TABLES
from pipeline.settings import SHIPPED_REFERENCE

from .inboxes import Cells, TableFile

EXCEL_DAY_0 = date(1899, 12, 30)
SENTINEL = "1900-01-01"


def dates_of(file: TableFile) -> list[str]:
    """The columns of a file that hold dates."""
    return [c.name for c in TABLES[file.path.stem].columns if c.type == "date"]


def shuffled(file: TableFile) -> None:
    random.Random(file.path.stem).shuffle(file.rows)
    file.write()


def duplicated(file: TableFile) -> None:
    """Every third row a second time, at the end."""
    file.rows += file.rows[::3]
    file.write()


def _dates_as(file: TableFile, spell: Callable[[date, int], str]) -> None:
    for number, row in enumerate(file.rows):
        for column in dates_of(file):
            if row.get(column):
                row[column] = spell(date.fromisoformat(row[column]), number)
    file.write()


def uk_dates(file: TableFile) -> None:
    _dates_as(file, lambda day, number: day.strftime("%d/%m/%Y"))


def dates_with_times(file: TableFile) -> None:
    """Five ways to write a time behind a date, in turn."""
    ways = (
        "%Y-%m-%d 00:00:00",
        "%Y-%m-%dT23:59:59",
        "%Y-%m-%d 13:45:00.000",
        "%d/%m/%Y 23:30",
        "%Y-%m-%dT00:00:00Z",
    )
    _dates_as(file, lambda day, number: day.strftime(ways[number % len(ways)]))


def excel_serials(file: TableFile) -> None:
    _dates_as(file, lambda day, number: str((day - EXCEL_DAY_0).days))


def sentinel_for_no_date(file: TableFile) -> None:
    for row in file.rows:
        row.update({column: SENTINEL for column in dates_of(file) if row.get(column) == ""})
    file.write()


def upper_case_and_dated(file: TableFile) -> None:
    file.path.unlink()
    file.path = file.path.with_name(f"{file.path.stem.upper()}_20261101.CSV")
    file.rows = [{name.upper(): cell for name, cell in row.items()} for row in file.rows]
    file.columns = [name.upper() for name in file.columns]
    file.write()


def columns_in_words(file: TableFile) -> None:
    """Column names with spaces and capitals, in another order, and one column more."""
    said = {name: f" {name.replace('_', ' ').title()} " for name in reversed(file.columns)}
    extra = "Notes for the team"
    file.rows = [
        {said[name]: cell for name, cell in row.items()} | {extra: "x, y"} for row in file.rows
    ]
    file.columns = [*said.values(), extra]
    file.write()


def space_around_values(file: TableFile) -> None:
    for row in file.rows:
        row.update({name: f" {cell}  " for name, cell in row.items()})
    file.write()


def semicolons_in_cp1252(file: TableFile) -> None:
    _write_text(file, ";", "cp1252")


def tabs_in_utf_16(file: TableFile) -> None:
    _write_text(file, "\t", "utf-16")


def utf_8_with_bom(file: TableFile) -> None:
    _write_text(file, ",", "utf-8-sig")


def _write_text(file: TableFile, delimiter: str, encoding: str) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, file.columns, delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(file.rows)
    file.path.write_bytes(buffer.getvalue().encode(encoding))


def excel_workbooks(file: TableFile) -> None:
    """Real Excel dates below rows of titles, on the second sheet, which is named like the table."""
    file.path.unlink()
    dated = dates_of(file)
    with xlsxwriter.Workbook(str(file.path.with_suffix(".xlsx"))) as book:
        book.add_worksheet("About").write_string(0, 0, "Taken from the case system")
        sheet = book.add_worksheet(file.path.stem)
        as_date = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_string(0, 0, "Monthly extract")
        sheet.write_string(1, 0, "for the corporate parenting pack")
        sheet.write_row(3, 0, file.columns)
        for at, row in enumerate(file.rows, start=4):
            for place, name in enumerate(file.columns):
                if name in dated and row[name]:
                    sheet.write_datetime(at, place, datetime.fromisoformat(row[name]), as_date)
                elif row[name]:
                    sheet.write_string(at, place, row[name])


def parquet_files(file: TableFile) -> None:
    """Dates as dates in some columns and as timestamps in others."""
    file.path.unlink()
    dated = dates_of(file)
    columns: dict[str, pa.Array] = {}
    for place, name in enumerate(file.columns):
        cells = [row[name] or None for row in file.rows]
        if name in dated:
            days = [cell and datetime.fromisoformat(cell) for cell in cells]
            columns[name] = pa.array(days, pa.timestamp("us") if place % 2 else pa.date32())
        else:
            columns[name] = pa.array(cells, pa.string())
    pq.write_table(pa.table(columns), file.path.with_suffix(".parquet"))


def words_for_codes(file: TableFile) -> None:
    """Descriptions where the case system gives codes, as one vendor's extract has them."""
    for column, words in WORDS.get(file.path.stem, {}).items():
        for row in file.rows:
            row[column] = words.get(row[column], row[column])
    file.write()


def _words(reference: str, domain: str = "") -> dict[str, str]:
    """For each code the longest description that stands for it in the shipped reference data."""
    path = SHIPPED_REFERENCE / f"{reference}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows: Sequence[Cells] = list(csv.DictReader(file))
    found: dict[str, str] = {}
    for row in rows:
        if row.get("domain", "") != domain or row.get("valid_from") or row.get("valid_to"):
            continue
        found[row["code"]] = max(found.get(row["code"], ""), row["source_value"], key=len)
    return found


WORDS = {
    "ssd_cla_episodes": {
        "clae_cla_episode_start_reason": _words("ref_code_map", "start_reason"),
        "clae_cla_episode_ceased_reason": _words("ref_rec"),
    },
    "ssd_legal_status": {"lega_legal_status": _words("ref_legal_status")},
    "ssd_cla_placement": {
        "clap_cla_placement_provider": _words("ref_code_map", "provider"),
    },
    "ssd_care_leavers": {
        "clea_care_leaver_accommodation": _words("ref_code_map", "accommodation"),
        "clea_care_leaver_in_touch": _words("ref_code_map", "in_touch"),
    },
}

SPELLINGS: dict[str, Callable[[TableFile], None]] = {
    "shuffled": shuffled,
    "duplicated": duplicated,
    "uk_dates": uk_dates,
    "dates_with_times": dates_with_times,
    "excel_serials": excel_serials,
    "sentinel_for_no_date": sentinel_for_no_date,
    "upper_case_and_dated": upper_case_and_dated,
    "columns_in_words": columns_in_words,
    "space_around_values": space_around_values,
    "semicolons_in_cp1252": semicolons_in_cp1252,
    "tabs_in_utf_16": tabs_in_utf_16,
    "utf_8_with_bom": utf_8_with_bom,
    "excel_workbooks": excel_workbooks,
    "parquet_files": parquet_files,
    "words_for_codes": words_for_codes,
}


def respell(inbox: Path, spelling: str) -> None:
    """Write every extract of an inbox in another spelling."""
    for path in sorted(inbox.glob("????-??/*/*.csv")):
        SPELLINGS[spelling](TableFile.read(path))
