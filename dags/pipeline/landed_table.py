"""One table of a landing: read and waiting at the door, then landed, absent or refused."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from pipeline.casting import CastTable, empty_table
from pipeline.contract import Table
from pipeline.inbox import Delivery
from pipeline.lake import LedgerRow, QuarantineRow
from pipeline.read_table import ReadTable


@dataclass(frozen=True)
class LandedTable:
    """What one table comes to: rows for the lake, a ledger row, and what was found on the way."""

    table: Table
    rows: pa.Table
    ledger: LedgerRow
    quarantine: tuple[QuarantineRow, ...] = ()
    extra_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadyTable:
    """A table that was read, waiting for the word of the door."""

    table: Table
    file: Delivery
    note: str
    read: ReadTable
    cast: CastTable

    def finish(self, refusal: str | None) -> LandedTable:
        """Land the readable rows, or none where the door refuses the table."""
        rows = self.cast.rows if refusal is None else empty_table(self.table)
        ledger = LedgerRow(
            family=self.table.family,
            table_name=self.table.name,
            status="landed" if refusal is None else "refused",
            reason=refusal or self.note,
            file=self.file.name,
            rows=rows.num_rows,
            refused_rows=self.cast.refused_rows,
            sha256=self.file.sha256,
        )
        return LandedTable(self.table, rows, ledger, self._quarantine(), self._extra())

    def _quarantine(self) -> tuple[QuarantineRow, ...]:
        place = (self.table.family, self.table.name, self.file.name)
        return tuple(
            QuarantineRow(
                *place, cell.row, cell.column, cell.value, cell.reason, cell.rows, cell.effect
            )
            for cell in self.cast.bad_cells
        )

    def _extra(self) -> tuple[str, ...]:
        return tuple(f"{self.file.name}: {name}" for name in self.read.header.extra)


def nothing_landed(
    table: Table, status: str, reason: str, files: tuple[Delivery, ...] = ()
) -> LandedTable:
    """Return an absent or refused table: no rows, and the ledger says why."""
    names, hashes = "; ".join(f.name for f in files), ";".join(f.sha256 for f in files)
    ledger = LedgerRow(table.family, table.name, status, reason, names, 0, 0, hashes)
    return LandedTable(table, empty_table(table), ledger)
