"""One at a time on an output folder; whoever is refused, or waits, is told who is there."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection

import pytest

from pipeline import pack, publication_lock, rebuild, up
from pipeline.landing_step import land_month
from pipeline.privacy import forget, retention
from pipeline.progress import told_to
from pipeline.publication_lock import holder, output_lock, private_folder
from pipeline.refusal import PublicationRefused
from pipeline.run_log import recorded
from pipeline.second_opinion import __main__ as second_opinion
from pipeline.settings import Settings
from tests.unit.pipeline.small_lake import OCTOBER, land, settings_in

_FORKS = get_context("fork")


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path)


def hold(settings: Settings, what: str, step: str, told: Connection) -> None:
    """Hold the folder until told to end."""
    with output_lock(settings, what), recorded(settings, OCTOBER, step):
        told.send("held")
        told.recv()


@contextmanager
def held(settings: Settings, what: str = "make pack", step: str = "build") -> Iterator[Callable]:
    """Let another process hold the folder; yields what ends it."""
    here, there = _FORKS.Pipe()
    other = _FORKS.Process(target=hold, args=(settings, what, step, there))
    other.start()
    assert here.recv() == "held"

    def end(killed: bool = False) -> None:
        if other.is_alive():
            os.kill(other.pid, signal.SIGKILL) if killed else here.send("end")
        other.join()

    try:
        yield end
    finally:
        end(killed=True)


def test_a_second_run_is_refused_at_once_and_told_who_is_there_and_what_to_do(settings):
    with held(settings) as end:
        begun = time.monotonic()
        with pytest.raises(PublicationRefused) as refusal, output_lock(settings, "make forget"):
            pass
        assert time.monotonic() - begun < 3
        (line,) = refusal.value.lines
        assert line.startswith(
            f"{settings.out}: another run is writing to this folder: make pack, now at the build "
            "of 2026-10, since 20"
        )
        assert f" UTC, by {publication_lock.run_log.who()} (process " in line
        assert line.endswith(
            "). Wait until it has ended and start again, or give another folder with OUT=."
        )
        end()
    with output_lock(settings, "make forget"):
        pass


def test_a_step_waits_for_another_run_says_so_and_goes_on_after_it(settings):
    told = []
    with (
        held(settings) as end,
        told_to(lambda text, is_step: told.append(text) or end()),
        output_lock(settings, "build of 2026-10", wait=60),
    ):
        pass
    (line,) = told
    assert line.startswith(f"waiting for another run on {settings.out}: make pack, now at the")


def test_a_step_that_has_waited_long_enough_says_how_long(settings, monkeypatch):
    monkeypatch.setattr(publication_lock.time, "sleep", lambda seconds: None)
    clock = iter(range(0, 100_000, 400))
    monkeypatch.setattr(publication_lock.time, "monotonic", lambda: float(next(clock)))
    with (
        held(settings),
        pytest.raises(PublicationRefused, match="This step has waited 15 minutes for it"),
        output_lock(settings, "build of 2026-10", wait=publication_lock.STEP_WAIT_SECONDS),
    ):
        pass


def test_a_run_that_was_killed_holds_nothing(settings):
    with held(settings) as end:
        end(killed=True)
        assert holder(settings) == ""
        with output_lock(settings, "make pack"):
            assert holder(settings).startswith("make pack, since")


def test_taken_again_in_the_same_process_it_is_the_same_lock(settings):
    with output_lock(settings, "make pack"):
        with output_lock(settings, "build of 2026-10", wait=60):
            assert holder(settings).startswith("make pack")
        assert holder(settings).startswith("make pack")
    assert holder(settings) == ""


def test_whoever_only_looks_turns_nobody_away(settings):
    """`make status` has the lock for a moment, and two of them do not see each other."""
    handle = os.open(private_folder(settings) / "run.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_SH)
    assert holder(settings) == ""
    child = os.fork()
    if not child:
        time.sleep(0.2)
        os._exit(0)
    os.close(handle)
    with output_lock(settings, "make pack"):
        assert os.waitpid(child, 0)


def test_a_disk_without_locks_is_refused(settings, monkeypatch):
    def flock(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(publication_lock.fcntl, "flock", flock)
    with (
        pytest.raises(PublicationRefused, match=r"this disk cannot lock a file \(No locks"),
        output_lock(settings, "make pack"),
    ):
        pass


def test_a_second_airflow_on_one_output_is_refused(tmp_path):
    with (
        up._alone(tmp_path),
        pytest.raises(PublicationRefused, match=r"an Airflow is running here already\. Stop it"),
        up._alone(tmp_path),
    ):
        pass
    with up._alone(tmp_path):
        pass


COMMANDS = {
    "make pack": lambda out: pack.main(["--inbox", str(out), "--out", str(out)]),
    "make rebuild": lambda out: rebuild.main(["--out", str(out)]),
    "make retention": lambda out: retention.main(["--out", str(out)]),
    "make forget": lambda out: forget.main(["child-1", "--out", str(out)]),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_beside_a_run_is_refused_in_a_sentence(settings, capfd, command):
    land(settings, OCTOBER)
    log = settings.private / "logs" / f"{command.removeprefix('make ')}.log"
    log.parent.mkdir()
    log.write_text("of the run that is under way")
    with held(settings, "build of 2026-10"):
        assert COMMANDS[command](settings.out) == 1
    told = capfd.readouterr()
    assert "another run is writing to this folder: build of 2026-10, since 20" in told.out
    assert told.err == ""
    assert log.read_text() == "of the run that is under way"


def test_a_second_opinion_and_the_start_of_an_airflow_are_refused_too(settings, monkeypatch, capfd):
    monkeypatch.setattr(second_opinion, "python_of", lambda environment: environment)
    monkeypatch.setattr(second_opinion, "read_returns", lambda inbox, month: ())
    monkeypatch.setattr(up.signal, "signal", lambda *_: None)
    settings.inbox.mkdir()
    arguments = ["--inbox", str(settings.inbox), "--out", str(settings.out), "--month", "2026-10"]
    with held(settings):
        assert second_opinion.main(arguments) == 1
        assert up.main(["--out", str(settings.out)]) == 1
    assert capfd.readouterr().out.count("another run is writing to this folder: make pack") == 2


def test_whatever_writes_says_what_it_is(settings, monkeypatch):
    """So that those who come meanwhile can be told."""
    said = []

    def look(*_: object, **__: object) -> None:
        said.append(holder(settings).partition(", since")[0])
        raise PublicationRefused("enough")

    monkeypatch.setattr(up.signal, "signal", lambda *_: None)
    land(settings, OCTOBER)
    for place in (
        *("pipeline.pack._run", "pipeline.rebuild._told", "pipeline.privacy.forget.put_back"),
        *("pipeline.privacy.retention.landed_months", "pipeline.up.invented_inbox"),
        "pipeline.landing_step.require_kept",
    ):
        monkeypatch.setattr(place, look)
    for command in COMMANDS.values():
        assert command(settings.out) == 1
    assert up.main(["--out", str(settings.out)]) == 1
    with pytest.raises(PublicationRefused, match="enough"):
        land_month(settings, OCTOBER, "fostering")
    assert said == [*COMMANDS, "make up", "landing of 2026-10 (fostering)"]
