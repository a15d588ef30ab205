"""How much of a file is read at most: every limit, its reason and how to raise it, in this place.

A file beyond a limit is refused with a message that names the limit. Each can be raised by the
environment variable beside it. They leave the largest council in England several times the room
that its largest table needs (a few hundred thousand rows of ten columns, some 30 MB). Reading and
typing a CSV at the limit takes some 2 GB of memory.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

VARIABLES = {
    "file_mb": "PACK_MAX_FILE_MB",
    "unpacked_mb": "PACK_MAX_UNPACKED_MB",
    "rows": "PACK_MAX_ROWS",
    "columns": "PACK_MAX_COLUMNS",
    "cell_characters": "PACK_MAX_CELL_CHARACTERS",
    "workbook_memory_mb": "PACK_MAX_WORKBOOK_MEMORY_MB",
    "workbook_seconds": "PACK_MAX_WORKBOOK_SECONDS",
}
MEGABYTE = 1_000_000


class LimitUnusable(ValueError):
    """A limit that is set to what is no limit."""


@dataclass(frozen=True)
class Limits:
    """The limits of one run.

    ``unpacked_mb`` is what a workbook or Parquet file may come to once it is unpacked.
    ``cell_characters`` is as long as a cell of Excel may be. A workbook is read by a process of its
    own, which may take ``workbook_memory_mb`` and ``workbook_seconds``.
    """

    file_mb: int = 250
    unpacked_mb: int = 1_000
    rows: int = 2_500_000
    columns: int = 1_000
    cell_characters: int = 32_767
    workbook_memory_mb: int = 4_000
    workbook_seconds: int = 300

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Limits:
        """Read the limits that are set; raise LimitUnusable where one is no number."""
        values = os.environ if environment is None else environment
        given = {name: values.get(variable, "") for name, variable in VARIABLES.items()}
        for name, text in given.items():
            if text and not (text.isdecimal() and int(text)):
                told = f"{VARIABLES[name]} is '{text}': give a whole number such as 300"
                raise LimitUnusable(told)
        return cls(**{name: int(text) for name, text in given.items() if text})

    @property
    def file_bytes(self) -> int:
        """How large a file may be."""
        return self.file_mb * MEGABYTE

    @property
    def unpacked_bytes(self) -> int:
        """How much a file may come to once it is unpacked."""
        return self.unpacked_mb * MEGABYTE

    def too_large(self, size: int) -> str:
        """Say that a file of this many bytes is not read."""
        return (
            f"has {size / MEGABYTE:,.0f} MB, and {self.file_mb:,} are the most that is read: send "
            f"this table's rows alone, or raise {VARIABLES['file_mb']}"
        )

    def unpacks_to_more(self) -> str:
        """Say that a packed file is not read."""
        return (
            f"comes to more than {self.unpacked_mb:,} MB once it is unpacked, which is the most "
            f"that is read: send this table's rows alone, or raise {VARIABLES['unpacked_mb']}"
        )

    def too_many_rows(self) -> str:
        """Say that a file of more rows is not read."""
        return (
            f"has more than {self.rows:,} rows, which are the most that are read: send this "
            f"table's rows alone, or raise {VARIABLES['rows']}"
        )

    def too_many_columns(self, columns: int) -> str:
        """Say that a file of this many columns is not read."""
        return (
            f"has {columns:,} columns, and {self.columns:,} are the most that are read: send the "
            f"columns of this table alone, or raise {VARIABLES['columns']}"
        )

    def too_long(self) -> str:
        """Say that a value is too long."""
        return (
            f"is longer than {self.cell_characters:,} characters, which are the most that a value "
            f"may have: correct it at the source, or raise {VARIABLES['cell_characters']}"
        )

    def workbook_took_too_much(self) -> str:
        """Say that a workbook was given up."""
        return (
            f"took more than {self.workbook_memory_mb:,} MB of memory or {self.workbook_seconds} "
            "seconds to read: delete what stands far below the table or far to its right, save it "
            f"again, or raise {VARIABLES['workbook_memory_mb']} and {VARIABLES['workbook_seconds']}"
        )


assert set(VARIABLES) == {field.name for field in fields(Limits)}
