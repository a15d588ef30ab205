import pytest

from pipeline import lake
from pipeline.delivered import require_children
from pipeline.lake import LedgerRow
from pipeline.refusal import PublicationRefused
from tests.unit.pipeline.small_lake import LA, OCTOBER


def record(settings, family, **statuses):
    rows = [
        LedgerRow(family, name, status, "why", f"{name}.csv", 1, 0, "")
        for name, status in statuses.items()
    ]
    path = lake.partition(settings.lake, "ledger", LA, OCTOBER, f"{family}.parquet")
    lake.write_rows(settings.lake, path, LedgerRow, rows)


def test_people_and_their_episodes_are_enough(settings):
    record(settings, "social_care", ssd_person="landed", ssd_cla_episodes="landed")
    require_children(settings, LA, OCTOBER)


def test_a_903_return_is_enough(settings):
    record(settings, "social_care", ssd_person="absent", ssd_cla_episodes="absent")
    record(settings, "ssda903", ssda903_header="landed", ssda903_episodes="landed")
    require_children(settings, LA, OCTOBER)


def test_a_month_without_people_is_refused_with_the_file_and_the_reason(settings):
    record(settings, "social_care", ssd_person="refused", ssd_cla_episodes="landed")
    with pytest.raises(PublicationRefused) as refusal:
        require_children(settings, LA, OCTOBER)
    assert refusal.value.lines[1] == "ssd_person (ssd_person.csv): refused, why."
    assert str(settings.inbox / "2026-10") in refusal.value.lines[-1]


def test_a_month_that_was_not_landed_is_refused(settings):
    with pytest.raises(PublicationRefused, match="ssd_cla_episodes has not been landed"):
        require_children(settings, LA, OCTOBER)
