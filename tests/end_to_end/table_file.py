"""The rows of one CSV file of an inbox, to be changed and written back."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

Cells = dict[str, str]


@dataclass
class TableFile:
    """A plain CSV file: comma, UTF-8, the table's own column names."""

    path: Path
    columns: list[str]
    rows: list[Cells]

    @classmethod
    def read(cls, path: Path) -> TableFile:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
            return cls(path, list(reader.fieldnames or ()), rows)

    def write(self) -> None:
        with self.path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, self.columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.rows)
