"""Reference data, landed once per snapshot (ruling F10), and the council's code (ruling F9).

The inbox's ``reference/ref_*.csv`` take the place of the shipped files of the same name.
"""

from __future__ import annotations

import re
from functools import cache

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline import lake
from pipeline.casting import ROW_REFUSED, BadCell, CastTable, cast_table, empty_table
from pipeline.contract import TABLES, Table, tables_of
from pipeline.inbox import Delivery, files_in
from pipeline.landed import LandedFamily
from pipeline.month import Month
from pipeline.read_table import FileUnreadable
from pipeline.reading import read_delivery
from pipeline.reference_meaning import faults
from pipeline.settings import Settings

FAMILY = "reference"
UNKNOWN_COUNCIL = "unknown"
# The shipped rows of these tables belong to the invented council (ruling F9).
_ABOUT_ONE_COUNCIL = ("ref_council", "ref_population")
_NO_AREAS = pa.schema([("prefix", pa.string()), ("council", pa.string())]).empty_table()


class ReferenceUnreadable(ValueError):
    """A reference file that cannot be read whole: publication is refused (ruling F12)."""


def council_code(settings: Settings) -> str:
    """Return the council's code: ref_council's, else the only one of the inbox's ref_population.

    ``unknown`` where the inbox has neither (ruling F9). Raises ReferenceUnreadable where
    ref_council names several councils or a code that cannot name a folder.
    """
    own = _own_files(settings)
    for name in _ABOUT_ONE_COUNCIL:
        codes = _councils(name, own.get(name, ()))
        if len(codes) == 1 and re.fullmatch(r"[A-Za-z0-9_-]+", codes[0]):
            return codes[0]
        if codes and name == "ref_council":
            raise ReferenceUnreadable(
                f"ref_council: column la holds {', '.join(codes)}: give one council with a code of"
                " letters and digits"
            )
    return UNKNOWN_COUNCIL


def land_reference(settings: Settings, month: Month, again: bool = False) -> LandedFamily:
    """Land the reference data of a snapshot, where it has none yet or ``again`` is set.

    Raises ReferenceUnreadable, naming file, row and column, where a file cannot be read whole.
    """
    la = council_code(settings)
    ledger_path = lake.partition(settings.lake, "ledger", la, month, f"{FAMILY}.parquet")
    if ledger_path.exists() and not again:
        return LandedFamily(FAMILY, la, month, lake.read_rows(ledger_path, lake.LedgerRow))
    own, shipped = _own_files(settings), _shipped_files(settings)
    landed = [_read_one(table, own, shipped, la) for table in tables_of(FAMILY)]
    for (rows, _), table in zip(landed, tables_of(FAMILY), strict=True):
        lake.write(settings.lake, lake.partition(settings.lake, table.name, la, month), rows)
    ledger = tuple(row for _, row in landed)
    quarantine = lake.partition(settings.lake, "quarantine", la, month, f"{FAMILY}.parquet")
    lake.write_rows(settings.lake, quarantine, lake.QuarantineRow, ())
    lake.write_rows(settings.lake, ledger_path, lake.LedgerRow, ledger)
    unknown = files_in(settings.inbox / FAMILY, tables_of(FAMILY)).unknown
    return LandedFamily(FAMILY, la, month, ledger, unknown=unknown, unchanged=False)


def postcode_areas(settings: Settings, la: str, month: Month) -> pa.Table:
    """Return prefix and council of ref_postcode_la: as landed with the snapshot, else as given now.

    None where the file cannot be read: that refuses the publication, not the landing.
    """
    landed = lake.partition(settings.lake, "ref_postcode_la", la, month)
    if landed.exists():
        return _areas(pq.ParquetFile(landed).read())
    table = TABLES["ref_postcode_la"]
    try:
        return _areas(_read_one(table, _own_files(settings), _shipped_files(settings), la)[0])
    except ReferenceUnreadable:
        return _NO_AREAS


def _areas(rows: pa.Table) -> pa.Table:
    if not rows.num_rows:
        return _NO_AREAS
    prefixes = pc.utf8_upper(rows.column("postcode_prefix"))
    return pa.table({"prefix": prefixes, "council": rows.column("council")})


def _own_files(settings: Settings) -> dict[str, tuple[Delivery, ...]]:
    files = files_in(settings.inbox / FAMILY, tables_of(FAMILY))
    if files.problem:
        # Without it the shipped reference data would quietly take its place.
        raise ReferenceUnreadable(files.problem)
    return files.by_table


def _shipped_files(settings: Settings) -> dict[str, tuple[Delivery, ...]]:
    return files_in(settings.shipped_reference, tables_of(FAMILY)).by_table


@cache
def _councils(name: str, files: tuple[Delivery, ...]) -> tuple[str, ...]:
    """The codes in files of these bytes: asked for by every family of every month."""
    if not files:
        return ()
    rows = _cast(TABLES[name], _only(name, files)).rows
    return tuple(sorted(set(rows.column("council").to_pylist())))


def _read_one(
    table: Table,
    own: dict[str, tuple[Delivery, ...]],
    shipped: dict[str, tuple[Delivery, ...]],
    la: str,
) -> tuple[pa.Table, lake.LedgerRow]:
    files, is_own = own.get(table.name, ()), table.name in own
    files = files or shipped.get(table.name, ())
    if not files:
        reason = f"no {table.name}.csv in the inbox, and none shipped"
        empty = empty_table(table)
        return empty, lake.LedgerRow(FAMILY, table.name, "absent", reason, "", 0, 0, "")
    file = _only(table.name, files)
    rows = _cast(table, file).rows
    if table.name in _ABOUT_ONE_COUNCIL and not is_own:
        rows = rows.filter(pc.equal(rows.column("council"), la))
    if table.name == "ref_legal_status":
        rows = _with_status_group(rows)
    reason = "" if is_own else "shipped with this software"
    ledger = lake.LedgerRow(
        FAMILY, table.name, "landed", reason, file.name, rows.num_rows, 0, file.sha256
    )
    return rows, ledger


def _with_status_group(rows: pa.Table) -> pa.Table:
    """Where status_group is not given, a 903 code's letter is the group (C1 is in C)."""
    code, group = rows.column("code"), rows.column("status_group")
    is_903 = pc.match_substring_regex(code, "^[CDEVLJ][0-9]$")
    letter = pc.utf8_slice_codeunits(code, 0, 1)
    letter = pc.if_else(pc.equal(letter, "D"), "E", letter)
    derived = pc.if_else(is_903, letter, pa.scalar(None, pa.string()))
    at = rows.column_names.index("status_group")
    return rows.set_column(at, "status_group", pc.coalesce(group, derived))


def _only(name: str, files: tuple[Delivery, ...]) -> Delivery:
    if len({file.sha256 for file in files}) > 1:
        names = " and ".join(file.name for file in files)
        raise ReferenceUnreadable(
            f"{name}: {names} differ: keep the one that holds, remove the other"
        )
    return files[0]


@cache
def _cast(table: Table, file: Delivery) -> CastTable:
    try:
        read = read_delivery(file, table)
    except FileUnreadable as error:
        raise ReferenceUnreadable(f"{file.name} {error}") from error
    if read.header.missing:
        raise ReferenceUnreadable(
            f"{file.name} lacks the columns {', '.join(read.header.missing)}: add them"
        )
    with duckdb.connect() as connection:
        result = cast_table(connection, table, read, file.name, _NO_AREAS)
    problems = [one for one in result.bad_cells if one.effect == ROW_REFUSED]
    problems += faults(table.name, result.rows)
    if problems:
        raise ReferenceUnreadable("; ".join(_sentence(file.name, one) for one in problems))
    return result


def _sentence(file: str, cell: BadCell) -> str:
    place = f"{file} row {cell.row}" + (f", column {cell.column}" if cell.column else "")
    value = f"'{cell.value}' " if cell.value else ""
    return f"{place}: {value}{cell.reason}"
