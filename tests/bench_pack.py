"""Make the pack in all its forms from built marts: the public edition, or both."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import duckdb

from reporting.cover.report import TEMPLATE
from reporting.forms import write_edition
from reporting.rows import OFFICERS, PUBLIC


def main(warehouse: Path, editions: str) -> None:
    """Write the public edition, or `both`, of a warehouse into a folder thrown away."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        (la,) = connection.sql("select la from dim_publication").fetchall()[0]
    with tempfile.TemporaryDirectory() as folder:
        for edition in (PUBLIC, OFFICERS) if editions == "both" else (PUBLIC,):
            write_edition(warehouse, la, Path(folder), edition, (), TEMPLATE)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
