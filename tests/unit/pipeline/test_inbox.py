from pathlib import Path

import pytest

from pipeline.contract import tables_of
from pipeline.inbox import both_kinds, family_files, files_in, month_folders
from pipeline.month import Month
from pipeline.settings import Settings


@pytest.mark.parametrize(
    "name",
    [
        "ssd_person.csv",
        "SSD_PERSON_20261101.csv",
        "ssd_person-2026-11-01_v2.txt",
        "Ssd_Person (1).xlsx",
        "ssd_person_Oct_2026.parquet",
        "ssd person v3.CSV",
    ],
)
def test_a_file_is_known_by_the_name_of_its_table(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    assert list(files_in(tmp_path, tables_of("social_care")).by_table) == ["ssd_person"]


@pytest.mark.parametrize("name", ["ssd_persons.csv", "ssd_person_old.csv", "notes.docx", "x.csv"])
def test_a_file_of_unknown_name_is_reported(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    found = files_in(tmp_path, tables_of("social_care"))
    assert (found.by_table, found.unknown) == ({}, (name,))


def test_hidden_and_lock_files_are_passed_over(tmp_path: Path) -> None:
    for name in (".DS_Store", "~$ssd_person.xlsx"):
        (tmp_path / name).write_text("x")
    assert not files_in(tmp_path, tables_of("social_care")).is_given


def test_the_903_files_have_their_former_names_too(tmp_path: Path) -> None:
    for name in ("placed_for_adoption.csv", "previous_permanence.csv", "HEADER.csv"):
        (tmp_path / name).write_text("x")
    found = files_in(tmp_path, tables_of("ssda903")).by_table
    assert list(found) == ["ssda903_header", "ssda903_sbpfa", "ssda903_prevperm"]


def test_month_folders_are_found_oldest_first(tmp_path: Path) -> None:
    for name in ("2026-10", "reference", "2026-09", "old", "commentary/2026-10"):
        (tmp_path / name).mkdir(parents=True)
    assert month_folders(tmp_path) == (Month(2026, 9), Month(2026, 10))
    assert month_folders(tmp_path / "nowhere") == ()


def test_both_kinds_of_extract_are_noticed(settings: Settings, month: Month) -> None:
    folder = settings.inbox / str(month)
    for path in ("ssda903/header.csv", "adoption/ssd_permanence.csv", "fostering/ext_panel.csv"):
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_text("x")
    assert both_kinds(settings.inbox, month) == ("adoption",)
    assert family_files(settings.inbox, month, "adoption").is_given
