"""One month's folder of an inbox, read as the facts the counting needs."""

from __future__ import annotations

from pathlib import Path

from .extract import Extract
from .from_903 import read_903
from .from_ssd import read_fostering, read_ssd
from .reference import Reference


def read_extract(inbox: Path, month: str, reference: Reference) -> Extract:
    """Everything one month's folder of an inbox says about the indicators."""
    folder = inbox / month
    extract = Extract(reference=reference, is_903=(folder / "ssda903").is_dir())
    if extract.is_903:
        read_903(extract, folder / "ssda903")
    else:
        read_ssd(extract, folder)
    read_fostering(extract, folder / "fostering")
    return extract
