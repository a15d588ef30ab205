"""A definition that changes: the past is computed again beside what was published, and says so.

A small council publishes its months under the project as it is. Then one rule changes in a copy of
the project, as CONTRIBUTING tells, and the last month is published again; the oldest extract is
gone by then, so that the months before it stay as they were.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline import archive, publications
from pipeline.dbt_build import DBT_PROJECT
from pipeline.month import Month
from pipeline.publishing import build_warehouse, pending_computations
from pipeline.run_plan import RunPlan
from pipeline.settings import Settings
from pipeline.snapshots import plan_run
from pipeline.warehouse import build_database
from tests.end_to_end.building import Build, land
from tests.end_to_end.inboxes import SMALL, invent

LA = "changing"
AUGUST, OCTOBER = Month.parse("2026-08"), Month.parse("2026-10")
# The oldest month that September's extract gives again.
FIRST_AGAIN = Month.parse("2026-07").last_day
CHANGED = "kinship_pct"
NOTE = "Children who live with strangers count instead of those with kin"
RULE = ("is_kinship as is_in_numerator", "not is_kinship as is_in_numerator")
VERSION = (
    "          version: 1\n",
    "          version: 2\n          changes:\n"
    f"            - {{version: 2, from_month: 2026-11, note: {NOTE}}}\n",
)
FIGURE = "indicator_id, period_end, basis, breakdown"
VALUES = f"{FIGURE}, value, numerator, denominator, status, note, first_published_value"


@dataclass(frozen=True)
class Change:
    """The last month before the change of the definition and after it, and the archive of both."""

    before: Build
    after: Build
    pending_at_once: list[str]
    plan: RunPlan
    files_before: dict[str, str]
    files_after: dict[str, str]


def change_definition(folder: Path) -> Path:
    """Copy the dbt project and change one rule in it, with its version and its note."""
    project = folder / "dbt_project"
    shutil.copytree(DBT_PROJECT, project, ignore=shutil.ignore_patterns("target", "*.duckdb"))
    [model] = project.rglob(f"ind_{CHANGED}.sql")
    for path, (old, new) in ((model, RULE), (model.with_suffix(".yml"), VERSION)):
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), "utf-8")
    return project


def publish(settings: Settings, project: Path, database: Path) -> tuple[RunPlan, Build]:
    """Build and enter October into the archive as a publication does, and keep its database."""
    plan = build_warehouse(settings, OCTOBER, project)
    archive.write(settings, plan, build_database(settings))
    publications.confirm(settings, plan.la, plan.month, pending_computations(plan))
    shutil.copy(build_database(settings), database)
    return plan, Build(database, settings)


def archived(settings: Settings) -> dict[str, str]:
    """The hash of each file of the archive, by its path."""
    return {
        str(path.relative_to(settings.lake)): sha256(path.read_bytes()).hexdigest()
        for path in settings.lake.glob("archive_*/*/*/*.parquet")
    }


@pytest.fixture(scope="module")
def change(tmp_path_factory: pytest.TempPathFactory, pack_environment: None) -> Iterator[Change]:
    folder = tmp_path_factory.mktemp("definition_change")
    council = invent(folder, replace(SMALL, la=LA, months=3))
    settings = Settings(inbox=council.inbox, out=folder / "out")
    land(settings, is_checked=False)
    _, before = publish(settings, DBT_PROJECT, folder / "before.duckdb")
    files_before = archived(settings)
    project = change_definition(folder)
    pending = [one.month for one in plan_run(settings, LA, OCTOBER, project).pending]
    shutil.rmtree(settings.lake / "ledger" / f"la={LA}" / f"snapshot_month={AUGUST}")
    plan, after = publish(settings, project, folder / "after.duckdb")
    yield Change(before, after, pending, plan, files_before, archived(settings))


def test_every_snapshot_that_is_still_there_is_computed_again(change: Change) -> None:
    assert change.pending_at_once == ["2026-08", "2026-09", "2026-10"]
    assert [one.month for one in change.plan.pending] == ["2026-09", "2026-10"]


def test_what_was_archived_stays_byte_for_byte(change: Change) -> None:
    assert change.files_before.items() <= change.files_after.items()
    new = change.files_after.keys() - change.files_before.keys()
    values = {Path(path).name[:4] for path in new if path.startswith("archive_value")}
    assert values == {"0002"}
    assert not any(f"/snapshot_month={AUGUST}/" in path for path in new)


def test_both_versions_stand_in_the_archive(change: Change) -> None:
    versions = (
        "select distinct snapshot_month, computation, definition_version from fct_snapshot_value"
        " where indicator_id = ? order by all"
    )
    first = [("2026-08", 1, 1), ("2026-09", 1, 1), ("2026-10", 1, 1)]
    assert change.before.rows(versions, CHANGED) == first
    again = [("2026-09", 2, 2), ("2026-10", 2, 2)]
    assert change.after.rows(versions, CHANGED) == sorted([*first, *again])


def test_the_old_figure_stands_beside_the_new_of_the_same_extract(change: Change) -> None:
    published = change.before.rows(
        "select period_end, value, numerator, denominator, snapshot_month from"
        " fct_indicator_value where indicator_id = ? and breakdown = '' order by period_end",
        CHANGED,
    )
    told = change.after.rows(
        "select period_end, old_numerator, old_denominator, old_snapshot_month, new_numerator,"
        " new_denominator, new_snapshot_month, has_new from fct_definition_change"
        " where indicator_id = ? order by period_end",
        CHANGED,
    )
    assert [row[0] for row in told] == [row[0] for row in published if row[3] is not None]
    by_month = {row[0]: row for row in published}
    for month, old, whole, old_from, new, new_whole, new_from, has_new in told:
        assert (old, whole, old_from) == by_month[month][2:]
        # Who lives with strangers is whoever does not live with kin.
        assert has_new == (month >= FIRST_AGAIN)
        if has_new:
            assert (new, new_whole, new_from) == (whole - old, whole, old_from)
    assert change.after.rows("select distinct indicator_id from fct_definition_change") == [
        (CHANGED,)
    ]


def test_only_the_changed_indicator_moves(change: Change) -> None:
    others = f"select {VALUES} from fct_indicator_value where indicator_id <> ? order by all"
    assert change.after.rows(others, CHANGED) == change.before.rows(others, CHANGED)
    moved = (
        "select count(*) from fct_restatement where indicator_id <> ? and"
        " (reason = 'definition' or computation > 1)"
    )
    assert change.after.rows(moved, CHANGED) == [(0,)]


def test_what_was_published_first_stays(change: Change) -> None:
    first = (
        f"select {FIGURE}, first_published_value, first_published_snapshot from"
        " fct_indicator_value where first_published_snapshot is not null order by all"
    )
    assert change.after.rows(first) == change.before.rows(first)


def test_the_move_is_a_restatement_by_the_definition(change: Change) -> None:
    restated = change.after.rows(
        "select period_end, snapshot_month, computation, previous_snapshot_month,"
        " previous_computation, previous_definition_version, definition_version"
        " from fct_restatement where reason = 'definition' and breakdown = '' order by all"
    )
    expected = change.after.rows(
        "select old.period_end, old.snapshot_month, new.computation, old.snapshot_month,"
        " old.computation, old.definition_version, new.definition_version"
        " from fct_snapshot_value as old inner join fct_snapshot_value as new"
        " using (indicator_id, period_end, basis, breakdown, snapshot_month)"
        " where indicator_id = ? and breakdown = '' and old.definition_version = 1"
        " and new.definition_version = 2 and old.numerator <> new.numerator order by all",
        CHANGED,
    )
    assert restated == expected and restated


def test_the_series_breaks_where_the_old_months_end(change: Change) -> None:
    sentence = f"Break in series from 2026-07: definition version 2: {NOTE}"
    breaks = "select indicator_id, note from dim_series_break where note is not null"
    assert change.before.rows(breaks) == []
    assert change.after.rows(breaks) == [(CHANGED, sentence)]
    starts = (
        "select period_end, month_of_segment from fct_signal_month"
        " where is_new_segment and indicator_id = ?"
    )
    assert change.before.rows(starts, CHANGED) == []
    assert change.after.rows(starts, CHANGED) == [(FIRST_AGAIN, 1)]


def test_the_pack_tells_old_beside_new_and_hides_what_few_would_tell(change: Change) -> None:
    columns = "period_end, version, from_month, note, old_value, new_value"
    [row] = change.after.rows(
        f"select {columns} from rpt_officers_definition_change where period_end = ?",
        OCTOBER.last_day,
    )
    assert row[1:4] == (2, "2026-11", NOTE) and None not in row[4:]
    [definition] = change.after.rows(
        "select definition_version, changes from rpt_public_definition where indicator_id = ?",
        CHANGED,
    )
    assert definition == (2, f"Version 2 from 2026-11: {NOTE}")
    few_and_shown = change.after.rows(
        "select period_end from rpt_public_definition_change as public"
        " inner join fct_definition_change as figures using (indicator_id, period_end, basis)"
        " where old_value_status <> 'suppressed' and (old_numerator between 1 and 5"
        " or new_numerator between 1 and 5 or abs(new_numerator - old_numerator) between 1 and 5)"
    )
    assert few_and_shown == []


def test_a_changed_definition_is_not_taken_for_late_recording(change: Change) -> None:
    causes = "select count(*) from rpt_officers_change_cause where indicator_id = ?"
    assert change.after.rows(causes, CHANGED) == change.before.rows(causes, CHANGED)
