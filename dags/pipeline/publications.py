"""Which computations were published, and when: one marker for each completed publication.

Only a completed publication gives first published figures (ruling F3). What was computed and never
published stays in the archive, and no figure that is shown comes from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from pathlib import Path

from pipeline import archive, lake
from pipeline.archive import Comparison, Computation
from pipeline.month import Month
from pipeline.settings import Settings
from pipeline.whole_file import write_whole


def published(settings: Settings, la: str) -> list[Computation]:
    """Return the computations of all completed publications, by snapshot and number."""
    return sorted(
        Computation.parse(entry["snapshot_month"], entry["file"])
        for marker in _markers(settings, la)
        for entry in json.loads(marker.read_text(encoding="utf-8"))["computations"]
    )


def compared(settings: Settings, la: str) -> list[Comparison]:
    """Return the pairs of computations that completed publications compared."""
    return sorted(
        Comparison(*entry)
        for marker in _markers(settings, la)
        for entry in json.loads(marker.read_text(encoding="utf-8"))["comparisons"]
    )


def latest(settings: Settings, la: str, month: Month) -> dict[str, Computation]:
    """Return the last published computation of each snapshot up to and including ``month``."""
    return {
        one.snapshot_month: one
        for one in published(settings, la)
        if Month.parse(one.snapshot_month) <= month
    }


def next_number(settings: Settings, la: str) -> int:
    """Return the number of the coming publication."""
    return max((int(path.name[:4]) for path in _markers(settings, la)), default=0) + 1


def number_of_computation(
    settings: Settings, la: str, snapshot_month: str, fingerprint: str
) -> int:
    """Return the number that a computation gets within its snapshot.

    One that was computed before and never published keeps its number.
    """
    shown = [one.number for one in published(settings, la) if one.snapshot_month == snapshot_month]
    kept = [
        one for one in archive.computations(settings, la) if one.snapshot_month == snapshot_month
    ]
    waiting = [one.number for one in kept if one.number > max(shown, default=0)]
    same = [one.number for one in kept if one.fingerprint == fingerprint and one.number in waiting]
    return min(same, default=max((one.number for one in kept), default=0) + 1)


def confirm(settings: Settings, la: str, month: str, computations: Iterable[Computation]) -> None:
    """Mark a publication as completed: its computations are published from now on.

    A publication that computed nothing new needs no marker, nor one that has its marker.
    """
    listed = sorted(set(computations) - set(published(settings, la)))
    if not listed:
        return
    folder = _folder(settings, la)
    folder.mkdir(parents=True, exist_ok=True)
    new = {(one.snapshot_month, one.number) for one in listed}
    pairs = (
        astuple(pair)
        for pair in archive.comparisons(settings, la)
        if (pair.snapshot_month, pair.number) in new
    )
    content = {
        "la": la,
        "month": month,
        "computations": archive.describe(listed),
        "comparisons": sorted(pairs),
    }
    path = folder / f"{next_number(settings, la):04d}-{month}.json"
    write_whole(path, json.dumps(content, indent=1, sort_keys=True) + "\n")


def recover(settings: Settings, la: str, manifests: Mapping[str, list[dict[str, str]]]) -> None:
    """Put right what a run that was cut off has left undone.

    ``manifests`` gives the computations that the manifest of each published month names. Where one
    has no marker, only that was missing, and it is written.
    """
    lake.tidy(settings.lake)
    for month, entries in sorted(manifests.items()):
        named = {Computation.parse(one["snapshot_month"], one["file"]) for one in entries}
        confirm(settings, la, month, named & set(archive.computations(settings, la)))


def _markers(settings: Settings, la: str) -> list[Path]:
    return sorted(_folder(settings, la).glob("*.json"))


def _folder(settings: Settings, la: str) -> Path:
    return settings.lake / "publication" / f"la={la}"
