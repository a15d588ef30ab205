"""What landing a family gives back to the task that asked for it."""

from __future__ import annotations

from dataclasses import dataclass

from expectations.findings import Finding
from pipeline.lake import LedgerRow, QuarantineRow
from pipeline.month import Month


@dataclass(frozen=True)
class LandedFamily:
    """What became of a family in a month.

    ``unknown`` are files of no known table, ``extra_columns`` columns outside the contract by file;
    both are passed over and reported. ``unchanged``: the same files were landed before, so nothing
    was read or written.
    """

    family: str
    la: str
    month: Month
    ledger: tuple[LedgerRow, ...]
    refused_rows: tuple[QuarantineRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    unknown: tuple[str, ...] = ()
    extra_columns: tuple[str, ...] = ()
    unchanged: bool = True
