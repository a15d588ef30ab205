from pathlib import Path

import pytest

from pipeline.settings import SHIPPED_COMMENTARY, SHIPPED_TEMPLATE, Settings


def test_settings_come_from_the_environment() -> None:
    environment = {"PACK_INBOX": "in", "PACK_OUT": "out", "RERUN_MONTHS": "3"}
    settings = Settings.from_environment(environment)
    assert settings.rerun_months == 3
    assert settings.lake == Path("out/private/lake")


def test_a_folder_not_given_is_named() -> None:
    with pytest.raises(ValueError, match="PACK_OUT"):
        Settings.from_environment({"PACK_INBOX": "in"})


def test_months_to_run_again_must_be_a_number() -> None:
    with pytest.raises(ValueError, match="RERUN_MONTHS is 'two'"):
        Settings.from_environment({"PACK_INBOX": "a", "PACK_OUT": "b", "RERUN_MONTHS": "two"})


@pytest.mark.parametrize(("given", "repairs"), [("on", True), ("", True), ("off", False)])
def test_repairs_are_on_unless_they_are_switched_off(given, repairs):
    environment = {"PACK_INBOX": "a", "PACK_OUT": "b", "REPAIRS": given}
    assert Settings.from_environment(environment).repairs is repairs


def test_a_switch_for_repairs_that_is_neither_on_nor_off_is_refused():
    with pytest.raises(ValueError, match="REPAIRS is 'no': give on or off"):
        Settings.from_environment({"PACK_INBOX": "a", "PACK_OUT": "b", "REPAIRS": "no"})


@pytest.mark.parametrize(
    ("given", "template"), [("", SHIPPED_TEMPLATE), ("a/b.docx", Path("a/b.docx"))]
)
def test_the_cover_report_has_the_shipped_template_unless_the_council_names_its_own(
    given, template
):
    environment = {"PACK_INBOX": "a", "PACK_OUT": "b", "PACK_COVER_TEMPLATE": given}
    assert Settings.from_environment(environment).cover_template == template
    assert SHIPPED_TEMPLATE.is_file()


def test_commentary_in_the_inbox_goes_before_that_of_the_repository():
    settings = Settings(Path("in"), Path("out"))
    assert settings.commentary == (Path("in/commentary"), SHIPPED_COMMENTARY)
