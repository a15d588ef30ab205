import os

import pytest

from pipeline import run_log
from pipeline.refusal import PublicationRefused
from pipeline.run_log import recorded
from tests.unit.pipeline.small_lake import OCTOBER, settings_in


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path)


def outcomes(settings):
    return [(one.step, one.what, one.outcome, one.why) for one in run_log.entries(settings)]


def test_a_step_tells_its_start_and_its_end(settings):
    with recorded(settings, OCTOBER, "land", "fostering"):
        assert [one.outcome for one in run_log.unfinished(run_log.entries(settings))] == ["started"]
    started, ended = run_log.entries(settings)
    assert (started.month, ended.outcome, ended.process) == ("2026-10", "ended", os.getpid())
    assert ended.seconds is not None and ended.by
    assert run_log.unfinished([started, ended]) == []
    assert run_log.log_file(settings).stat().st_mode & 0o777 == 0o600


def test_a_refusal_tells_why_and_a_fault_only_its_kind(settings):
    with pytest.raises(PublicationRefused), recorded(settings, OCTOBER, "build"):
        raise PublicationRefused("2026-10: nothing has been landed", "more")
    with pytest.raises(ValueError), recorded(settings, OCTOBER, "render"):
        raise ValueError("child-1")
    assert outcomes(settings)[1::2] == [
        ("build", "", "refused", "2026-10: nothing has been landed"),
        ("render", "", "failed", "ValueError"),
    ]
    assert "child-1" not in run_log.log_file(settings).read_text()


def test_a_line_that_was_cut_off_hides_no_other(settings):
    with recorded(settings, OCTOBER, "build"):
        pass
    with run_log.log_file(settings).open("a") as file:
        file.write('{"at": "2026-\n')
    with recorded(settings, OCTOBER, "render"):
        pass
    assert len(run_log.entries(settings)) == 4


def test_a_killed_step_has_no_end(settings):
    child = os.fork()
    if not child:
        with recorded(settings, OCTOBER, "build"):
            os._exit(9)
    os.waitpid(child, 0)
    with recorded(settings, OCTOBER, "build"):
        pass
    (cut_off,) = run_log.unfinished(run_log.entries(settings))
    assert (cut_off.step, cut_off.process) == ("build", child)
