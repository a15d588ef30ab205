"""Invented councils for the tests: small or large, as made or with errors typed into them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from synthetic.records import make_council
from synthetic.reference import write_reference
from synthetic.settings import CouncilSettings
from synthetic.spelling import PLAIN
from synthetic.tables import columns_of
from synthetic.writers import write_table

from .building import Council
from .near_boundaries import add_facts
from .table_file import Cells, TableFile

__all__ = ["Cells", "TableFile", "copied", "invent", "random_councils"]

# The tables that the scorecard's figures are made of; the others only take time to land.
NEEDED = {
    "social_care": (
        "ssd_person ssd_cla_episodes ssd_cla_placement ssd_legal_status ssd_cla_reviews "
        "ssd_cla_visits ssd_cla_care_plan ssd_cla_health ssd_missing ssd_immigration_status "
        "ssd_involvements ssd_professionals ext_pep ext_yot ext_ehcp ext_workflow ext_staff"
    ),
    "fostering": "ext_foster_household ext_foster_placement ext_panel",
    "adoption": "ssd_permanence ext_adoption_tracker",
    "care_leavers": "ssd_care_leavers ext_pathway_plan",
}
USED_WHERE_GIVEN = (
    "ext_staff",
    "ext_pathway_plan",
    "ext_adoption_tracker",
    "ext_panel",
    "ext_foster_placement",
)
SMALL = CouncilSettings(children=40, months=1, years=3)
LAST_MONTH = SMALL.last_month
RANDOM = tuple(f"random{seed}" for seed in range(1, 51))
# SSDA903 files of a public project, where somebody has put them beside the repository.
REAL_903 = Path(__file__).resolve().parents[3] / "shared" / "data" / "ssda903"
REAL_903_MONTH = "2018-03"


def invent(folder: Path, settings: CouncilSettings) -> Council:
    """Write the inbox of an invented council: the tables that a figure needs, as plain CSV."""
    inbox = folder / settings.la
    made = make_council(settings)
    for month_end in settings.month_ends:
        for family, tables in NEEDED.items():
            path = inbox / f"{month_end:%Y-%m}" / family
            path.mkdir(parents=True)
            for table in tables.split():
                rows = made.system.as_known(table, month_end)
                write_table(path / f"{table}.csv", columns_of(family, table), rows, PLAIN)
    write_reference(settings, inbox / "reference")
    return Council(settings.la, inbox)


def random_councils(folder: Path) -> list[Council]:
    """Fifty very small councils with facts near every boundary.

    Every fifth has two extracts; those of every other one have errors typed into them as well,
    those of every seventh lack what a definition uses only where it is there.
    """
    councils = []
    for seed, la in enumerate(RANDOM, start=1):
        size = 12 + seed % 9
        settings = replace(SMALL, la=la, seed=seed, children=size, months=1 + (seed % 5 == 0))
        council = replace(invent(folder, settings), is_checked=False, is_repaired=False)
        for month in council.months:
            extract = council.inbox / str(month)
            add_facts(extract, month, random.Random(f"{seed} {month} facts"))
            if seed % 2 == 0:
                type_errors_into(extract, random.Random(f"{seed} {month}"))
            if seed % 7 == 0:
                for table in USED_WHERE_GIVEN:
                    next(extract.glob(f"*/{table}.csv")).unlink()
        councils.append(council)
    return councils


def copied(council: Council, la: str) -> Council:
    """The same council under another code: the same facts in an inbox of its own."""
    inbox = council.inbox.with_name(la)
    shutil.copytree(council.inbox, inbox)
    for path in (inbox / "reference").glob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8").replace(council.la, la), encoding="utf-8")
    return Council(la, inbox)


def type_errors_into(folder: Path, rng: random.Random) -> None:
    """Spoil a part of the episodes, placements and birth dates as hurried typing does.

    Starts and legal statuses stay as they are: more than one open episode in a hundred without a
    legal status would stop the publication, as it should (ruling A5).
    """
    social_care = folder / "social_care"
    episodes = TableFile.read(social_care / "ssd_cla_episodes.csv")
    placements = TableFile.read(social_care / "ssd_cla_placement.csv")
    people = TableFile.read(social_care / "ssd_person.csv")
    reviews = TableFile.read(social_care / "ssd_cla_reviews.csv")
    for file, slips, share in (
        (episodes, EPISODE_SLIPS, 0.15),
        (placements, PLACEMENT_SLIPS, 0.15),
        (people, PERSON_SLIPS, 0.10),
        (reviews, REVIEW_SLIPS, 0.10),
    ):
        for row in file.rows:
            if rng.random() < share:
                rng.choice(slips)(row, rng)
    again = [row for row in episodes.rows if rng.random() < 0.05]
    episodes.rows += [{**row, "clae_cla_episode_id": f"{n}x"} for n, row in enumerate(again)]
    for file in (episodes, placements, people, reviews):
        file.write()


def _another_reason(row: Cells, rng: random.Random) -> None:
    row["clae_cla_episode_start_reason"] = rng.choice(["S", "L", "P", "T", "U", "B", ""])


def _another_end(row: Cells, rng: random.Random) -> None:
    if row["clae_cla_episode_ceased_date"]:
        end = date.fromisoformat(row["clae_cla_episode_ceased_date"])
        moved = end + timedelta(days=rng.choice([-40, -5, -1, 1, 2, 30]))
        row["clae_cla_episode_ceased_date"] = moved.isoformat()


def _end_forgotten(row: Cells, rng: random.Random) -> None:
    row["clae_cla_episode_ceased_date"] = ""


def _another_end_reason(row: Cells, rng: random.Random) -> None:
    row["clae_cla_episode_ceased_reason"] = rng.choice(["X1", "E8", "E11", "E45", "E4A", "", "?"])


def _no_night(row: Cells, rng: random.Random) -> None:
    if row["clae_cla_episode_ceased_date"]:
        row["clae_cla_episode_ceased_date"] = row["clae_cla_episode_start_date"]


def _another_type(row: Cells, rng: random.Random) -> None:
    row["clap_cla_placement_type"] = rng.choice(
        ["T0", "T1", "T3", "T4", "K2", "A5", "P1", "Z1", "Caravan", "R38(6)", ""]
    )


def _urn_forgotten(row: Cells, rng: random.Random) -> None:
    row["clap_cla_placement_urn"] = ""


def _another_postcode(row: Cells, rng: random.Random) -> None:
    row["clap_cla_placement_postcode"] = rng.choice(["ZZ1 1AA", "ZZ1 2AA", "nowhere", ""])


def _older(row: Cells, rng: random.Random) -> None:
    """Let the 18th birthday fall into the last years, on 29 February now and then."""
    month_of_birth = date(2008, 2, 29) if rng.random() < 0.3 else date(2007, 12, 1)
    row["pers_dob"] = (month_of_birth + timedelta(days=rng.choice([0, 30, 90, 200]))).isoformat()


def _birth_forgotten(row: Cells, rng: random.Random) -> None:
    row["pers_dob"] = ""


def _cancelled(row: Cells, rng: random.Random) -> None:
    row["clar_cla_review_cancelled"] = rng.choice(["Y", "yes", "N", "?"])


def _later(row: Cells, rng: random.Random) -> None:
    if row["clar_cla_review_date"]:
        held = date.fromisoformat(row["clar_cla_review_date"])
        row["clar_cla_review_date"] = (held + timedelta(days=rng.choice([1, 7, 60]))).isoformat()


Slip = Callable[[Cells, random.Random], None]
EPISODE_SLIPS: list[Slip] = [
    _another_reason,
    _another_end,
    _end_forgotten,
    _another_end_reason,
    _no_night,
]
PLACEMENT_SLIPS: list[Slip] = [_another_type, _urn_forgotten, _another_postcode]
PERSON_SLIPS: list[Slip] = [_older, _older, _birth_forgotten]
REVIEW_SLIPS: list[Slip] = [_cancelled, _later]
