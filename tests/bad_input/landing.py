"""Land a broken inbox as the landing tasks do, and say what came of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pyarrow.parquet as pq

from pipeline import lake
from pipeline.contract import TABLES
from pipeline.delivered import require_children
from pipeline.lake import LedgerRow, QuarantineRow
from pipeline.landing_step import land_month, land_reference_data
from pipeline.reference import council_code
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

from .case import Case
from .inbox import MONTH, Inbox

Facts = frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class Landed:
    """What is in the lake after a landing, in words of the extract; refusals are in ``told``."""

    ledger: dict[str, LedgerRow]
    quarantine: tuple[QuarantineRow, ...]
    facts: dict[str, list[tuple[str, ...]]]
    told: tuple[str, ...] = ()

    @property
    def messages(self) -> list[str]:
        """Everything that a person is told outside the quarantine list."""
        reasons = [row.reason for row in self.ledger.values()]
        return [*self.told, *reasons, *(row.reason for row in self.quarantine)]


def land(case: Case, root: Path) -> Landed:
    """Break a good inbox in one way and land the family that the fault is in."""
    inbox = Inbox(root / "inbox")
    case.breaks(inbox)
    settings = Settings(inbox.root, root / "out", shipped_reference=root)
    with patch.dict(os.environ, case.limits):
        try:
            land_month(settings, MONTH, case.family)
            if case.family == "social_care":
                _refuse_as_the_build_does(settings)
        except PublicationRefused as refusal:
            return Landed({}, (), {}, refusal.lines)
    return look(settings, case.family)


def _refuse_as_the_build_does(settings: Settings) -> None:
    with patch("expectations.data_docs.build_data_docs"):
        land_reference_data(settings, MONTH)
    require_children(settings, council_code(settings), MONTH)


def look(settings: Settings, family: str) -> Landed:
    """Read back what a landing has left."""
    la, file = council_code(settings), f"{family}.parquet"

    def rows(book, kind):
        return lake.read_rows(lake.partition(settings.lake, book, la, MONTH, file), kind)

    ledger = {row.table_name: row for row in rows("ledger", LedgerRow)}
    facts = {name: _facts(lake.partition(settings.lake, name, la, MONTH), name) for name in ledger}
    return Landed(ledger, rows("quarantine", QuarantineRow), facts)


def _facts(path: Path, table: str) -> list[tuple[str, ...]]:
    columns = [column.name for column in TABLES[table].read_columns]
    read = pq.ParquetFile(path).read().select(columns).to_pylist()
    return sorted(tuple("" if cell is None else str(cell) for cell in row.values()) for row in read)
