"""A run that is killed at a moment drawn at random, while others read what is published.

KILLS says how many kills there are, SEED which moments are drawn. After some kills the run is begun
again and killed again, before it is let through to its end.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import cycle
from pathlib import Path
from random import Random
from signal import SIGKILL

import pytest

from pipeline.settings import Settings

from .cases import Case, Undisturbed, figures_of, undisturbed
from .conftest import PUBLISHED, Published
from .killing import earlier_edition
from .moments import Log, drawn, wait_for
from .reader import Reader
from .wholeness import faults_of, months_in, not_told_by_status, published_in

pytestmark = pytest.mark.slow
KILLS, SEED = int(os.environ.get("KILLS", 50)), os.environ.get("SEED", "6")
FIRST, BEFORE, LAST = PUBLISHED
# Of fifty kills. Runs with pages and with a real build take longest.
SHARES = {"the next month": 20, "again": 17, "the first month": 4, "with pages": 8, "built": 1}
# So many kills, and then the run that goes through.
SERIES = (1, 3)
Months = dict[str, dict[str, str]]
STEPS = {"land", "build", "render", "check", "publish"}


@dataclass
class Told:
    """What came of the kills: which step each one struck, and what was not whole after it."""

    struck: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    runs_again: int = 0
    looks: int = 0
    publications_read: set[bytes] = field(default_factory=set)


@pytest.fixture(scope="module")
def cases(
    month_by_month: Published, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Undisturbed]:
    base = tmp_path_factory.mktemp("cases")
    kept = month_by_month.before_the_last
    months = tuple(one for one in month_by_month.council.months if one <= FIRST)
    (base / "nothing").mkdir()
    first = replace(kept, folder=base / "nothing", month=FIRST)
    again = replace(kept, folder=base / "earlier_edition")
    earlier_edition(kept.folder, again.folder, BEFORE, LAST)
    asked = [
        Case("the next month", kept, (LAST,)),
        Case("the first month", first, months),
        Case("with pages", kept, (LAST,), with_pages=True),
    ]
    found = {case.name: undisturbed(case, base / "out") for case in asked}
    next_one = found["the next month"]
    return found | {
        "again": replace(next_one, case=replace(next_one.case, name="again", kept=again)),
        "built": built(next_one),
    }


def built(cached: Undisturbed) -> Undisturbed:
    """The next month once more, with its real build, which takes ten seconds or more."""
    spans = [replace(span, seconds=8.0) for span in cached.spans if span.step == "build"]
    return replace(cached, case=replace(cached.case, is_built_once=False), spans=spans)


@pytest.fixture(scope="module")
def told(cases: dict[str, Undisturbed], tmp_path_factory: pytest.TempPathFactory) -> Told:
    chance, told = Random(SEED), Told()
    out, series = tmp_path_factory.mktemp("killed") / "out", cycle(SERIES)
    for name, share in SHARES.items():
        wanted = told.struck.total() + max(1, round(KILLS * share / sum(SHARES.values())))
        while told.struck.total() < wanted:
            most = min(next(series), wanted - told.struck.total())
            killed_until_it_goes_through(cases[name], most, out, chance, told)
    return told


def killed_until_it_goes_through(
    wanted: Undisturbed, kills: int, out: Path, chance: Random, told: Told
) -> None:
    """Kill runs, at most so many; the last one goes through. One may be too quick for its kill."""
    case = wanted.case
    allowed = months_in(case.kept.folder), months_in_list(wanted.published)
    settings, struck = case.kept.laid_out(out), list[str]()
    with Reader(out) as reader:
        while len(struck) < kills and (step := killed(wanted, settings, chance)):
            struck.append(step)
            faults = [*faults_of(out), *neither(*allowed, out), *not_told_by_status(settings)]
            told.wrong += [f"{case.name}, killed in {struck}: {fault}" for fault in faults]
        if len(struck) == kills:
            run = replace(case, is_built_once=True).begin(settings)
            run.join()
            told.wrong += [f"{case.name}, killed in {struck}: it failed"] * bool(run.exitcode)
    wrong = [*faults_after(wanted, settings), *reader.wrong]
    told.wrong += [f"{case.name}, killed in {struck} and run again: {fault}" for fault in wrong]
    told.struck.update(struck)
    told.runs_again += bool(struck)
    told.looks += reader.looks
    told.publications_read |= reader.publications


def killed(wanted: Undisturbed, settings: Settings, chance: Random) -> str:
    """Kill a run at a moment; return the step that it was in, nothing where it went through."""
    moment, log = drawn(chance, wanted.spans), Log(settings)
    run = wanted.case.begin(settings)
    wait_for(moment, log, run.is_alive)
    run.kill()
    run.join()
    assert run.exitcode in (0, -SIGKILL), wanted.case.name
    return log.step() if run.exitcode else ""


def neither(before: Months, after: Months, out: Path) -> list[str]:
    """Published months that are neither as they were nor as the run leaves them."""
    now = months_in(out)
    return [
        f"{month} is neither the old nor the new one"
        for month in sorted({*now, *before})
        if now.get(month) not in (before.get(month), after[month])
    ]


def months_in_list(published: dict[str, str]) -> Months:
    months: Months = {}
    for name, digest in published.items():
        month, _, rest = name.partition("/")
        months.setdefault(month, {})[rest] = digest
    return months


def faults_after(wanted: Undisturbed, settings: Settings) -> list[str]:
    found, expected = published_in(settings), wanted.published
    wrong = [name for name in {*found, *expected} if found.get(name) != expected.get(name)]
    if figures_of(settings) != wanted.figures:
        wrong.append("other figures in the warehouse or the marts")
    return sorted(wrong) + faults_of(settings.out)


def test_whatever_the_moment_nothing_published_is_lost_and_the_next_run_ends_it(told):
    assert told.wrong == [], f"SEED={SEED} KILLS={KILLS}: {told.struck}"


def test_the_kills_came_in_every_step_and_most_were_followed_by_a_run(told):
    assert told.struck.total() >= KILLS
    if KILLS >= 50:
        assert set(told.struck) >= STEPS, f"SEED={SEED}: {told.struck}"
    assert told.runs_again >= KILLS / 2


def test_somebody_read_what_was_published_all_the_time(told):
    """Of the month that was published again the old edition and the new one."""
    assert told.looks > KILLS
    assert len(told.publications_read) > len(PUBLISHED)
