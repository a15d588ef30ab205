"""The runs that are killed at random: which month, from where on, with or without its pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from unittest.mock import patch

from pipeline.month import Month
from pipeline.settings import Settings

from .killing import FORKS, Kept, built_once
from .moments import Log, Span, timetable
from .running import land, publish, rows, without_pages
from .wholeness import published_in

NO_PDF = "There is no PDF in this test"


@dataclass(frozen=True)
class Case:
    """A run of one month on an output folder: which months it lands, and what it leaves out."""

    name: str
    kept: Kept
    months: tuple[Month, ...]
    with_pages: bool = False
    is_built_once: bool = True

    def begin(self, settings: Settings) -> BaseProcess:
        """Begin the run in a process of its own."""
        run = FORKS.Process(target=_run, args=(self, settings))
        run.start()
        return run


@dataclass(frozen=True)
class Undisturbed:
    """What a run leaves that nobody disturbs, and how long each of its steps takes."""

    case: Case
    published: dict[str, str]
    figures: list[tuple]
    spans: list[Span]


def undisturbed(case: Case, out: Path) -> Undisturbed:
    """Run once without a kill."""
    settings = case.kept.laid_out(out)
    log, run = Log(settings), case.begin(settings)
    spans = timetable(log, run.is_alive)
    run.join()
    assert run.exitcode == 0, case.name

    return Undisturbed(case, published_in(settings), figures_of(settings), spans)


def figures_of(settings: Settings) -> list[tuple]:
    """What stands for every figure of the warehouse and of the officers' marts."""
    query = "select count(*), bit_xor(hash(figure)) from fct_indicator_value as figure"
    return [
        *rows(settings.warehouse, query),
        *rows(settings.out / "restricted" / "marts.duckdb", query),
    ]


def _run(case: Case, settings: Settings) -> None:
    left_out = _without_printing() if case.with_pages else without_pages()
    builds: AbstractContextManager[None] = built_once(case.kept)
    with left_out, builds if case.is_built_once else nullcontext():
        for month in case.months:
            land(settings, month)
        publish(settings, case.kept.month)


@contextmanager
def _without_printing() -> Iterator[None]:
    """Make all of the pack but the PDF, which takes longer than everything else."""
    with ExitStack() as left_out:
        for name, instead in {
            "expectations.door.check_family": lambda *_: ((), {}),
            "expectations.data_docs.build_data_docs": lambda *_: None,
            "reporting.forms._print": lambda *_: NO_PDF,
        }.items():
            left_out.enter_context(patch(name, instead))
        yield
