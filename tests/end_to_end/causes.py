"""Which children changed a figure between two extracts, and their visits in between.

Read from the two inbox folders alone: the figure is counted child by child in both.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline.settings import SHIPPED_REFERENCE
from tests.recount.council import CareAt
from tests.recount.reading import read_date
from tests.recount.reference import read_reference
from tests.recount.snapshot import read_extract
from tests.recount.visits import Visited, visited

Due = Callable[[Visited, CareAt], date]


def in_date(inbox: Path, month: str, day: date, due: Due) -> dict[str, bool]:
    """Return each child looked after on a day, as one extract knows it, and whether visited."""
    reference = read_reference(inbox, SHIPPED_REFERENCE)
    care = CareAt(read_extract(inbox, month, reference), day)
    return {child.person: day <= due(child, care) for child in visited(care)}


def changed_children(before: dict[str, bool], now: dict[str, bool]) -> set[str]:
    """Return the children who are in one of the two alone, or visited in one of the two alone."""
    return {child for child in {*before, *now} if before.get(child) != now.get(child)}


def new_visits(inbox: Path, before: str, month: str, up_to: date) -> dict[str, set[str]]:
    """Return by child the ids of the visits up to a day that only the later extract has."""
    known = {row["CLAV_CLA_VISIT_ID"] for row in _visits(inbox, before)}
    found: dict[str, set[str]] = defaultdict(set)
    for row in _visits(inbox, month):
        day = read_date(row["CLAV_CLA_VISIT_DATE"])
        if row["CLAV_CLA_VISIT_ID"] not in known and day is not None and day <= up_to:
            found[row["CLAV_PERSON_ID"]].add(row["CLAV_CLA_VISIT_ID"])
    return dict(found)


def _visits(inbox: Path, month: str) -> list[dict[str, str]]:
    folder = inbox / month / "social_care"
    (path,) = [one for one in folder.iterdir() if one.name.lower().startswith("ssd_cla_visits")]
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        return [{name.upper(): value for name, value in row.items()} for row in rows]
