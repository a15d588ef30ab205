"""The same council with something missing from its extract."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.recount.catalogue import MEASURES

from .building import Council
from .inboxes import TableFile, copied


def _needing(*facts: str) -> set[str]:
    """The indicators that the recount cannot count without one of these facts."""
    return {one.indicator_id for one in MEASURES if set(one.needs) & set(facts)}


@dataclass(frozen=True)
class Gap:
    """What is taken away, which figures have no value for it, and what their note must say."""

    remove: Callable[[Path], None]
    without: set[str]
    says: str
    # Figures that use what is gone where it is there, and are given without it too.
    may_move: frozenset[str] = frozenset()

    def council(self, whole: Council, name: str) -> Council:
        made = copied(whole, f"gap-{name}")
        self.remove(made.inbox)
        return made


def _folder(family: str) -> Callable[[Path], None]:
    def remove(inbox: Path) -> None:
        for folder in inbox.glob(f"????-??/{family}"):
            shutil.rmtree(folder)

    return remove


def _file(table: str) -> Callable[[Path], None]:
    def remove(inbox: Path) -> None:
        for path in inbox.glob(f"????-??/*/{table}.csv"):
            path.unlink()

    return remove


def _column(table: str, column: str) -> Callable[[Path], None]:
    def remove(inbox: Path) -> None:
        for path in inbox.glob(f"????-??/*/{table}.csv"):
            file = TableFile.read(path)
            file.columns.remove(column)
            for row in file.rows:
                del row[column]
            file.write()

    return remove


def _rows(table: str) -> Callable[[Path], None]:
    """Leave the header alone: a required table without a row is refused."""

    def remove(inbox: Path) -> None:
        for path in inbox.glob(f"????-??/*/{table}.csv"):
            file = TableFile.read(path)
            file.rows.clear()
            file.write()

    return remove


def _readable_dates(table: str, column: str) -> Callable[[Path], None]:
    """Make every fourth row unreadable: more than a fifth refuses the table."""

    def remove(inbox: Path) -> None:
        for path in inbox.glob(f"????-??/*/{table}.csv"):
            file = TableFile.read(path)
            for row in file.rows[::4]:
                row[column] = "31 February"
            file.write()

    return remove


def _two_that_differ(table: str) -> Callable[[Path], None]:
    def remove(inbox: Path) -> None:
        for path in inbox.glob(f"????-??/*/{table}.csv"):
            file = TableFile.read(path)
            file.path = path.with_name(f"{table}_v2.csv")
            file.rows.pop()
            file.write()

    return remove


def _population(inbox: Path) -> None:
    (inbox / "reference" / "ref_population.csv").unlink()


VISITS, CARE = _needing("visits"), _needing("episode_rows")
KNOWN_BY_HOUSEHOLD = frozenset(
    {"long_term_stability_pct", "three_plus_placements_pct", *_needing("visits")}
)

GAPS = {
    "no_fostering": Gap(
        _folder("fostering"),
        _needing("foster"),
        "no files in 2026-10/fostering/",
        may_move=KNOWN_BY_HOUSEHOLD,
    ),
    "no_care_leavers": Gap(
        _folder("care_leavers"), _needing("leavers"), "no files in 2026-10/care_leavers/"
    ),
    "no_adoption": Gap(_folder("adoption"), _needing("decisions"), "no files in 2026-10/adoption/"),
    "no_visits": Gap(
        _file("ssd_cla_visits"), VISITS, "no file ssd_cla_visits in 2026-10/social_care/"
    ),
    "no_plans": Gap(_file("ext_pep"), _needing("peps"), "no file ext_pep in 2026-10/social_care/"),
    "no_staff_list": Gap(
        _file("ext_staff"), _needing("posts"), "no file ext_staff in 2026-10/social_care/"
    ),
    "no_legal_statuses": Gap(
        _file("ssd_legal_status"), CARE, "no file ssd_legal_status in 2026-10/social_care/"
    ),
    "no_placements": Gap(
        _file("ssd_cla_placement"), CARE, "no file ssd_cla_placement in 2026-10/social_care/"
    ),
    "no_population": Gap(
        _population, {"lac_rate_10k", "lac_rate_10k_dfe"}, "no population estimate"
    ),
    "a_column_missing": Gap(
        _column("ssd_cla_health", "clah_health_check_status"),
        _needing("health", "dental"),
        "ssd_cla_health.csv lacks the required columns clah_health_check_status",
    ),
    "no_rows": Gap(_rows("ssd_cla_visits"), VISITS, "ssd_cla_visits.csv has no row"),
    "unreadable": Gap(
        _readable_dates("ssd_cla_reviews", "clar_cla_review_date"),
        _needing("reviews"),
        "ssd_cla_reviews.csv has more than 20% of rows that cannot be read",
    ),
    "two_files": Gap(
        _two_that_differ("ssd_cla_visits"),
        VISITS,
        "ssd_cla_visits.csv and ssd_cla_visits_v2.csv are both ssd_cla_visits and differ",
    ),
}
