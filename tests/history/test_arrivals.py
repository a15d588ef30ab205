"""Extracts that come late, early, twice, out of order or never: each has a defined outcome.

One council, published as things happen to arrive. The rules are those of the table in
`docs/decisions/0009-history.md`; each test says its own in a sentence.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline import landing_step
from pipeline.contract import EXTRACT_FAMILIES
from pipeline.dbt_build import DBT_PROJECT
from pipeline.month import Month
from pipeline.settings import Settings
from pipeline.snapshots import plan_run
from tests.end_to_end.building import Council, Key
from tests.end_to_end.comparing import answered, recounted
from tests.recount.values import Figure

from .brute_force import changes, rounded
from .councils import copied, edit
from .running import archive_of, land, rows, run, without_pages

pytestmark = pytest.mark.slow

JUNE, JULY, AUGUST, OCTOBER = (Month.parse(f"2026-{number:02d}") for number in (6, 7, 8, 10))
HOMES = "foster_households"
FIGURE = "indicator_id, period_end, basis, breakdown"


@dataclass(frozen=True)
class Seen:
    """What was known after one publication, and the inbox it was made from."""

    database: Path
    inbox: Path
    archive: dict[str, str]

    def rows(self, sql: str, *parameters: object) -> list[tuple]:
        return rows(self.database, sql, *parameters)

    def status(self, indicator_id: str, month: Month) -> list[tuple]:
        return self.rows(
            "select status, snapshot_month, first_published_snapshot from fct_indicator_value "
            "where indicator_id = ? and period_end = ? and breakdown = ''",
            *(indicator_id, month.last_day),
        )

    def numbers(self, month: Month) -> set[int]:
        """The numbers of the computations of a snapshot."""
        folder = f"archive_value/la=forty/snapshot_month={month}/"
        return {int(name.removeprefix(folder)[:4]) for name in self.archive if folder in name}

    def restated(self, month: Month) -> dict[tuple, tuple]:
        """What a snapshot told otherwise: was and is, with the snapshot before and the reason."""
        found = self.rows(
            f"select {FIGURE}, previous_value, current_value, previous_snapshot_month, reason, "
            "computation from fct_restatement where snapshot_month = ?",
            str(month),
        )
        return {(*row[:4], row[8]): (rounded(row[4]), rounded(row[5]), *row[6:8]) for row in found}


@dataclass(frozen=True)
class Arrivals:
    """What was known after each publication, in the order they were made."""

    settings: Settings
    without_fostering: Seen
    fostering_came_late_and_july_never: Seen
    july_came_after_august: Seen
    august_came_twice: Seen

    @property
    def in_order(self) -> tuple[Seen, ...]:
        return (
            *(self.without_fostering, self.fostering_came_late_and_july_never),
            *(self.july_came_after_august, self.august_came_twice),
        )


@pytest.fixture(scope="module")
def arrivals(
    council: Council, tmp_path_factory: pytest.TempPathFactory, pack_environment: None
) -> Arrivals:
    base = tmp_path_factory.mktemp("arrivals")
    settings = Settings(base / "inbox", base / "out")
    copied(council, settings.inbox, [JUNE, OCTOBER])
    fostering = settings.inbox / str(JUNE) / "fostering"
    shutil.move(fostering, base / "late")
    with without_pages():
        land(settings, OCTOBER)
    without_fostering = seen(settings, JUNE)
    shutil.move(base / "late", fostering)
    copied(council, settings.inbox, [AUGUST])
    shutil.rmtree(settings.inbox / str(AUGUST) / "fostering")
    late_and_never = seen(settings, AUGUST)
    copied(council, settings.inbox, [JULY])
    after_august = seen(settings, AUGUST)
    visit_everybody(settings.inbox, AUGUST)
    return Arrivals(
        settings, without_fostering, late_and_never, after_august, seen(settings, AUGUST)
    )


def visit_everybody(inbox: Path, month: Month) -> None:
    """Deliver a month again, in which everybody has been visited on its last day."""
    visits = edit(inbox, month, "ssd_cla_visits")
    people = edit(inbox, month, "ssd_person").rows
    visits.rows += [
        dict.fromkeys(visits.columns, "")
        | {
            "clav_cla_visit_id": f"late-{number}",
            "clav_person_id": person["pers_person_id"],
            "clav_cla_visit_date": str(month.last_day),
            "clav_cla_visit_seen": "Y",
        }
        for number, person in enumerate(people)
    ]
    visits.write()


def seen(settings: Settings, month: Month) -> Seen:
    """Publish a month, and keep what came of it."""
    run(settings, month)
    number = len(list(settings.out.parent.glob("seen-*")))
    folder = settings.out.with_name(f"seen-{number}")
    shutil.copytree(settings.inbox, folder / "inbox")
    database = Path(shutil.copy(settings.warehouse, folder / "warehouse.duckdb"))
    return Seen(database, folder / "inbox", archive_of(settings))


def figures(one: Seen, month: Month) -> dict[Key, Figure]:
    """What an extract gives, counted again in plain Python."""
    return recounted(one.inbox, str(month), answered(one.inbox, str(month), 2))


def told(found: dict[Key, tuple], previous: Month, reason: str, number: int) -> dict:
    return {(*key, number): (*change, str(previous), reason) for key, change in found.items()}


def test_a_family_that_is_not_there_leaves_its_indicators_not_available(arrivals):
    """Never: its indicators are not available, with the reason; that is no nought."""
    one = arrivals.without_fostering
    assert one.status(HOMES, JUNE) == [("not_available", str(JUNE), None)]
    [(note,)] = one.rows(
        "select note from fct_indicator_value where indicator_id = ? and period_end = ?",
        *(HOMES, JUNE.last_day),
    )
    assert note == "ext_foster_household: no files in 2026-06/fostering/"


def test_a_family_that_comes_late_has_its_month_computed_again(arrivals):
    """Late: what was not available is published for the first time, what differs is restated."""
    before, after = arrivals.without_fostering, arrivals.fostering_came_late_and_july_never
    assert after.status(HOMES, JUNE) == [("ok", str(JUNE), str(JUNE))]
    found = changes(figures(before, JUNE), figures(after, JUNE))
    assert after.restated(JUNE) == told(found, JUNE, "delivered again", 2)
    assert after.numbers(JUNE) == {1, 2}


def test_a_computation_once_in_the_archive_never_changes(arrivals):
    """Every later run leaves each file of the archive as it is, and only adds to it."""
    for earlier, later in pairwise(arrivals.in_order):
        assert earlier.archive.items() < later.archive.items()


def test_a_family_that_never_comes_takes_nothing_back(arrivals):
    """Never: earlier months keep the figures that their own extracts gave."""
    one = arrivals.fostering_came_late_and_july_never
    assert one.status(HOMES, AUGUST) == [("not_available", str(AUGUST), None)]
    assert one.status(HOMES, JUNE) == [("ok", str(JUNE), str(JUNE))]


def test_an_extract_that_came_early_is_not_looked_at(arrivals):
    """Early: a pack knows its own extract and earlier ones alone, whatever is landed besides."""
    for one in arrivals.in_order:
        assert one.rows("select max(snapshot_month) from fct_snapshot_value") < [(str(OCTOBER),)]
        assert not [name for name in one.archive if str(OCTOBER) in name]
    assert (arrivals.settings.lake / "ledger" / "la=forty" / f"snapshot_month={OCTOBER}").is_dir()


def test_a_month_that_was_skipped_is_passed_over_in_comparisons(arrivals):
    """Missing: August is compared with June, the last extract before it; July is August's alone."""
    one = arrivals.fostering_came_late_and_july_never
    found = changes(figures(one, JUNE), figures(one, AUGUST))
    assert one.restated(AUGUST) == told(found, JUNE, "later extract", 1)
    assert {key[1] for key in found} == {JUNE.last_day}
    assert one.status("lac_count", JULY) == [("ok", str(AUGUST), str(AUGUST))]


def test_what_was_recorded_late_spans_the_month_that_was_skipped(arrivals):
    """Missing: new records are those that June's extract had not, so of two months."""
    one = arrivals.fostering_came_late_and_july_never
    before, now = (
        {row["clav_cla_visit_id"] for row in edit(one.inbox, month, "ssd_cla_visits").rows}
        for month in (JUNE, AUGUST)
    )
    [(records,)] = one.rows(
        "select records from fct_lateness where table_name = 'ssd_cla_visits' and team = '' "
        "and snapshot_month = ?",
        str(AUGUST),
    )
    assert records == len(now - before)


def test_stock_and_flow_of_a_month_after_a_skipped_one_have_no_closing_before(arrivals):
    """Missing: no extract closed July, so August's opening is held against nothing."""
    stock_flow = "select snapshot_month, closing_before is null from fct_stock_flow order by 1"
    skipped = arrivals.fostering_came_late_and_july_never
    assert skipped.rows(stock_flow) == [(str(JUNE), True), (str(AUGUST), True)]
    assert arrivals.july_came_after_august.rows(stock_flow) == [
        *((str(JUNE), True), (str(JULY), False)),
        (str(AUGUST), False),
    ]


def test_an_extract_older_than_the_newest_is_compared_and_the_newest_with_itself(arrivals):
    """Out of order: July is compared with June; August rests on it and is computed again.

    What August was published to have changed since June stays told.
    """
    before, one = arrivals.fostering_came_late_and_july_never, arrivals.july_came_after_august
    found = changes(figures(one, JUNE), figures(one, JULY))
    assert one.restated(JULY) == told(found, JUNE, "later extract", 1)
    again = one.restated(AUGUST)
    assert {key: change for key, change in again.items() if key[4] == 1} == before.restated(AUGUST)
    assert one.numbers(AUGUST) == {1, 2}
    found = changes(figures(before, AUGUST), figures(one, AUGUST))
    second = {key: change for key, change in again.items() if key[4] == 2}
    assert second == told(found, AUGUST, "delivered again", 2)


def test_a_figure_was_first_published_by_the_earliest_extract_that_gives_it(arrivals):
    """Out of order: July's own extract gives July's first value, whenever it came (ruling A2)."""
    after = arrivals.july_came_after_august
    assert after.status("lac_count", JULY) == [("ok", str(AUGUST), str(JULY))]
    own = figures(after, JULY)["lac_count", JULY.last_day, "month_end", ""]
    [(first,)] = after.rows(
        "select first_published_value from fct_indicator_value "
        "where indicator_id = 'lac_count' and period_end = ? and breakdown = ''",
        JULY.last_day,
    )
    assert first == own.numerator


def test_a_month_delivered_again_is_computed_again(arrivals):
    """Twice, with differences: under the next number, and restated with that as the reason."""
    before, after = arrivals.july_came_after_august, arrivals.august_came_twice
    found = changes(figures(before, AUGUST), figures(after, AUGUST))
    latest = max(after.numbers(AUGUST))
    assert latest == max(before.numbers(AUGUST)) + 1
    restated = after.restated(AUGUST)
    listed = {key: change for key, change in restated.items() if key[4] == latest}
    assert listed == told(found, AUGUST, "delivered again", latest)
    visits = ("visits_up_to_date_nms_pct", AUGUST.last_day, "month_end", "", latest)
    assert listed[visits][1] > listed[visits][0]


def test_a_month_delivered_again_keeps_what_was_published_first(arrivals):
    """Twice, with differences: what was published first stays."""
    first = (
        f"select {FIGURE}, first_published_value, first_published_snapshot "
        "from fct_indicator_value where first_published_snapshot is not null order by all"
    )
    before, after = (
        arrivals.july_came_after_august.rows(first),
        arrivals.august_came_twice.rows(first),
    )
    assert set(before) <= set(after)
    assert len(before) > 150


def test_the_same_files_again_are_nothing_to_do(arrivals):
    """Twice: no family has anything new, and no snapshot waits to be computed."""
    settings = arrivals.settings
    for month in (JUNE, JULY, AUGUST):
        assert all(landing_step.has_nothing_new(settings, month, one) for one in EXTRACT_FAMILIES)
    assert plan_run(settings, "forty", AUGUST, DBT_PROJECT).pending == ()
