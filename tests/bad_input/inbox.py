"""A small inbox with nothing wrong in it, and ways to write its files again."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from pipeline.month import Month

MONTH = Month(2026, 10)
Row = list[str]

PLANS = "care_leavers/ext_pathway_plan.csv"
LEAVERS = "care_leavers/ssd_care_leavers.csv"
PEOPLE = "social_care/ssd_person.csv"
EPISODES = "social_care/ssd_cla_episodes.csv"
IDS = ["007", *(f"P{n:03}" for n in range(2, 14))]


def days(year: int) -> list[str]:
    return [f"{year}-{month:02}-17" for month in range(1, 13)] + [f"{year}-12-24"]


def _table(header: str, *columns: Sequence[str]) -> list[Row]:
    return [header.split(","), *(list(row) for row in zip(*columns, strict=True))]


def _same(value: str) -> list[str]:
    return [value] * len(IDS)


GOOD: dict[str, list[Row]] = {
    PLANS: _table("person_id,plan_date,plan_type", IDS, days(2025), _same("Review")),
    LEAVERS: _table(
        "clea_person_id,clea_care_leaver_eligibility,clea_care_leaver_in_touch,"
        "clea_care_leaver_latest_contact,clea_care_leaver_accommodation,"
        "clea_care_leaver_accom_suitable,clea_care_leaver_activity,"
        "clea_pathway_plan_review_date,clea_care_leaver_allocated_team",
        *(IDS, _same("Relevant child"), _same("YES"), days(2026), _same("B"), _same("1")),
        *(_same("F1"), days(2026), _same("Zoë’s team")),
    ),
    PEOPLE: _table(
        "pers_person_id,pers_sex,pers_ethnicity,pers_dob,pers_death_date",
        *(IDS, _same("F"), _same("WBRI"), days(2012), _same("")),
    ),
    EPISODES: _table(
        "clae_cla_episode_id,clae_person_id,clae_cla_placement_id,clae_cla_id,"
        "clae_cla_episode_start_date,clae_cla_episode_start_reason,clae_cla_primary_need_code,"
        "clae_cla_episode_ceased_date,clae_cla_episode_ceased_reason,clae_entered_care_date",
        *([f"E{one}" for one in IDS], IDS, [f"L{one}" for one in IDS], [f"C{one}" for one in IDS]),
        *(days(2024), _same("S"), _same("N1"), _same(""), _same(""), days(2024)),
    ),
}
REFERENCE = {"reference/ref_council.csv": "la,name,history_from\nE00,Borsetshire,2020-04-01\n"}


class Inbox:
    """One month of an inbox, to be broken; files go by their path in the month folder."""

    def __init__(self, root: Path) -> None:
        self.root, self.month = root, root / str(MONTH)
        for name in GOOD:
            self.write(name, GOOD[name])
        for name, text in REFERENCE.items():
            self.put(f"../{name}", text.encode())

    def path(self, name: str) -> Path:
        return self.month / name

    def put(self, name: str, content: bytes) -> None:
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def write(self, name: str, rows: Sequence[Row], separator: str = ",") -> None:
        self.put(name, as_csv(rows, separator).encode())

    def text(self, name: str) -> str:
        return self.path(name).read_text(encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Put other text in the place of what stands there once."""
        text = self.text(name)
        assert text.count(old) == 1, (name, old, text.count(old))
        self.put(name, text.replace(old, new).encode())

    def cell(self, name: str, row: int, column: str, value: str) -> None:
        """Write one cell; rows as a person counts them, the header is row 1."""
        rows = [list(one) for one in GOOD[name]]
        rows[row - 1][rows[0].index(column)] = value
        self.write(name, rows)

    def remove(self, name: str) -> None:
        self.path(name).unlink()


def as_csv(rows: Sequence[Row], separator: str = ",") -> str:
    lines = io.StringIO(newline="")
    csv.writer(lines, delimiter=separator, lineterminator="\n").writerows(rows)
    return lines.getvalue()
