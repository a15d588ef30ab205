"""What has to be landed before a month can be published at all (ruling F12)."""

from __future__ import annotations

from pipeline import lake
from pipeline.contract import EXTRACT_FAMILIES
from pipeline.lake import LedgerRow
from pipeline.month import Month
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

CHILDREN = ("ssd_person", "ssd_cla_episodes")
CHILDREN_903 = ("ssda903_header", "ssda903_episodes")


def require_children(settings: Settings, la: str, month: Month) -> None:
    """Refuse a month without people and their episodes of care: nobody could be counted."""
    rows = {row.table_name: row for row in ledger(settings, la, month)}
    wanted = CHILDREN_903 if _is_landed(rows, CHILDREN_903[:1]) else CHILDREN
    if _is_landed(rows, wanted):
        return
    missing = [_why(name, rows.get(name)) for name in wanted if not _is_landed(rows, (name,))]
    raise PublicationRefused(
        f"{month}: {' and '.join(wanted)} are needed to count any child.",
        *missing,
        f"Put the files into {settings.inbox / str(month)} and start again.",
    )


def landed_council(settings: Settings) -> str:
    """Return the code of the council whose extracts lie in an output folder.

    For what is asked of the output alone, without an inbox. Refuses where there is none, or more
    than one.
    """
    found = sorted(path.name.partition("=")[2] for path in settings.lake.glob("ledger/la=*"))
    if len(found) == 1:
        return found[0]
    if not found:
        raise PublicationRefused(f"Nothing has been landed in {settings.out} yet.")
    raise PublicationRefused(
        f"{settings.out} holds the extracts of several councils: {', '.join(found)}. Give each an "
        "output folder of its own."
    )


def ledger(settings: Settings, la: str, month: Month) -> tuple[LedgerRow, ...]:
    """Return the ledger of one month: what became of each table."""
    return tuple(
        row
        for family in (*EXTRACT_FAMILIES, "ssda903")
        for row in lake.read_rows(
            lake.partition(settings.lake, "ledger", la, month, f"{family}.parquet"), LedgerRow
        )
    )


def _is_landed(rows: dict[str, LedgerRow], names: tuple[str, ...]) -> bool:
    return all(name in rows and rows[name].status == "landed" for name in names)


def _why(name: str, row: LedgerRow | None) -> str:
    if row is None:
        return f"{name} has not been landed."
    file = f" ({row.file})" if row.file else ""
    return f"{name}{file}: {row.status}, {row.reason}."
