"""Reads extracts as rows of text and turns text into dates, however the council writes them."""

from __future__ import annotations

import csv
import importlib
import io
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

Row = dict[str, str]

SENTINEL = date(1900, 1, 1)
EXCEL_DAY_0 = date(1899, 12, 30)

# The columns that a row is refused for when they cannot be read (contract, section 2).
DATES: dict[str, tuple[str, ...]] = {
    "ssd_person": ("pers_dob", "pers_death_date"),
    "ssd_cla_episodes": (
        "clae_cla_episode_start_date",
        "clae_cla_episode_ceased_date",
        "clae_entered_care_date",
        "clae_cla_last_iro_contact_date",
    ),
    "ssd_cla_placement": ("clap_cla_placement_start_date", "clap_cla_placement_end_date"),
    "ssd_legal_status": ("lega_legal_status_start_date", "lega_legal_status_end_date"),
    "ssd_cla_reviews": ("clar_cla_review_due_date", "clar_cla_review_date"),
    "ssd_cla_visits": ("clav_cla_visit_date",),
    "ssd_cla_health": ("clah_health_check_date",),
    "ssd_cla_care_plan": ("lacp_cla_care_plan_start_date", "lacp_cla_care_plan_end_date"),
    "ssd_missing": ("miss_missing_episode_start_date", "miss_missing_episode_end_date"),
    "ssd_immigration_status": (
        "immi_immigration_status_start_date",
        "immi_immigration_status_end_date",
    ),
    "ssd_involvements": ("invo_involvement_start_date", "invo_involvement_end_date"),
    "ext_pep": ("meeting_date", "completed_date"),
    "ext_yot": ("start_date", "end_date"),
    "ext_ehcp": ("start_date", "ceased_date"),
    "ext_workflow": ("started_date", "completed_date"),
    "ext_staff": ("start_date", "end_date", "absent_from", "absent_to"),
    "ssd_care_leavers": ("clea_care_leaver_latest_contact", "clea_pathway_plan_review_date"),
    "ext_pathway_plan": ("plan_date",),
    "ssd_permanence": (
        "perm_adm_decision_date",
        "perm_placement_order_date",
        "perm_matched_date",
        "perm_placed_for_adoption_date",
        "perm_placed_foster_carer_date",
        "perm_placed_ffa_cp_date",
        "perm_decision_reversed_date",
        "perm_permanence_order_date",
    ),
    "ext_adoption_tracker": (
        "shobpa_date",
        "placement_order_date",
        "match_date",
        "placed_date",
        "order_date",
        "source_date",
    ),
    "ext_panel": ("panel_date",),
    "ext_foster_household": (
        "first_approval_date",
        "approval_date",
        "on_hold_from",
        "on_hold_to",
        "reg24_start",
        "reg24_end",
        "end_date",
        "main_carer_dob",
    ),
    "header": ("dob",),
    "episodes": ("decom", "dec"),
    "reviews": ("dob", "review"),
    "uasc": ("dob", "duc"),
    "ad1": ("dob", "date_int", "date_match"),
    "sbpfa": ("dob", "date_placed", "date_placed_ceased"),
    "missing": ("dob", "mis_start", "mis_end"),
}
NUMBERS: dict[str, tuple[str, ...]] = {
    "ssd_cla_placement": ("clap_cla_placement_distance",),
    "ext_foster_household": ("approved_places",),
    "ext_staff": ("contracted_fte",),
    "ssd_professionals": ("prof_full_time_equivalency",),
}
REQUIRED: dict[str, tuple[str, ...]] = {
    "ssd_person": ("pers_person_id", "pers_dob"),
    "ssd_cla_episodes": ("clae_cla_episode_id", "clae_person_id", "clae_cla_episode_start_date"),
    "ssd_cla_placement": ("clap_cla_placement_id", "clap_cla_placement_type"),
    "ssd_legal_status": ("lega_person_id", "lega_legal_status", "lega_legal_status_start_date"),
    "episodes": ("child", "decom", "rne", "ls", "place"),
    "header": ("child", "dob"),
    "ext_adoption_tracker": ("person_id", "shobpa_date", "match_date"),
}
# Tables that a family cannot come without: without any row they are refused (contract, section 2).
NEVER_EMPTY = frozenset(
    "ssd_person ssd_cla_episodes ssd_cla_placement ssd_legal_status ssd_cla_reviews ssd_cla_visits "
    "ssd_cla_care_plan ssd_cla_health ssd_missing ssd_immigration_status ssd_involvements "
    "ssd_professionals ext_foster_household ssd_permanence ssd_care_leavers header episodes".split()
)


class Unreadable(ValueError):
    """A value that is neither empty nor what its column holds."""


@cache
def read_date(text: str) -> date | None:
    """The date a text means: ISO, UK, with or without time, or an Excel serial.

    Empty and the sentinel 1900-01-01 are no date. Raises ``Unreadable`` for anything else.
    """
    if not text:
        return None
    day = _date_in(text)
    return None if day == SENTINEL else day


def _date_in(text: str) -> date:
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})([T ].*)?", text)
    uk = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})( .*)?", text)
    serial = re.fullmatch(r"(\d{1,6})(\.\d+)?", text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if uk:
            return date(int(uk[3]), int(uk[2]), int(uk[1]))
        if serial:
            days = int(serial[1])
            return SENTINEL if days <= 2 else EXCEL_DAY_0 + timedelta(days=days)
    except (ValueError, OverflowError) as error:
        raise Unreadable(text) from error
    raise Unreadable(text)


def sector(postcode: str) -> str:
    """A postcode cut to its sector (``S60 1AB`` is ``S60 1``); other text stays as it is."""
    text = " ".join(postcode.upper().split())
    found = re.fullmatch(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d)([A-Z]{2})?", text)
    return f"{found[1]} {found[2]}" if found else text


def read_table(folder: Path, *names: str) -> list[Row] | None:
    """The readable rows of one table; ``None`` where it is absent or refused as a whole.

    Refused: two files that differ, a missing required column, no readable row of some, more than a
    fifth of the rows unreadable, or no row of a table that a family cannot come without. Each row
    carries its number in the file as ``_row``.
    """
    files = _files_of(folder, names)
    if not files or len({file.read_bytes() for file in files}) > 1:
        return None
    rows = list(_rows_of(files[0], names))
    heading = set(rows[0])
    if not set(REQUIRED.get(names[0], ())) <= heading:
        return None
    given = rows[1:]
    kept = [row for row in given if _is_readable(names[0], row)]
    if given and (not kept or (len(given) - len(kept)) * 5 > len(given)):
        return None
    if not given and names[0] in NEVER_EMPTY:
        return None
    return kept


def _files_of(folder: Path, names: tuple[str, ...]) -> list[Path]:
    if not folder.is_dir():
        return []
    wanted = re.compile(rf"({'|'.join(names)})([_\-. ]?v?\d[\w\-. ]*)?")
    files = sorted(file for file in folder.iterdir() if file.is_file())
    kinds = (".csv", ".xlsx", ".parquet", ".txt", ".tsv")
    return [f for f in files if f.suffix.lower() in kinds and wanted.fullmatch(f.stem.lower())]


def _is_readable(table: str, row: Row) -> bool:
    try:
        for column in DATES.get(table, ()):
            read_date(row.get(column, ""))
        for column in NUMBERS.get(table, ()):
            float(row.get(column, "") or 0)
    except ValueError:
        return False
    return True


def _rows_of(file: Path, names: tuple[str, ...]) -> Iterable[Row]:
    """The heading, as a row of itself, and then the rows."""
    grid = _grid(file, names)
    required = set(REQUIRED.get(names[0], ()))
    top = 0
    for number, cells in enumerate(grid[:30]):
        if required and required <= {_name(cell) for cell in cells}:
            top = number
            break
    heading = [_name(cell) for cell in grid[top]] if grid else []
    yield {name: name for name in heading}
    for number, cells in enumerate(grid[top + 1 :], start=top + 2):
        if any(cells):
            row = dict.fromkeys(heading, "") | dict(zip(heading, cells, strict=False))
            row["_row"] = str(number)
            yield row


def _name(cell: str) -> str:
    return "_".join(cell.lower().split())


def _grid(file: Path, names: tuple[str, ...]) -> list[list[str]]:
    if file.suffix.lower() == ".xlsx":
        return _sheet(file, names)
    if file.suffix.lower() == ".parquet":
        return _parquet(file)
    text = _decoded(file.read_bytes())
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [[cell.strip() for cell in cells] for cells in lines]


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _sheet(file: Path, names: tuple[str, ...]) -> list[list[str]]:
    openpyxl = importlib.import_module("openpyxl")
    book: Any = openpyxl.load_workbook(file, data_only=True, read_only=True)
    titles = {title.lower(): title for title in book.sheetnames}
    title = next((titles[name] for name in names if name in titles), book.sheetnames[0])
    return [[_cell(value) for value in cells] for cells in book[title].iter_rows(values_only=True)]


def _parquet(file: Path) -> list[list[str]]:
    parquet = importlib.import_module("pyarrow.parquet")
    table: Any = parquet.read_table(file)
    columns = [[_cell(value) for value in column.to_pylist()] for column in table.columns]
    return [list(table.column_names), *(list(cells) for cells in zip(*columns, strict=True))]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
