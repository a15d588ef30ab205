"""Parquet files, whatever types their columns have."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.contract import Table
from pipeline.read_table import FileUnreadable, ReadTable, header_of


def read_parquet(content: bytes, table: Table) -> ReadTable:
    """Read a Parquet file; raise FileUnreadable where it is none.

    Its column names are row 1 and its first row of values is row 2, as if it were a CSV.
    """
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        header = header_of(file.schema_arrow.names, 1, table)
        read = file.read().combine_chunks()
    except (pa.ArrowInvalid, OSError) as error:
        raise FileUnreadable("cannot be opened as Parquet: write the file again") from error
    columns = {name: as_text(read.column(at)) for name, at in header.positions.items()}
    numbers = pa.array(range(2, read.num_rows + 2), pa.int64())
    return ReadTable(pa.table({**columns, "source_row": numbers}), (), header)


def as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write any column as a CSV would hold it: 7.0 as 7, a date as 2026-10-31."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_timestamp(column.type) and column.type.tz:
        column = pc.local_timestamp(column)
    expression = _expression(column.type)
    with duckdb.connect() as connection:
        connection.register("column_read", pa.table({"c": column}))
        result = connection.sql(f"select {expression} as c from column_read")
        return result.to_arrow_table().column("c")


def _expression(kind: pa.DataType) -> str:
    if pa.types.is_floating(kind):
        return (
            "case when c = trunc(c) and abs(c) < 9007199254740992"
            " then cast(cast(c as bigint) as varchar)"
            " when not isnan(c) then cast(c as varchar) end"
        )
    if pa.types.is_decimal(kind):
        return r"regexp_replace(cast(c as varchar), '\.0+$', '')"
    if pa.types.is_timestamp(kind):
        return "regexp_replace(strftime(c, '%Y-%m-%d %H:%M:%S'), ' 00:00:00$', '')"
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return "decode(c)"
    return "cast(c as varchar)"
