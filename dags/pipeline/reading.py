"""From a file to a table of text with row numbers: CSV, workbook or Parquet, in any spelling.

Only the contract's columns are kept. Nothing is typed here (see ``casting``), so that the same
facts give the same text whatever the format.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.contract import Table
from pipeline.inbox import OLD_WORKBOOK_SUFFIX, PARQUET_SUFFIXES, WORKBOOK_SUFFIXES, Delivery
from pipeline.limits import Limits
from pipeline.read_table import FileUnreadable, ReadTable


def read_file(path: Path, table: Table, limits: Limits | None = None) -> ReadTable:
    """Read one file of a table; raise FileUnreadable where it is not what its name says.

    The limits are those of the environment where none are given. A missing column is no error
    here: the checks at the door decide on it.
    """
    limits = limits or Limits.from_environment()
    content = _content(path, limits)
    suffix = path.suffix.lower()
    # Each format has its own module, so that a month of CSV never loads the workbook reader.
    if suffix in (*WORKBOOK_SUFFIXES, OLD_WORKBOOK_SUFFIX):
        from pipeline.reading_workbook import read_workbook

        return read_workbook(content, table, limits)
    if suffix in PARQUET_SUFFIXES:
        from pipeline.reading_parquet import read_parquet

        return read_parquet(content, table, limits)
    from pipeline.reading_csv import read_csv

    return read_csv(content, table, limits)


def read_delivery(file: Delivery, table: Table, limits: Limits | None = None) -> ReadTable:
    """Read a delivered file; raise FileUnreadable also where it is none that can be read."""
    if file.problem:
        raise FileUnreadable(file.problem)
    return read_file(file.path, table, limits)


def _content(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(limits.file_bytes + 1)
            size = path.stat().st_size
    except OSError as problem:
        raise FileUnreadable(f"cannot be opened: {problem.strerror}") from problem
    if len(content) > limits.file_bytes:
        raise FileUnreadable(limits.too_large(size))
    return content
