import pytest

from pipeline import lake
from pipeline.landing_step import land_month, land_reference_data
from pipeline.progress import told_to
from pipeline.refusal import PublicationRefused

COUNCIL = "la,name\nX1,Exampleton\n"


def test_a_landing_says_whether_the_family_had_been_landed_before(settings, month):
    assert not land_month(settings, month, "adoption")
    assert land_month(settings, month, "adoption")
    assert not land_month(settings, month, "fostering")


def test_a_council_that_cannot_be_told_refuses_the_landing(settings, write_file, month):
    write_file("reference/ref_council.csv", "la,name\nX1,One\nX2,Two\n")
    with pytest.raises(PublicationRefused, match="ref_council"):
        land_month(settings, month, "adoption")


def test_every_landed_month_gets_its_reference_data_and_the_newest_gets_it_again(
    settings, write_file, month, monkeypatch
):
    monkeypatch.setattr("expectations.data_docs.build_data_docs", lambda *_: None)
    write_file("reference/ref_council.csv", COUNCIL)
    for each in (month.plus(-1), month):
        land_month(settings, each, "adoption")
    land_reference_data(settings, month)
    councils = [
        lake.partition(settings.lake, "ref_council", "X1", each) for each in (month.plus(-1), month)
    ]
    before = [path.read_bytes() for path in councils]
    write_file("reference/ref_council.csv", COUNCIL.replace("Exampleton", "Examplebury"))
    land_reference_data(settings, month)
    assert councils[0].read_bytes() == before[0]
    assert councils[1].read_bytes() != before[1]


def test_an_unreadable_reference_file_refuses_the_publication(settings, write_file, month):
    write_file("reference/ref_council.csv", COUNCIL)
    land_month(settings, month, "adoption")
    write_file("reference/ref_bank_holiday.csv", "when\n2026-12-25\n")
    with pytest.raises(PublicationRefused, match=r"ref_bank_holiday\.csv"):
        land_reference_data(settings, month)


def test_steps_are_told_by_month_and_family(settings, month):
    told = []
    with told_to(lambda text, is_step: told.append((text, is_step))):
        land_month(settings, month, "care_leavers")
    assert told[0] == ("2026-10: care leavers", True)
