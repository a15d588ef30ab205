"""What this account may not read is left out or refused by name."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from pipeline.landing_step import land_month
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

from .inbox import MONTH, Inbox
from .landing import look

DENIED = PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def without_right(method: str, to: Path) -> Any:
    """As if this account had no right to a file or folder; root has every right."""
    original = getattr(Path, method)

    def denied(path: Path, *given: Any, **named: Any) -> Any:
        if path == to:
            raise DENIED
        return original(path, *given, **named)

    return patch.object(Path, method, denied)


@pytest.mark.parametrize(
    ("method", "denied", "says"),
    [
        ("open", "care_leavers/ext_pathway_plan.csv", "ext_pathway_plan.csv cannot be opened"),
        ("iterdir", "care_leavers", "2026-10/care_leavers cannot be looked into"),
    ],
)
def test_a_table_that_cannot_be_opened_is_left_out(
    method: str, denied: str, says: str, tmp_path: Path
) -> None:
    inbox = Inbox(tmp_path / "inbox")
    settings = Settings(inbox.root, tmp_path / "out", shipped_reference=tmp_path)
    with without_right(method, inbox.path(denied)):
        land_month(settings, MONTH, "care_leavers")
    entry = look(settings, "care_leavers").ledger["ext_pathway_plan"]
    assert entry.status == "refused"
    assert entry.reason == f"{says} (Permission denied): ask for the right to read it"


def test_reference_data_that_cannot_be_opened_stops_the_month(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "inbox")
    settings = Settings(inbox.root, tmp_path / "out", shipped_reference=tmp_path)
    refused = pytest.raises(PublicationRefused, match=r"ref_council\.csv cannot be opened")
    with without_right("open", inbox.root / "reference" / "ref_council.csv"), refused:
        land_month(settings, MONTH, "care_leavers")
