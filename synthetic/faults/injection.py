"""Type recording issues into extracts and keep the truth: what is wrong, and what only looks so."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path

from .extracts import Extracts


@dataclass(frozen=True)
class Truth:
    """One cell that a shape touched or points at.

    ``is_fault`` is false for a look-alike: a sound row that must not be blamed. ``true_value`` is
    what stood there before (``(dropped)`` for a row that should not be there); ``is_repairable``
    says whether the figures use that value instead of the recorded one.
    """

    issue_id: str
    shape: str
    is_fault: bool
    snapshot_month: str
    person_id: str
    table: str
    row_id: str
    column: str
    recorded_value: str
    true_value: str
    is_repairable: bool = False


Shape = Callable[[Extracts, random.Random, int], list[Truth]]
"""Makes up to so many cases of one shape, each for a person no other shape has touched."""


@dataclass(frozen=True)
class Issue:
    """A recording issue of the catalogue: the shapes it takes, and sound rows that look like it."""

    issue_id: str
    faults: Mapping[str, Shape]
    look_alikes: Mapping[str, Shape] = field(default_factory=dict)


def inject(extracts: Extracts, issues: Iterable[Issue], each: int, seed: int = 1) -> list[Truth]:
    """Type ``each`` cases of every shape into the extracts; return the truth, in order.

    The same settings, issues and seed give the same rows. A shape that finds nobody suitable makes
    fewer; callers check how many they need.
    """
    found: list[Truth] = []
    for issue in issues:
        for shapes, is_fault in ((issue.faults, True), (issue.look_alikes, False)):
            for name, shape in shapes.items():
                made = shape(extracts, random.Random(f"{seed} {issue.issue_id} {name}"), each)
                assert all(one.is_fault == is_fault and one.shape == name for one in made), name
                found += made
    return found


def write_truth(path: Path, truths: Iterable[Truth]) -> None:
    """Write the truth as CSV, one row a cell."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(one.name for one in fields(Truth))
        writer.writerows(astuple(one) for one in truths)
