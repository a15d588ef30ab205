from datetime import timedelta

import pytest

from pipeline.alerts import alerts_from
from pipeline.deadline import longest_run, tell


@pytest.fixture
def run(settings, monkeypatch):
    """The context that Airflow gives; the folders are those of the environment."""
    monkeypatch.setenv("PACK_INBOX", str(settings.inbox))
    monkeypatch.setenv("PACK_OUT", str(settings.out))
    return {"dag_run": {"dag_id": "monthly_pack", "partition_key": "2026-10", "conf": None}}


def test_the_number_of_hours_comes_from_the_environment():
    assert longest_run({"PACK_DEADLINE_HOURS": "24"}) == timedelta(hours=24)
    assert longest_run({"PACK_DEADLINE_HOURS": "0.5"}) == timedelta(minutes=30)


@pytest.mark.parametrize("given", [{}, {"PACK_DEADLINE_HOURS": ""}])
def test_without_it_there_is_no_deadline(given):
    assert longest_run(given) is None


@pytest.mark.parametrize("given", ["soon", "0", "-1", "nan", "inf", "1e300"])
def test_what_is_no_number_of_hours_is_refused_in_plain_words(given):
    with pytest.raises(ValueError, match=f"PACK_DEADLINE_HOURS is '{given}': give a number of"):
        longest_run({"PACK_DEADLINE_HOURS": given})


def test_the_alert_names_the_run_and_how_long_it_has_taken(settings, run):
    tell(run, hours=24.0)
    (alert,) = alerts_from(settings, 0)
    assert (alert.dag, alert.task, alert.month) == ("monthly_pack", "deadline", "2026-10")
    assert not alert.refused
    assert alert.lines[0] == "This run has not ended 24 hours after its start."


@pytest.mark.parametrize(("hours", "said"), [(1.0, "1 hour"), (1 / 60, "1 minute"), (0.5, "30 m")])
def test_a_short_time_is_told_in_minutes(settings, run, hours, said):
    tell(run, hours=hours)
    assert f"has not ended {said}" in alerts_from(settings, 0)[0].lines[0]


def test_a_month_that_was_asked_for_by_hand_is_named(settings, run):
    run["dag_run"]["conf"] = {"month": "2026-08"}
    tell(run, hours=0.5)
    assert alerts_from(settings, 0)[0].month == "2026-08"
