import pytest

from pipeline.inboxes import invented_inbox, months_to_land
from pipeline.month import Month
from pipeline.refusal import PublicationRefused

PROGRAM = """
import argparse, pathlib
parser = argparse.ArgumentParser()
parser.add_argument("--out", type=pathlib.Path)
out = parser.parse_args().out
(out / "2026-10").mkdir(parents=True)
(out / "2026-10" / "made.txt").write_text("VERSION")
"""


def test_every_month_up_to_the_one_asked_for_is_landed(settings, write_file):
    for month in ("2026-08", "2026-09", "2026-10"):
        write_file(f"{month}/social_care/ssd_person.csv", "x")
    assert months_to_land(settings, "2026-09") == (Month(2026, 8), Month(2026, 9))
    assert months_to_land(settings, "")[-1] == Month(2026, 10)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("October", "'October' is not a month"),
        ("2027-01", "there is no such month folder. The inbox has 2026-09 to 2026-10"),
        ("2026-09", "this month folder is empty"),
    ],
)
def test_a_month_that_cannot_be_published_is_refused(settings, write_file, asked, told):
    write_file("2026-10/social_care/ssd_person.csv", "x")
    write_file("2026-09/.keep", "")
    with pytest.raises(PublicationRefused, match=told):
        months_to_land(settings, asked)


def test_an_inbox_without_month_folders_is_refused(settings):
    with pytest.raises(PublicationRefused, match="there is no such folder"):
        months_to_land(settings, "")
    settings.inbox.mkdir()
    with pytest.raises(PublicationRefused, match="no month folder"):
        months_to_land(settings, "")


def test_commentary_is_no_month_and_does_not_make_one(settings):
    for path in ("commentary/2026-11/health.md", "2026-10/social_care/ssd_person.csv"):
        (settings.inbox / path).parent.mkdir(parents=True)
        (settings.inbox / path).touch()
    assert months_to_land(settings, "") == (Month(2026, 10),)
    with pytest.raises(PublicationRefused, match="2026-11: there is no such month folder"):
        months_to_land(settings, "2026-11")


def test_a_folder_named_for_no_month_is_told(settings):
    (settings.inbox / "2026-13").mkdir(parents=True)
    with pytest.raises(PublicationRefused, match="'2026-13' is not a month"):
        months_to_land(settings, "")


def test_the_invented_council_is_written_once_and_again_when_its_program_changes(tmp_path):
    program = tmp_path / "root" / "synthetic" / "__main__.py"
    program.parent.mkdir(parents=True)
    # Without this the package of the same name on PYTHONPATH would go before.
    (program.parent / "__init__.py").touch()
    program.write_text(PROGRAM.replace("VERSION", "first"))
    made = invented_inbox(tmp_path / "private", tmp_path / "root") / "2026-10" / "made.txt"
    assert made.read_text() == "first"
    made.write_text("kept")
    invented_inbox(tmp_path / "private", tmp_path / "root")
    assert made.read_text() == "kept"
    program.write_text(PROGRAM.replace("VERSION", "second"))
    invented_inbox(tmp_path / "private", tmp_path / "root")
    assert made.read_text() == "second"
