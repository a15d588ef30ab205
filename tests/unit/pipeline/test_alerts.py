import pytest
from airflow.providers.standard.exceptions import HITLRejectException, HITLTimeoutError

from pipeline.alerts import (
    StepFailed,
    alert_of,
    alerts_file,
    alerts_from,
    raise_alert,
    without_values,
)
from pipeline.refusal import PublicationRefused


def test_a_refusal_is_told_in_its_own_words_also_inside_another_error(settings):
    error = RuntimeError("airflow")
    error.__cause__ = PublicationRefused("ssd_person is missing.", "Put it in.")
    alert = alert_of("monthly_pack", "build_warehouse", "2026-10", error)
    assert alert.refused
    assert alert.lines == ("ssd_person is missing.", "Put it in.")


def test_the_text_of_an_unforeseen_error_is_not_told():
    alert = alert_of("land_adoption", "land_extract", "2026-10", ValueError("child 4711"))
    assert alert.lines == ("stopped by ValueError; its log says where",)
    told = alert_of(
        "land_adoption", "land_extract", "2026-10", StepFailed("IOException: disk full")
    )
    assert told.lines == ("stopped by IOException: disk full; its log says where",)


def test_alerts_are_kept_one_a_line(settings):
    first = alert_of("monthly_pack", "check_pack", "2026-09", PublicationRefused("empty"))
    second = alert_of("monthly_pack", "check_pack", "2026-10", None)
    raise_alert(settings, first)
    position = alerts_file(settings).stat().st_size
    raise_alert(settings, second)
    assert alerts_from(settings, 0) == [first, second]
    assert alerts_from(settings, position) == [second]


def test_an_alert_that_a_full_disk_cut_off_hides_no_other(settings):
    alert = alert_of("monthly_pack", "build_warehouse", "2026-10", PublicationRefused("No."))
    raise_alert(settings, alert)
    with alerts_file(settings).open("a") as file:
        file.write('{"at": "2026-1')
    raise_alert(settings, alert)
    assert alerts_from(settings, 0) == [alert, alert]


def test_there_are_no_alerts_before_the_first(settings):
    assert alerts_from(settings, 0) == []


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Conversion Error: Could not convert string 'child-1' to DATE", "'…' to DATE"),
        ('Runtime Error in model x\n  duplicate key "id: child-1"', "duplicate key '…'"),
        ("", ""),
    ],
)
def test_values_in_quotes_are_left_out(message, told):
    assert without_values(message).endswith(told)
    assert "child-1" not in without_values(message)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (HITLRejectException("Reject"), "The pack was rejected at sign-off."),
        (HITLTimeoutError({"who": "child-1"}), "Nobody has answered the sign-off in time."),
    ],
)
def test_a_pack_that_nobody_approved_is_told_as_not_published(error, told):
    alert = alert_of("monthly_pack", "sign_off", "2026-10", error)
    assert alert.refused
    assert alert.lines == (
        told,
        "Nothing was published; what was published before stays as it is.",
    )
