"""A disk that is full or read-only stops a run with one message, and nothing half-written stays."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from unittest.mock import patch

import pytest

from pipeline.disk import refusal_of, require_room, room_given_back
from pipeline.landing_step import land_month
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

from .inbox import GOOD, MONTH, PLANS, Inbox


@pytest.fixture(scope="module", autouse=True)
def _load_great_expectations_once() -> None:
    import expectations.door  # noqa: F401  (seconds, so not within a test's own time)


FULL, READ_ONLY = errno.ENOSPC, errno.EROFS
SAYS = {FULL: "The disk is full. Free some space", READ_ONLY: "The disk can only be read."}


class FailingDisk:
    """Takes so many files, then fails in the middle of the next."""

    def __init__(self, number: int, whole: int) -> None:
        self._number, self._left = number, whole

    def __call__(self, path: Path) -> None:
        if self._left == 0:
            path.write_bytes(b"PAR1 half a file")
            raise OSError(self._number, os.strerror(self._number), str(path))
        self._left -= 1


def bytes_of(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize("number", SAYS)
@pytest.mark.parametrize("whole", [0, 2])
def test_a_failing_disk_leaves_the_last_month_and_a_rerun_lands_the_same(
    number: int, whole: int, tmp_path: Path
) -> None:
    inbox = Inbox(tmp_path / "inbox")
    settings = Settings(inbox.root, tmp_path / "out", shipped_reference=tmp_path)
    land_month(settings, MONTH, "care_leavers")
    before = bytes_of(settings.lake)
    inbox.write(PLANS, GOOD[PLANS][:-1])
    with (
        patch("pipeline.whole_file.to_disk", FailingDisk(number, whole)),
        pytest.raises(OSError) as failed,
    ):
        land_month(settings, MONTH, "care_leavers")
    told = refusal_of(failed.value)
    assert told is not None
    assert told.lines[0].startswith(SAYS[number])
    assert "stays as it is" in told.lines[1]
    if whole == 0:
        assert bytes_of(settings.lake) == before
    assert not list(settings.lake.rglob("*.part"))
    land_month(settings, MONTH, "care_leavers")
    elsewhere = Settings(inbox.root, tmp_path / "again", shipped_reference=tmp_path)
    land_month(elsewhere, MONTH, "care_leavers")
    kept = {name: one for name, one in bytes_of(settings.lake).items() if "_superseded" not in name}
    assert kept == bytes_of(elsewhere.lake)


def test_the_step_refuses_with_that_message_and_is_not_tried_again() -> None:
    from airflow.sdk.exceptions import AirflowFailException

    from steps import failures_in_plain_words

    with pytest.raises(AirflowFailException, match="The disk is full"), failures_in_plain_words():
        try:
            raise OSError(FULL, os.strerror(FULL))
        except OSError as problem:
            raise RuntimeError("a library's own words") from problem


def test_the_words_of_a_library_are_enough_and_other_errors_are_no_refusal() -> None:
    assert refusal_of(RuntimeError(f"IO Error: Could not write: {os.strerror(FULL)}"))
    assert refusal_of(RuntimeError("(sqlite3.OperationalError) database or disk is full"))
    assert refusal_of(RuntimeError("set by the 'max_temp_directory_size' setting"))
    assert refusal_of(PermissionError(errno.EACCES, "Permission denied")) is None
    assert refusal_of(ValueError("P002 is no date")) is None


def test_what_was_being_made_gives_its_room_back_only_where_the_disk_is_full(
    tmp_path: Path,
) -> None:
    for error, is_left in ((ValueError("a fault"), True), (OSError(FULL, "full"), False)):
        (tmp_path / "build").mkdir(exist_ok=True)
        with pytest.raises(type(error)), room_given_back(tmp_path / "build"):
            raise error
        assert (tmp_path / "build").exists() == is_left


def test_without_room_for_an_alert_the_run_still_says_why(tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path / "out")
    settings.private.mkdir(parents=True)
    require_room(settings)
    assert not list(settings.private.iterdir())
    full = OSError(FULL, os.strerror(FULL))
    with (
        patch.object(Path, "write_bytes", side_effect=full),
        pytest.raises(PublicationRefused, match="The disk is full"),
    ):
        require_room(settings)
