import io
from datetime import UTC, datetime

import pytest

from pipeline import archive, publications, run_log, status
from pipeline.alerts import Alert, raise_alert
from pipeline.publication_lock import output_lock
from pipeline.publishing import pending_computations
from pipeline.run_log import recorded
from pipeline.run_plan import note_end
from pipeline.snapshots import plan_run
from pipeline.warehouse import plan_file
from tests.unit.pipeline.small_lake import LA, OCTOBER, SEPTEMBER, build, land, settings_in


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path)


def told(settings):
    stream = io.StringIO()
    code = status.main(["--out", str(settings.out)], stream)
    return code, stream.getvalue()


def publish(settings, month, approved_by=""):
    planned = plan_run(settings, LA, month, status.DBT_PROJECT)
    settings.build.mkdir(parents=True, exist_ok=True)
    archive.write(settings, planned, build(settings, planned))
    publications.confirm(settings, LA, str(month), pending_computations(planned))
    folder = settings.out / str(month)
    folder.mkdir()
    (folder / "manifest.json").touch()
    with recorded(settings, month, "publish"):
        if approved_by:
            run_log.note_approval(settings, month, approved_by)


def test_an_empty_output_says_so(settings):
    assert told(settings) == (1, f"Nothing has been landed in {settings.out} yet.\n")


def test_the_extracts_of_two_councils_in_one_folder_are_refused(settings):
    land(settings, OCTOBER)
    (settings.lake / "ledger" / "la=X2").mkdir()
    code, text = told(settings)
    assert (code, "holds the extracts of several councils: X1, X2" in text) == (1, True)


def test_what_was_landed_what_is_missing_and_what_waits(settings):
    with recorded(settings, OCTOBER, "land", "social_care"):
        land(settings, OCTOBER)
    code, text = told(settings)
    assert code == 1
    row = next(line for line in text.splitlines() if "2026-10" in line)
    assert "2 tables" in row and row.count("missing") == 3
    assert f"{datetime.now(UTC):%d %b %Y}" in text
    assert "2026-10: landed, and not published yet." in text


def test_a_published_month_waits_for_nothing_until_its_extract_changes(settings):
    land(settings, SEPTEMBER)
    publish(settings, SEPTEMBER)
    code, text = told(settings)
    assert code == 0
    at = datetime.fromisoformat(run_log.entries(settings)[-1].at)
    assert f"{at:%d %b %Y, %H:%M}" in text and "anna" not in text
    assert "Nothing waits" in text
    land(settings, SEPTEMBER, delivery="corrected")
    code, text = told(settings)
    assert code == 1
    assert "2026-09: its extract, or what it rests on, has changed since" in text


def test_who_approved_a_month_stands_beside_who_ran_it(settings):
    land(settings, SEPTEMBER)
    publish(settings, SEPTEMBER, approved_by="anna")
    row = next(line for line in told(settings)[1].splitlines() if "anna" in line)
    assert "2026-09" in row and run_log.who() in row
    with recorded(settings, SEPTEMBER, "publish"):
        pass
    assert "anna" not in told(settings)[1], "of the publication before, by the same process"


def test_a_run_that_holds_the_folder_is_running_and_one_that_does_not_was_cut_off(settings):
    land(settings, OCTOBER)
    log = recorded(settings, OCTOBER, "build")
    log.__enter__()
    with output_lock(settings, "a test"):
        assert "Running now: a test, now at the build of 2026-10, since 20" in told(settings)[1]
    assert "build of 2026-10 was cut off" in told(settings)[1]
    with recorded(settings, OCTOBER, "build"):
        pass
    assert "cut off" not in told(settings)[1]


def test_a_pack_that_waits_for_somebody_to_approve_it_is_told(settings):
    land(settings, OCTOBER)
    settings.build.mkdir(parents=True)
    plan_run(settings, LA, OCTOBER, status.DBT_PROJECT).save(plan_file(settings))
    for step, is_told in {"render": False, "check": True, "publish": False}.items():
        note_end(plan_file(settings), step)
        assert ("The pack of 2026-10 was checked" in told(settings)[1]) is is_told


def test_the_last_alerts_are_told(settings):
    land(settings, OCTOBER)
    raise_alert(settings, Alert("monthly_pack", "build", "2026-10", True, ("No visits.",)))
    assert "Alert: build of 2026-10: No visits." in told(settings)[1]


def test_what_ended_in_the_second_before_it_was_begun_anew_hides_no_cut_off_step(
    settings, monkeypatch
):
    monkeypatch.setattr(run_log, "now", lambda: "2026-11-03T09:15:00+00:00")
    land(settings, OCTOBER)
    with recorded(settings, OCTOBER, "build"):
        pass
    monkeypatch.setattr("os.getpid", lambda: 1)
    cut_off = recorded(settings, OCTOBER, "build")
    cut_off.__enter__()
    assert "build of 2026-10 was cut off" in told(settings)[1]
