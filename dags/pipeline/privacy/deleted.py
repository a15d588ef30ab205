"""Which extracts the council's rule of retention has deleted: a mark each, in the lake.

Their ledger stays: it holds no row about anybody, and by it later months are known to be unchanged.
"""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.month import Month
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings
from pipeline.whole_file import write_whole


def deleted_extracts(settings: Settings, la: str) -> frozenset[Month]:
    """Return the months whose extract of this council was deleted."""
    return frozenset(Month.parse(path.stem) for path in _folder(settings, la).glob("*.json"))


def mark_deleted(settings: Settings, la: str, month: Month, rule: str, newest: Month) -> None:
    """Mark an extract as deleted, before its first file goes."""
    path = _folder(settings, la) / f"{month}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"la": la, "month": str(month), "rule": rule, "newest_month": str(newest)}
    write_whole(path, json.dumps(content, indent=1, sort_keys=True) + "\n")


def require_kept(settings: Settings, la: str, month: Month) -> None:
    """Refuse a month whose extract was deleted: it is not landed or computed again."""
    if month in deleted_extracts(settings, la):
        mark = _folder(settings, la) / f"{month}.json"
        raise PublicationRefused(
            f"{month}: the rule of retention has deleted this extract, so it is not landed or "
            "computed again; what was published of it stays. Where the rule has been made longer, "
            f"remove {mark} and land it again."
        )


def _folder(settings: Settings, la: str) -> Path:
    return settings.lake / "deleted" / f"la={la}"
