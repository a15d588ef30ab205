"""Kill `make pack` itself for as long as one likes: ``make soak``.

    python -m tests.history.soak [--kills 200] [--minutes 60] [--seed 1] [--told soak.json]

Nothing is left out: Airflow, the checks at the door, the real build, pages and PDF. The whole group
of processes is killed at a moment drawn at random, while somebody reads what is published; after
each kill or two the command is run again, and has to leave what it leaves undisturbed. At the end
all but the lake and the keys is deleted, and made again.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline.month import Month
from pipeline.settings import Settings
from tests.dags.dag_environment import ROOT

from .councils import copied, fifteen_months
from .killing import copy
from .lost import lose_all_but_the_lake
from .moments import Log, Span, drawn, timetable, wait_for
from .reader import Reader
from .wholeness import faults_of, months_in, not_told_by_status, published_in

BEFORE, LAST = Month.parse("2026-09"), Month.parse("2026-10")
MOST_IN_A_ROW = 2


@dataclass
class Told:
    """What came of it."""

    seed: str
    undisturbed_seconds: float = 0
    kills: Counter[str] = field(default_factory=Counter)
    runs_again: int = 0
    looks_of_the_reader: int = 0
    is_rebuilt_from_the_lake: bool = False
    faults: list[str] = field(default_factory=list)
    seconds: float = 0

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.text(), encoding="utf-8")

    def text(self) -> str:
        return json.dumps({**vars(self), "kills": dict(self.kills)}, indent=1) + "\n"


@dataclass(frozen=True)
class Soak:
    """The output folder before the run that is killed, and what that run leaves undisturbed."""

    before: Path
    settings: Settings
    spans: Sequence[Span]
    published: dict[str, str]

    def laid_out(self) -> None:
        shutil.rmtree(self.settings.out, ignore_errors=True)
        copy(self.before, self.settings.out)


def begin(settings: Settings, program: str = "pack") -> subprocess.Popen[bytes]:
    """Start a command as `make` does, in a group of processes of its own."""
    paths = os.pathsep.join((str(ROOT / "dags"), str(ROOT)))
    inbox = ["--inbox", str(settings.inbox)] if program == "pack" else []
    return subprocess.Popen(
        [sys.executable, "-m", f"pipeline.{program}", *inbox, "--out", str(settings.out)],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def prepared(folder: Path) -> Soak:
    """Publish September, then October on a copy, undisturbed."""
    (folder / "council").mkdir()
    council = fifteen_months(folder / "council")
    settings = Settings(folder / "inbox", folder / "before")
    copied(council, settings.inbox, [one for one in council.months if one <= BEFORE])
    _require(begin(settings).wait() == 0, "September was not published")
    copied(council, settings.inbox, [LAST])
    soak = Soak(settings.out, Settings(settings.inbox, folder / "out"), (), {})
    soak.laid_out()
    log, run = Log(soak.settings), begin(soak.settings)
    spans = timetable(log, lambda: run.poll() is None)
    _require(run.returncode == 0, "October was not published")
    return Soak(soak.before, soak.settings, spans, published_in(soak.settings))


def killed(soak: Soak, chance: Random) -> str:
    """Kill a run at a moment; return the step that it was in, nothing where it went through."""
    moment, log = drawn(chance, soak.spans), Log(soak.settings)
    run = begin(soak.settings)
    wait_for(moment, log, lambda: run.poll() is None)
    if run.poll() is None:
        os.killpg(run.pid, signal.SIGKILL)
    return log.step() if run.wait() else ""


def killed_until_it_goes_through(soak: Soak, chance: Random, told: Told) -> None:
    """Kill once or twice, then let a run through; each time see that all is whole."""
    soak.laid_out()
    out, struck, kills = soak.settings.out, list[str](), chance.randint(1, MOST_IN_A_ROW)
    allowed = (months_in(soak.before), _months_of(soak.published))
    with Reader(out) as reader:
        while len(struck) < kills and (step := killed(soak, chance)):
            struck.append(step)
            found = [*faults_of(out), *not_told_by_status(soak.settings)]
            if months_in(out) not in allowed:
                found.append("the months are neither the old nor the new ones")
            told.faults += [f"killed in {struck}: {fault}" for fault in found]
        if len(struck) == kills and begin(soak.settings).wait():
            told.faults.append(f"killed in {struck}: the next run failed")
    wrong = [*_other_than(soak), *faults_of(out), *reader.wrong]
    told.faults += [f"killed in {struck} and run again: {fault}" for fault in wrong]
    told.kills.update(struck)
    told.runs_again += bool(struck)
    told.looks_of_the_reader += reader.looks


def rebuilt(soak: Soak, told: Told) -> bool:
    """Lose everything but the lake and the keys; make it again, and the newest month once more."""
    lose_all_but_the_lake(soak.settings)
    for program in ("rebuild", "pack"):
        if begin(soak.settings, program).wait():
            told.faults.append(f"make {program} failed on the lake alone")
    wrong = [*_other_than(soak), *faults_of(soak.settings.out)]
    told.faults += [f"made again from the lake alone: {fault}" for fault in wrong]
    return not wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Go on for so many kills or minutes; print what came of it; 0 where all was whole."""
    asked, console, begun = _read_arguments(arguments), Console(), time.monotonic()
    told, chance = Told(asked.seed), Random(asked.seed)
    with TemporaryDirectory(prefix="soak-") as folder, _progress(console) as progress:
        task = progress.add_task("publishing two months first", total=asked.kills)
        soak = prepared(Path(folder))
        told.undisturbed_seconds = round(sum(span.seconds for span in soak.spans), 1)
        until = time.monotonic() + 60 * asked.minutes
        while told.kills.total() < asked.kills and time.monotonic() < until:
            killed_until_it_goes_through(soak, chance, told)
            words = f"{told.runs_again} runs again, {len(told.faults)} faults"
            progress.update(task, description=words, completed=told.kills.total())
            told.seconds = round(time.monotonic() - begun)
            told.save(Path(asked.told))
        progress.update(task, description="making all again from the lake")
        told.is_rebuilt_from_the_lake = rebuilt(soak, told)
    told.seconds = round(time.monotonic() - begun)
    told.save(Path(asked.told))
    console.print_json(told.text())
    return 1 if told.faults else 0


def _other_than(soak: Soak) -> list[str]:
    found, expected = published_in(soak.settings), soak.published
    return sorted(name for name in {*found, *expected} if found.get(name) != expected.get(name))


def _months_of(published: dict[str, str]) -> dict[str, dict[str, str]]:
    months: dict[str, dict[str, str]] = {}
    for name, digest in published.items():
        month, _, rest = name.partition("/")
        if month[:2] == "20":
            months.setdefault(month, {})[rest] = digest
    return months


def _progress(console: Console) -> Progress:
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("kills, {task.description}"))
    return Progress(*columns, TimeElapsedColumn(), console=console, transient=True)


def _require(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise SystemExit(f"The soak cannot begin: {otherwise}.")


def _read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.history.soak", description="Kill the job.")
    parser.add_argument("--kills", type=int, default=int(os.environ.get("KILLS") or 200))
    parser.add_argument("--minutes", type=float, default=float(os.environ.get("MINUTES") or 60))
    parser.add_argument("--seed", default=os.environ.get("SEED") or "1")
    parser.add_argument("--told", default="build/soak.json", help="where the figures are written")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
