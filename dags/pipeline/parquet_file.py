"""Write the rows of a query as Parquet, the same bytes for the same rows."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipeline.whole_file import written_whole


def write_parquet(rows: duckdb.DuckDBPyRelation, path: Path) -> None:
    """Write sorted ``rows`` to ``path`` in one step.

    By way of Arrow: DuckDB's own writer encodes a column otherwise where a step of the query
    before knew that it has no nulls.
    """
    table = rows.to_arrow_table().combine_chunks()
    with written_whole(path) as new:
        pq.write_table(table, new, compression="zstd", store_schema=False)
