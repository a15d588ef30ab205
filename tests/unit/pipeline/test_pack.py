"""What `make pack` ends with; the run itself is tested in tests/dags."""

import argparse
import io
import json

import pytest

from pipeline import pack
from pipeline.alerts import Alert, raise_alert
from pipeline.console import Display
from pipeline.month import Month
from tests.unit.pipeline.small_lake import settings_in

NO_PDF = "There is no PDF: libpango is missing; to have one: apt-get install libpango-1.0-0"


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Publish a month that is there already; return what is printed."""
    settings = settings_in(tmp_path)
    (settings.inbox / "2026-10").mkdir(parents=True)
    (settings.inbox / "2026-10" / "ssd_person.csv").touch()
    folder = settings.out / "2026-10"
    folder.mkdir(parents=True)
    (folder / "scorecard.csv").write_text("indicator_id,title\n")
    (folder / "indicators.csv").write_text("indicator_id,period_end,breakdown\n")
    early = Alert("land_fostering", "land_extract", "2026-10", False, ("of an earlier run",))
    raise_alert(settings, early)

    def publish(not_made=(), alerts=()):
        (folder / "manifest.json").write_text(json.dumps({"not_made": dict(not_made)}))

        def run_dags(settings, months, month):
            for line in alerts:
                raise_alert(settings, Alert("monthly_pack", "publish", "2026-10", False, (line,)))

        monkeypatch.setattr(pack, "_run_dags", run_dags)
        shown = io.StringIO()
        pack.publish(settings, argparse.Namespace(inbox="given", month=""), Display(shown))
        return shown.getvalue().splitlines()

    return publish


def test_a_run_ends_with_the_folder_and_three_figures(told):
    lines = told()
    assert lines[0].startswith(f"The pack of {Month(2026, 10)} is in ")
    assert len(lines) == 4


def test_that_there_is_no_pdf_is_said_once_with_what_to_install(told):
    names = ("pack/pack.pdf", "restricted/pack/pack.pdf")
    lines = told(not_made=dict.fromkeys(names, NO_PDF))
    assert lines[1] == f"  {NO_PDF}"
    assert len(lines) == 5


def test_what_went_wrong_after_the_publication_is_said(told):
    lines = told(alerts=("2026-10 is published, but the list of months was not written",))
    assert lines[1] == "  2026-10 is published, but the list of months was not written"
    assert len(lines) == 5
