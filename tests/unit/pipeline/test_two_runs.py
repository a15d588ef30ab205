"""The steps of two runs on one output folder, in every order in which they can come.

A scheduler runs one pack at a time, but `make pack` may come between its steps, and so may a step
of an old run that somebody has cleared. There is one build at a time, so a step either goes on with
the build of its own month, as far as that has come, or is refused and says what lies there.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline import archive, publications, publishing, rebuild, run_log
from pipeline.lake import partition
from pipeline.month import Month
from pipeline.publication_lock import holder
from pipeline.refusal import PublicationRefused
from pipeline.rendering import Rendered
from pipeline.run_plan import RunPlan
from pipeline.settings import Settings
from pipeline.warehouse import build_database, plan_file
from tests.unit.pipeline.small_lake import LA, OCTOBER, SEPTEMBER, definitions, land

STEPS = ("build", "render", "check", "publish")
DONE = {"build": "made", "render": "rendered", "check": "checked", "publish": "published"}
FIRST, SECOND = 1, 2
# Every order of the four steps of two runs: which four of the eight places are the first run's.
ORDERS = [
    tuple(FIRST if place in places else SECOND for place in range(8))
    for places in combinations(range(8), 4)
]
Step = tuple[Month, str]


@pytest.fixture
def project(tmp_path):
    return definitions(tmp_path)


@pytest.fixture
def kept(tmp_path):
    """An inbox, and an output where two months are landed."""
    settings = Settings(tmp_path / "inbox", tmp_path / "kept")
    council = settings.inbox / "reference" / "ref_council.csv"
    council.parent.mkdir(parents=True)
    council.write_text(f"la,name\n{LA},Exampleton\n")
    for month in (SEPTEMBER, OCTOBER):
        land(settings, month)
    return settings


@pytest.fixture(autouse=True)
def stand_ins(monkeypatch):
    """A build and a pack that take no time and say whose they are; nothing else is left out."""
    monkeypatch.setitem(
        sys.modules, "reporting.page.html", SimpleNamespace(render_officers_page=no)
    )
    for name, instead in {
        "pipeline.publishing.prepare_warehouse": prepare_warehouse,
        "pipeline.publishing.build_models": build_models,
        "pipeline.publishing.write_results": write_results,
        "pipeline.publishing.render_packs": lambda *_: Rendered("Exampleton"),
        "pipeline.publishing.publish_marts": publish_marts,
        "pipeline.archive.write": write_archive,
    }.items():
        monkeypatch.setattr(name, instead)
    for name in ("check_folder", "of_month", "list_months", "question"):
        monkeypatch.setattr(publishing, name, no)
    monkeypatch.setattr("pipeline.worklists.write_worklists", no)


def no(*_: object) -> None:
    """Stand in for what is not looked at here."""


def prepare_warehouse(settings: Settings, plan: RunPlan) -> Path:
    shutil.rmtree(settings.build, ignore_errors=True)
    settings.build.mkdir(parents=True)
    plan.save(plan_file(settings))
    return build_database(settings)


def build_models(settings: Settings, database: Path, project: Path) -> None:
    database.write_text(json.loads(plan_file(settings).read_text())["month"])


def write_results(database: Path, la: str, folder: Path) -> None:
    (folder / "restricted").mkdir()
    (folder / "indicators.csv").write_text(f"The figures of {database.read_text()}")


def publish_marts(settings: Settings, database: Path, *_: object) -> None:
    (settings.out / "restricted").mkdir(exist_ok=True)
    (settings.out / "restricted" / "marts.duckdb").write_text(database.read_text())


def write_archive(settings: Settings, plan: RunPlan, database: Path) -> None:
    assert database.read_text() == plan.month
    for one in publishing.pending_computations(plan):
        month = Month.parse(one.snapshot_month)
        file = partition(settings.lake, "archive_value", LA, month, one.file_name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def do(settings: Settings, project: Path, month: Month, step: str) -> str:
    """Do one step of a month's run; return why it was refused, or nothing."""
    steps = {
        "build": lambda: publishing.build_warehouse(settings, month, project),
        "render": lambda: publishing.render_month(settings, month),
        "check": lambda: publishing.check_month(settings, month),
        "publish": lambda: publishing.publish_month(settings, month),
    }
    try:
        steps[step]()
    except PublicationRefused as refusal:
        return str(refusal)
    return ""


def run(settings: Settings, project: Path, month: Month) -> None:
    assert [do(settings, project, month, step) for step in STEPS] == [""] * 4


def laid_out(kept: Settings, name: str) -> Settings:
    settings = replace(kept, out=kept.out.with_name(name))
    shutil.rmtree(settings.out, ignore_errors=True)
    shutil.copytree(kept.out, settings.out)
    return settings


def published(settings: Settings) -> dict[str, bytes]:
    """The bytes of the month folders, and of the warehouse and the marts."""
    files = [*settings.out.glob("????-??/**/*"), settings.warehouse]
    files.append(settings.out / "restricted" / "marts.duckdb")
    return {str(one.relative_to(settings.out)): one.read_bytes() for one in files if one.is_file()}


def of_month(found: dict[str, bytes], month: Month) -> dict[str, bytes]:
    return {name: content for name, content in found.items() if name.startswith(f"{month}/")}


def expected(order: list[Step]) -> Iterator[str]:
    """What becomes of each step: done, or refused because of what lies there.

    A step goes on with its own month's build once the step before it has ended. What came after
    it counts no more. What is published cannot be rendered or checked again, and publishing it
    again changes nothing.
    """
    lies: tuple[Month | None, str] = (None, "")
    for month, step in order:
        built, last = lies
        before = STEPS[STEPS.index(step) - 1]
        if step == "build":
            lies = month, "build"
            yield ""
        elif month != built:
            yield f"is that of {built} ({DONE[last]} 20" if built else "no finished"
        elif last == "publish":
            yield "" if step == "publish" else "this build was published 20"
        elif STEPS.index(last) < STEPS.index(before):
            yield f" and not {DONE[before]} since: another run has begun it anew"
        else:
            lies = month, step
            yield ""


def follow(settings: Settings, project: Path, order: list[Step], serial: dict[str, bytes]) -> str:
    """Do the steps in this order; return how it was left. Nobody's bytes are another's, ever."""
    for (month, step), why in zip(order, expected(order), strict=True):
        before = published(settings)
        refused = do(settings, project, month, step)
        assert why in refused and bool(why) == bool(refused), (order, month, step, refused)
        assert not refused or refused.startswith(f"{month}: ")
        after = published(settings)
        changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
        assert not changed or (step == "publish" and not refused), (order, month, step)
        if month != OCTOBER:
            assert of_month(after, OCTOBER) == of_month(before, OCTOBER)
        if month != OCTOBER and of_month(before, OCTOBER):
            assert changed == set() or all(name.startswith(str(month)) for name in changed)
        for one in (SEPTEMBER, OCTOBER):
            assert of_month(after, one) in ({}, of_month(serial, one)), (order, month, step)
    return json.dumps([sorted(published(settings)), archive_of(settings)])


def archive_of(settings: Settings) -> list[str]:
    shown = publications.published(settings, LA)
    assert set(shown) <= set(archive.computations(settings, LA))
    return [f"{one.snapshot_month} {one.number}" for one in shown]


@pytest.fixture
def serial(kept, project):
    """What the two months are where nothing else runs."""
    settings = laid_out(kept, "serial")
    run(settings, project, SEPTEMBER)
    run(settings, project, OCTOBER)
    return published(settings)


def test_the_steps_of_two_months_in_every_order(kept, project, serial):
    left: dict[str, list[Step]] = {}
    for chosen in ORDERS:
        order = steps_in(chosen, {FIRST: SEPTEMBER, SECOND: OCTOBER})
        settings = laid_out(kept, "out")
        how = follow(settings, project, order, serial)
        if how not in left:
            left[how] = order
            for month in (SEPTEMBER, OCTOBER):
                run(settings, project, month)
            found = published(settings)
            for month in (SEPTEMBER, OCTOBER):
                assert of_month(found, month) == of_month(serial, month), order
            assert archive_of(settings) == ["2026-09 1", "2026-10 1"]
    assert len(ORDERS) == 70
    assert len(left) == 3  # the one month is out, the other, or both


def steps_in(chosen: tuple[int, ...], months: dict[int, Month]) -> list[Step]:
    steps = {run: iter(STEPS) for run in months}
    return [(months[one], next(steps[one])) for one in chosen]


def test_the_steps_of_one_month_twice_in_every_order(kept, project, serial):
    """Cleared, or asked for by hand as well: which run a step is of makes no difference."""
    run(kept, project, SEPTEMBER)
    orders = {tuple(steps_in(one, {FIRST: OCTOBER, SECOND: OCTOBER})) for one in ORDERS}
    for order in sorted(orders, key=str):
        settings = laid_out(kept, "out")
        follow(settings, project, list(order), serial)
        run(settings, project, OCTOBER)
        assert of_month(published(settings), OCTOBER) == of_month(serial, OCTOBER), order
    assert len(orders) == 14


def test_a_month_as_a_later_extract_knows_it_takes_the_build_of_nobody_else(kept, project):
    asking = replace(kept, as_of=str(OCTOBER))
    assert do(asking, project, SEPTEMBER, "build") == ""
    refused = do(kept, project, SEPTEMBER, "render")
    assert "the build that lies in" in refused
    assert "is that of 2026-09 as 2026-10 knows it" in refused


def test_a_build_that_failed_or_was_cut_off_is_nobodys_build(kept, project, monkeypatch):
    """Not even of the run that had built the month before."""
    assert do(kept, project, OCTOBER, "build") == ""

    def fail(settings: Settings, database: Path, project: Path) -> None:
        build_models(settings, database, project)
        raise KeyboardInterrupt

    monkeypatch.setattr(publishing, "build_models", fail)
    with pytest.raises(KeyboardInterrupt):
        do(kept, project, OCTOBER, "build")
    refused = do(kept, project, OCTOBER, "render")
    assert refused.startswith(f"2026-10: no finished build waits in {kept.build}.")


def test_a_build_that_is_refused_before_it_begins_leaves_the_one_that_waits(kept, project):
    for step in STEPS[:3]:
        assert do(kept, project, OCTOBER, step) == ""
    assert "nothing has been landed for this month" in do(kept, project, OCTOBER.plus(1), "build")
    assert do(kept, project, OCTOBER, "publish") == ""


def test_a_pack_that_was_rendered_again_and_not_checked_is_not_published(
    kept, project, monkeypatch
):
    for step in STEPS[:3]:
        assert do(kept, project, OCTOBER, step) == ""
    monkeypatch.setattr(publishing, "write_results", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        do(kept, project, OCTOBER, "render")
    assert ", and not checked since" in do(kept, project, OCTOBER, "publish")


def test_after_a_rebuild_the_build_that_waited_is_gone_and_its_steps_say_so(
    kept, project, monkeypatch
):
    run(kept, project, OCTOBER)
    for step in STEPS[:3]:
        assert do(kept, project, OCTOBER, step) == ""
    monkeypatch.setattr(rebuild, "prepare_warehouse", prepare_warehouse)
    monkeypatch.setattr(rebuild, "build_models", build_models)
    rebuild.rebuild(kept, project)
    for step in STEPS[1:]:
        assert "make forget or make rebuild has taken it away" in do(kept, project, OCTOBER, step)
    run(kept, project, OCTOBER)


def test_what_was_approved_is_what_is_published(kept, project):
    """The answer is looked at where nobody can write a new pack before it is published."""
    for step in STEPS[:3]:
        assert do(kept, project, OCTOBER, step) == ""
    seen = []

    def anna() -> str:
        seen.append(holder(kept))
        return "anna"

    publishing.publish_month(kept, OCTOBER, anna)
    log = run_log.entries(kept)
    assert run_log.approved_by(log, log[-1]) == "anna"
    assert seen[0].startswith("publish of 2026-10, since")
    publishing.publish_month(kept, OCTOBER, anna)
    assert len(seen) == 1


def test_where_nothing_waits_nobody_is_asked_whether_it_was_approved(kept, project):
    with pytest.raises(PublicationRefused, match="no finished build waits"):
        publishing.publish_month(kept, OCTOBER, lambda: pytest.fail("asked"))
    assert do(kept, project, OCTOBER, "build") == ""
    with pytest.raises(PublicationRefused, match=r"this build was made .*, and not checked since"):
        publishing.publish_month(kept, OCTOBER, lambda: pytest.fail("asked"))
