"""From text to the contract's types, whole columns at a time; what cannot be read refuses its row.

A value is never blanked or guessed (contract section 2): the row goes to quarantine with the
column, the value and what to do. The sentinel date 1900-01-01 is null in every spelling.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline import postcodes
from pipeline.contract import SQL_TYPES, Column, Table
from pipeline.decoding import NO_TEXT, as_written
from pipeline.limits import Limits
from pipeline.read_table import MOST_LISTED, ReadTable

ROW_REFUSED = "row refused"
VALUE_NOT_MAPPED = "value not mapped"
READABLE = "row_is_readable"

_YEAR = r"(19\d{2}|20\d{2}|2100)"
_TIME = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d+)?)?"
_ISO = rf"^{_YEAR}-\d{{2}}-\d{{2}}([ T]{_TIME})?( ?(Z|[+-]\d{{2}}(:?\d{{2}})?))?$"
_UK = rf"^\d{{1,2}}/\d{{1,2}}/{_YEAR}([ T]{_TIME})?$"
# 7306 is 1 January 1920 and 73050 is 31 December 2099; 1 is the sentinel 1 January 1900.
_SERIAL = r"^\d{4,5}(\.\d+)?$"
_SENTINEL_SERIAL = r"^1(\.0+)?$"
_NUMBER = r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$"
_THOUSANDS = r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$"

# What a program writes where it has nothing; as an identifier it would join what does not belong.
_NOTHING = tuple("NULL null Null (NULL) (null) N/A n/a None NaN nan NaT <NA> inf -inf -".split())
# 12345.0 and 1.23457E+11 are what is left of an identifier that was taken for a number.
_WAS_A_NUMBER = r"^\d+\.0+$|^\d+(\.\d+)?[eE]\+\d+$"
_EXCEL_ERRORS = tuple("#N/A #REF! #VALUE! #NAME? #DIV/0! #NULL! #NUM! #SPILL! #CALC!".split())

# All bytes of UTF-8 but those of NO_TEXT, where most text has none of them.
_PLAIN_BYTES = bytes(b for b in range(256) if not (b < 32 or b in (0x7F, 0xC2, 0xEF))) + b"\t\n\r"

_REASONS = {
    "date": "is not a date we can read: write it as 2026-10-31 or 31/10/2026, or leave it empty",
    "number": "is not a number: write digits with a decimal point, or leave it empty",
    "integer": "is not a whole number: write digits only, or leave it empty",
    "key": "is empty, and every row needs it: fill it in at the source and send the file again",
    "nothing": "is a word for nothing, not an identifier: leave the cell empty at the source",
    "number_id": "is a number, and identifiers are text: export the column as text",
    "excel_error": "is an Excel error and no value: correct the formula, or leave the cell empty",
    "no_text": "holds characters that are no text: export the file again as UTF-8",
    "postcode": "is not a postcode, so the location is not known: correct it at the source",
}


@dataclass(frozen=True)
class BadCell:
    """What could not be read in a row; ``column`` is empty where the whole row is broken.

    ``rows`` is more than 1 where it stands for the rows after it with the same fault.
    """

    row: int
    column: str | None
    value: str | None
    reason: str
    effect: str = ROW_REFUSED
    rows: int = 1


@dataclass(frozen=True)
class CastTable:
    """A file's rows by the contract's types.

    ``rows`` are the readable ones, with all columns of the contract, ``source_file`` and
    ``source_row``. ``everything`` are all that were read, with a column ``row_is_readable``.
    """

    rows: pa.Table
    everything: pa.Table
    bad_cells: tuple[BadCell, ...]

    @property
    def refused_rows(self) -> int:
        """How many rows of the file are not landed."""
        return int(self.everything.num_rows - self.rows.num_rows)


@dataclass(frozen=True)
class _Check:
    column: str
    is_bad: str
    value: str
    reason: str
    effect: str = ROW_REFUSED


def cast_table(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    read: ReadTable,
    file: str,
    areas: pa.Table,
    limits: Limits | None = None,
) -> CastTable:
    """Type what was read. ``areas`` (prefix, council) tells the authority of a postcode.

    ``connection`` is used for temporary tables only; the same input gives the same output.
    """
    rows = _trimmed(read.rows)
    connection.register("areas", areas)
    connection.register("read_rows", rows)
    found = [column for column in table.read_columns if column.name in rows.column_names]
    checks = _checks(table, found, rows, limits or Limits.from_environment())
    connection.execute(_parsed_sql(found, checks))
    told = {(one.row, table.column(one.column).written) for one in read.cells}
    cells = [cell for check in checks for cell in _bad_cells(connection, check)]
    cells = [cell for cell in cells if (cell.row, cell.column) not in told]
    cells += _set_aside(connection, table, read)
    everything = connection.sql(_landed_sql(table, found), params=[file]).to_arrow_table()
    rows = everything.filter(everything.column(READABLE)).drop_columns([READABLE])
    in_order = sorted(cells, key=lambda cell: (cell.row, cell.column or ""))
    return CastTable(rows, everything, tuple(in_order))


def _set_aside(
    connection: duckdb.DuckDBPyConnection, table: Table, read: ReadTable
) -> list[BadCell]:
    """Refuse the rows that the reader itself does not believe."""
    if not read.cells and not read.broken.numbers:
        return []
    with_cells = pa.table({"row": pa.array({one.row for one in read.cells}, pa.int64())})
    broken = pa.table({"row": pa.array(read.broken.numbers, pa.int64())})
    connection.register("with_cells", with_cells)
    connection.register("broken", broken)
    connection.execute(
        f"update parsed set {READABLE} = false where source_row in (select row from with_cells)"
    )
    connection.execute(
        f"insert into parsed (source_row, {READABLE})"
        " select row, false from broken union all"
        " select row, false from with_cells where row not in (select source_row from parsed)"
    )
    rows = [BadCell(one.row, None, None, one.reason) for one in read.broken.listed]
    unlisted = len(read.broken.numbers) - len(rows)
    if unlisted:
        rows[-1] = replace(rows[-1], rows=1 + unlisted)
    cells = ((one, table.column(one.column).written) for one in read.cells)
    return rows + [BadCell(one.row, written, one.value, one.reason) for one, written in cells]


def empty_table(table: Table) -> pa.Table:
    """Return no rows with all columns and types, as an absent or refused table is landed."""
    kinds = {
        "text": pa.string(),
        "date": pa.date32(),
        "number": pa.float64(),
        "integer": pa.int64(),
    }
    fields = [(column.name, kinds[column.type]) for column in table.columns]
    places = [("source_file", pa.string()), ("source_row", pa.int64())]
    return pa.schema([*fields, *places]).empty_table()


def _trimmed(rows: pa.Table) -> pa.Table:
    # Arrow trims four times as fast as SQL does with a list of characters, and knows all spaces.
    names = [name for name in rows.column_names if name != "source_row"]
    trimmed = {name: pc.utf8_trim_whitespace(rows.column(name)) for name in names}
    return pa.table({**trimmed, "source_row": rows.column("source_row")})


def _parsed_sql(found: list[Column], checks: list[_Check]) -> str:
    """Every row with something in it: each column as read and, where it is no text, as a value."""
    filled_cells = [f"""nullif("{column.name}", '') as {_read(column)}""" for column in found]
    parsed = [f"{_parse(column)} as {_value(column)}" for column in found if _is_parsed(column)]
    filled = f"coalesce({', '.join(map(_read, found))}) is not null" if found else "false"
    refusals = [check.is_bad for check in checks if check.effect == ROW_REFUSED]
    return f"""
create or replace temporary table parsed as
with cells as (select {", ".join(["source_row", *filled_cells])} from read_rows),
filled_in as (select * from cells where {filled}),
valued as (select {", ".join(["*", *parsed])} from filled_in)
select *, not ({" or ".join(refusals) or "false"}) as {READABLE} from valued
"""


def _landed_sql(table: Table, found: list[Column]) -> str:
    columns = ", ".join(_landed(column, found) for column in table.columns)
    joins = "".join(_authority_join(c) for c in table.columns if _source(c, found))
    return (
        f"select {columns}, cast(? as varchar) as source_file, source_row, {READABLE}"
        f" from parsed{joins} order by source_row"
    )


def _landed(column: Column, found: list[Column]) -> str:
    value = "null"
    if _source(column, found):
        value = f'"at_{column.name}".council'
    elif column in found:
        value = _value(column) if _is_parsed(column) else _read(column)
    if column.type == "date":
        value = f"nullif({value}, date '1900-01-01')"
    if column.postcode:
        value = postcodes.sector(value)
    return f'cast({value} as {SQL_TYPES[column.type]}) as "{column.name}"'


def _source(column: Column, found: list[Column]) -> Column | None:
    return next((one for one in found if one.name == column.derived_from), None)


def _authority_join(column: Column) -> str:
    postcode = f'"{column.derived_from}__value"'
    authorities = postcodes.AUTHORITIES.format(postcode=postcode, source="parsed")
    alias = f'"at_{column.name}"'
    return f" left join ({authorities}) as {alias} on parsed.{postcode} = {alias}.postcode"


def _read(column: Column) -> str:
    return f'"{column.name}__read"'


def _value(column: Column) -> str:
    return f'"{column.name}__value"'


def _is_parsed(column: Column) -> bool:
    return column.type != "text" or column.postcode


def _parse(column: Column) -> str:
    if column.postcode:
        return postcodes.spaced(_read(column))
    return {"date": _date, "number": _number, "integer": _integer}[column.type](_read(column))


def _date(text: str) -> str:
    return (
        f"case when regexp_matches({text}, '{_ISO}') then try_cast(left({text}, 10) as date)"
        f" when regexp_matches({text}, '{_UK}')"
        f" then cast(try_strptime(regexp_extract({text}, '^[0-9/]+'), '%d/%m/%Y') as date)"
        f" when regexp_matches({text}, '{_SERIAL}')"
        f" and cast({text} as double) >= 7306 and cast({text} as double) < 73051"
        f" then date '1899-12-30' + cast(trunc(cast({text} as double)) as integer)"
        f" when regexp_matches({text}, '{_SENTINEL_SERIAL}') then date '1900-01-01' end"
    )


def _number(text: str) -> str:
    plain = (
        f"case when regexp_matches({text}, '{_NUMBER}') then try_cast({text} as double)"
        f" when regexp_matches({text}, '{_THOUSANDS}')"
        f" then try_cast(replace({text}, ',', '') as double) end"
    )
    # More than any number can be: DuckDB makes it infinite.
    return f"case when isfinite({plain}) then {plain} end"


def _integer(text: str) -> str:
    return (
        rf"case when regexp_matches({text}, '^[+-]?\d+(\.0*)?$')"
        rf" then try_cast(regexp_replace({text}, '\.0*$', '') as bigint) end"
    )


def _checks(table: Table, found: list[Column], rows: pa.Table, limits: Limits) -> list[_Check]:
    empty = [
        _Check(key.written, f"{_read(key)} is null", "null", _REASONS["key"])
        for key in found
        if key.name in table.key
    ]
    return [
        *empty,
        *(check for column in found for check in _no_value(table, column, rows, limits)),
        *(_unreadable(column) for column in found if _is_parsed(column)),
    ]


def _no_value(table: Table, column: Column, rows: pa.Table, limits: Limits) -> Iterator[_Check]:
    """Look for what no value may be, in the columns where a quick look finds a trace of it."""
    if _is_parsed(column):
        # What is no date or number is refused anyway.
        return
    values = rows.column(column.name)
    if column.name in table.identifiers:
        if _any(pc.is_in(values, pa.array(_NOTHING))):
            yield _refusal(column, f"{{}} in {_NOTHING}", "nothing")
        if _any(pc.or_(pc.match_substring(values, ".0"), pc.match_substring(values, "+"))):
            yield _refusal(column, f"regexp_matches({{}}, '{_WAS_A_NUMBER}')", "number_id")
    if _any(pc.is_in(values, pa.array(_EXCEL_ERRORS))):
        yield _refusal(column, f"{{}} in {_EXCEL_ERRORS}", "excel_error")
    if _any(pc.greater(pc.binary_length(values), limits.cell_characters)):
        check = _refusal(column, f"length({{}}) > {limits.cell_characters}", "no_text")
        yield replace(check, reason=limits.too_long())
    if _may_hold_no_text(values):
        yield _refusal(column, f"regexp_matches({{}}, '{NO_TEXT}')", "no_text")


def _refusal(column: Column, condition: str, reason: str) -> _Check:
    text = _read(column)
    is_bad = f"coalesce({condition.format(text)}, false)"
    return _Check(column.written, is_bad, text, _REASONS[reason])


def _any(found: pa.ChunkedArray) -> bool:
    return pc.any(found).as_py() or False


def _may_hold_no_text(values: pa.ChunkedArray) -> bool:
    """Whether a byte of the column could belong to such a character."""
    buffers = (chunk.buffers()[2] for chunk in values.chunks)
    return any(buffer and buffer.to_pybytes().translate(None, _PLAIN_BYTES) for buffer in buffers)


def _unreadable(column: Column) -> _Check:
    is_bad = f"({_read(column)} is not null and {_value(column)} is null)"
    if column.postcode:
        # The value is left out: what is not a postcode may be an address.
        return _Check(column.written, is_bad, "null", _REASONS["postcode"], VALUE_NOT_MAPPED)
    return _Check(column.written, is_bad, _read(column), _REASONS[column.type])


def _bad_cells(connection: duckdb.DuckDBPyConnection, check: _Check) -> list[BadCell]:
    found = connection.execute(
        f"select source_row, left(cast({check.value} as varchar), 2000), count(*) over ()"
        f" from parsed where {check.is_bad} order by source_row limit {MOST_LISTED}"
    ).fetchall()
    cells = [
        BadCell(row, check.column, value and as_written(value), check.reason, check.effect)
        for row, value, _ in found
    ]
    if found and found[0][2] > len(cells):
        cells[-1] = replace(cells[-1], rows=1 + found[0][2] - len(cells))
    return cells
