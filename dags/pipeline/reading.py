"""From a file to a table of text with row numbers: CSV, workbook or Parquet, in any spelling.

Only the contract's columns are kept. Nothing is typed here (see ``casting``), so that the same
facts give the same text whatever the format.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.contract import Table
from pipeline.inbox import PARQUET_SUFFIXES, WORKBOOK_SUFFIXES
from pipeline.read_table import ReadTable


def read_file(path: Path, table: Table) -> ReadTable:
    """Read one file of a table; raise FileUnreadable where it is not what its name says.

    A missing column is no error here: the checks at the door decide on it.
    """
    content = path.read_bytes()
    suffix = path.suffix.lower()
    # Each format has its own module, so that a month of CSV never loads the workbook reader.
    if suffix in WORKBOOK_SUFFIXES:
        from pipeline.reading_workbook import read_workbook

        return read_workbook(content, table)
    if suffix in PARQUET_SUFFIXES:
        from pipeline.reading_parquet import read_parquet

        return read_parquet(content, table)
    from pipeline.reading_csv import read_csv

    return read_csv(content, table)
