"""A small council whose past is told otherwise nearly every month."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from zlib import crc32

from pipeline.month import Month
from synthetic.settings import CouncilSettings
from tests.end_to_end.building import Council
from tests.end_to_end.inboxes import invent
from tests.end_to_end.table_file import Cells, TableFile

FORTY = CouncilSettings(la="forty", children=40, months=15, years=3, seed=6)
# One row in so many is changed in each month: a few of every table that is touched.
ONE_IN = 70


def fifteen_months(folder: Path) -> Council:
    """Fifteen extracts of forty children, with late recording as in every invented council.

    Besides, month by month, some visits and some children's care are taken out of the records
    again, some placements are found to be of another kind, some reviews not to have been held.
    """
    return changing(invent(folder, FORTY))


def changing(council: Council) -> Council:
    for number, month in enumerate(council.months):
        _tell_otherwise(council.inbox / str(month) / "social_care", number)
    return council


def copied(council: Council, folder: Path, months: Iterable[Month]) -> Council:
    """The same council with these months alone in its inbox."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("reference", *map(str, months)):
        shutil.copytree(council.inbox / name, folder / name, dirs_exist_ok=True)
    return replace(council, inbox=folder)


def edit(inbox: Path, month: Month, table: str) -> TableFile:
    """A table of one extract, to be changed and written back."""
    [path] = (inbox / str(month)).glob(f"*/{table}.csv")
    return TableFile.read(path)


def take_away(inbox: Path, month: Month, family: str) -> None:
    """Let a family be missing from one extract."""
    shutil.rmtree(inbox / str(month) / family)


def _tell_otherwise(folder: Path, number: int) -> None:
    """Every change stays: a row that one extract tells otherwise, all later ones tell so too."""
    visits = TableFile.read(folder / "ssd_cla_visits.csv")
    visits.rows = [row for row in visits.rows if not _told(row, "clav_cla_visit_id", number)]
    episodes = TableFile.read(folder / "ssd_cla_episodes.csv")
    episodes.rows = [row for row in episodes.rows if not _told(row, "clae_person_id", number / 1.5)]
    placements = TableFile.read(folder / "ssd_cla_placement.csv")
    for row in _those_told(placements, "clap_cla_placement_id", number):
        row["clap_cla_placement_type"] = "K2" if row["clap_cla_placement_type"] != "K2" else "U6"
    reviews = TableFile.read(folder / "ssd_cla_reviews.csv")
    for row in _those_told(reviews, "clar_cla_review_id", number):
        row["clar_cla_review_date"] = ""
    for table in (visits, episodes, placements, reviews):
        table.write()


def _those_told(table: TableFile, key: str, number: int) -> list[Cells]:
    return [row for row in table.rows if _told(row, key, number)]


def _told(row: Cells, key: str, number: float) -> bool:
    """Whether the row is told otherwise in the extract of this number, or was before."""
    return crc32(row[key].encode()) % ONE_IN < number
