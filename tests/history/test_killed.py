"""A run that is killed between any two steps leaves what was published, and the next one ends it.

The process is really killed: nothing in it can tidy up.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import archive
from pipeline.settings import Settings

from .conftest import PUBLISHED, Published
from .killing import (
    Kept,
    copy,
    earlier_edition,
    first_and_last,
    killed_before,
    killed_in_the_build,
    publish_again,
    run_again,
    steps_of,
)
from .running import archive_of, bytes_of
from .wholeness import faults_of, published_in

pytestmark = pytest.mark.slow
BEFORE, LAST = PUBLISHED[-2:]


@pytest.fixture(scope="module")
def steps(month_by_month: Published, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    kept = month_by_month.before_the_last
    settings = kept.laid_out(tmp_path_factory.mktemp("undisturbed") / "out")
    found = steps_of(kept, settings)
    assert published_in(settings) == published_in(month_by_month.settings)
    return found


def test_the_steps_are_those_of_a_run(steps):
    """All are there, and each file of lake and archive is a step of its own."""
    assert steps[0] == "land_month"
    assert steps[-1] == "list_months"
    assert steps.count("land_month") == 4
    assert steps.count("write_rows") == 12
    assert steps.count("_write_file") == len(archive.TABLES) + 1
    assert steps.count("replace") == steps.count("_write_file") + 1
    assert len(set(steps)) == 18


def test_killed_between_any_two_steps_nothing_is_lost_and_the_next_run_ends_it(
    month_by_month, steps, tmp_path
):
    kept, expected = month_by_month.before_the_last, published_in(month_by_month.settings)
    wrong = [
        f"killed before step {number}, {steps[number]}: {fault}"
        for number in first_and_last(steps)
        for fault in faults_after(kept, number, tmp_path / "out", expected)
    ]
    assert wrong == []


def faults_after(kept: Kept, number: int, out: Path, expected: dict[str, str]) -> list[str]:
    settings = kept.laid_out(out)
    killed_before(kept, settings, number)
    faults = faults_of(out)
    before = bytes_of(kept.folder / str(BEFORE))
    if bytes_of(out / str(BEFORE)) != before:
        faults.append(f"{BEFORE} is another now")
    if (out / str(LAST)).exists() and bytes_of(out / str(LAST)) != month_in(expected):
        faults.append(f"{LAST} is published and is not the month")
    run_again(kept, settings)
    found = published_in(settings)
    faults += [name for name in {*found, *expected} if found.get(name) != expected.get(name)]
    return faults + faults_of(out)


def month_in(published: dict[str, str]) -> dict[str, str]:
    folder = f"{LAST}/"
    return {
        name.removeprefix(folder): digest
        for name, digest in published.items()
        if name.startswith(folder)
    }


def test_killed_while_a_published_month_is_put_in_the_place_of_itself(
    month_by_month, steps, tmp_path
):
    """Published again, the old folder and the new one change places in one step."""
    again = replace(month_by_month.before_the_last, folder=tmp_path / "kept")
    copy(month_by_month.settings.out, again.folder)
    expected = published_in(month_by_month.settings)
    steps = steps_of(again, again.laid_out(tmp_path / "out"))
    first = steps.index("exchange")
    for number, step in enumerate(steps[first:], start=first):
        settings = again.laid_out(tmp_path / "out")
        killed_before(again, settings, number)
        assert faults_of(settings.out) == [], step
        assert published_in(settings) == expected, step


def test_a_publication_that_was_cut_off_is_ended_by_its_step_alone(month_by_month, tmp_path):
    """Airflow begins the step again, and not the run: never with the folder that was replaced."""
    kept = month_by_month.before_the_last
    again = replace(kept, folder=tmp_path / "kept")
    earlier_edition(kept.folder, again.folder, BEFORE, LAST)
    expected = published_in(month_by_month.settings)
    steps = steps_of(again, again.laid_out(tmp_path / "out"))
    first = steps.index("publish_marts")
    assert steps[first:].count("exchange") == 1
    for number, step in enumerate(steps[first:], start=first):
        settings = again.laid_out(tmp_path / "out")
        killed_before(again, settings, number)
        publish_again(again, settings)
        assert published_in(settings) == expected, step
        assert faults_of(settings.out) == [], step


@pytest.mark.parametrize("size", [2_000_000, 30_000_000])
def test_killed_in_the_middle_of_the_build(month_by_month, tmp_path, size):
    kept = month_by_month.before_the_last
    settings = kept.laid_out(tmp_path / "out")
    killed_in_the_build(kept, settings, size)
    assert faults_of(settings.out) == []
    assert archive_of(settings) == archive_of(Settings(kept.inbox, kept.folder))
    run_again(kept, settings)
    assert published_in(settings) == published_in(month_by_month.settings)
