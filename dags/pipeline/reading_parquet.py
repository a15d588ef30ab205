"""Parquet files, whatever types their columns have."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline import decoding
from pipeline.contract import Table
from pipeline.limits import Limits
from pipeline.read_table import FileUnreadable, ReadTable, header_of

_NOT_PARQUET = "cannot be opened as Parquet: write the file again"


def read_parquet(content: bytes, table: Table, limits: Limits) -> ReadTable:
    """Read a Parquet file; raise FileUnreadable where it is none or too large.

    Its column names are row 1 and its first row of values is row 2, as if it were a CSV.
    """
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        _require_small(file.metadata, limits)
        header = header_of(file.schema_arrow.names, 1, table)
        wanted = {name: file.schema_arrow.names[at] for name, at in header.positions.items()}
        _require_flat(file.schema_arrow, list(wanted.values()))
        # A word that fills a column is kept once in the file, and so it is while it is looked at.
        packed = pq.ParquetFile(pa.BufferReader(content), read_dictionary=list(wanted.values()))
        read = packed.read(columns=list(wanted.values()))
        _require_unpacked_small(read, limits)
    except (pa.ArrowException, OSError, MemoryError, UnicodeDecodeError) as error:
        raise FileUnreadable(_NOT_PARQUET) from error
    if read.num_rows != file.metadata.num_rows and wanted:
        # What the file says of itself and what it holds are two things.
        raise FileUnreadable(_NOT_PARQUET)
    columns = {name: _text_of(read, written) for name, written in wanted.items()}
    numbers = pa.array(range(2, file.metadata.num_rows + 2), pa.int64())
    return ReadTable(pa.table({**columns, "source_row": numbers}), header)


def as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write any column as a CSV would hold it: 7.0 as 7, a date as 2026-10-31."""
    if pa.types.is_dictionary(column.type):
        # Word by word, so that a word is looked at once, however often it occurs.
        words = [as_text(pa.chunked_array([chunk.dictionary])) for chunk in column.chunks]
        taken = [
            word.combine_chunks().take(chunk.indices)
            for word, chunk in zip(words, column.chunks, strict=True)
        ]
        return pa.chunked_array(taken, pa.string())
    if _holds_bytes(column.type):
        return _letters(column)
    if pa.types.is_timestamp(column.type) and column.type.tz:
        column = pc.local_timestamp(column)
    expression = _expression(column.type)
    with duckdb.connect() as connection:
        connection.register("column_read", pa.table({"c": column}))
        result = connection.sql(f"select {expression} as c from column_read")
        return result.to_arrow_table().column("c")


def _text_of(read: pa.Table, written: str) -> pa.ChunkedArray:
    try:
        return as_text(read.column(written))
    except (pa.ArrowException, duckdb.Error) as error:
        raise FileUnreadable(
            f"has values in {written} that cannot be read: write the column as text"
        ) from error


def _require_small(metadata: pq.FileMetaData, limits: Limits) -> None:
    if metadata.num_columns > limits.columns:
        raise FileUnreadable(limits.too_many_columns(metadata.num_columns))
    if metadata.num_rows > limits.rows:
        raise FileUnreadable(limits.too_many_rows())
    groups = [metadata.row_group(at) for at in range(metadata.num_row_groups)]
    if sum(group.total_byte_size for group in groups) > limits.unpacked_bytes:
        raise FileUnreadable(limits.unpacks_to_more())


def _require_flat(schema: pa.Schema, wanted: list[str]) -> None:
    nested = [name for name in wanted if pa.types.is_nested(schema.field(name).type)]
    if nested:
        raise FileUnreadable(
            f"has lists or records in {', '.join(nested)}: give each column one value a row"
        )


def _require_unpacked_small(read: pa.Table, limits: Limits) -> None:
    size = 0
    for column in read.columns:
        for chunk in column.chunks:
            if pa.types.is_dictionary(chunk.type):
                lengths = pc.binary_length(chunk.dictionary.cast(pa.large_binary()))
                size += pc.sum(lengths.take(chunk.indices)).as_py() or 0
    if size > limits.unpacked_bytes:
        raise FileUnreadable(limits.unpacks_to_more())


def _holds_bytes(kind: pa.DataType) -> bool:
    return any(
        is_kind(kind)
        for is_kind in (
            pa.types.is_string,
            pa.types.is_large_string,
            pa.types.is_string_view,
            pa.types.is_binary,
            pa.types.is_large_binary,
            pa.types.is_binary_view,
            pa.types.is_fixed_size_binary,
        )
    )


def _letters(column: pa.ChunkedArray) -> pa.ChunkedArray:
    as_bytes = column.cast(pa.binary())
    try:
        letters = as_bytes.cast(pa.string())
        letters.validate(full=True)
    except pa.ArrowInvalid:
        values = as_bytes.to_pylist()
        marked = [None if value is None else decoding.as_text(value) for value in values]
        return pa.chunked_array([pa.array(marked, pa.string())])
    return letters


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
    return "cast(c as varchar)"
