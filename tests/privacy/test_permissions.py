"""What is not public is closed whatever the umask, and what is public names nobody."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.privacy.permissions import close_to_others, closed_to_others, open_to_readers
from pipeline.publication_lock import output_lock
from pipeline.settings import Settings
from tests.privacy.conftest import MONTHS
from tests.privacy.published_output import identifiers_of, is_public, names_somebody, too_open
from tests.privacy.small_council import ONE, publish
from tests.unit.pipeline.small_lake import LA


def closed(settings: Settings) -> Settings:
    """A small council's lake and build are written by the test itself, not under the lock."""
    for folder in (settings.lake, settings.door, settings.build):
        close_to_others(folder)
    return settings


def test_all_but_the_pack_and_the_result_files_is_closed(published: Settings) -> None:
    assert too_open(closed(published).out) == []
    assert (published.out / "2026-10" / "restricted" / "children.csv").exists()


def test_what_is_public_is_as_open_as_the_umask_leaves_it(
    published: Settings, tmp_path: Path
) -> None:
    public = [path for path in published.out.rglob("*") if is_public(path, published.out)]
    assert len(public) > 15
    assert {path.stat().st_mode & 0o777 for path in public} == {0o777, 0o666}
    os.umask(0o027)
    publish(published, MONTHS[-1], tmp_path)
    again = [*(published.out / "2026-10" / "pack").rglob("*"), published.out / "index.html"]
    assert {path.stat().st_mode & 0o777 for path in again} == {0o750, 0o640}


def test_a_month_as_a_later_extract_knows_it_is_closed_whole(
    published: Settings, tmp_path: Path
) -> None:
    asked = replace(published, as_of="2026-10")
    folder = publish(asked, MONTHS[-2], tmp_path)
    assert too_open(closed(published).out) == []
    assert {path.stat().st_mode & 0o077 for path in (folder, *folder.rglob("*"))} == {0}


def test_no_id_or_date_of_birth_stands_in_a_public_file(published: Settings) -> None:
    identifiers = identifiers_of(published.lake, LA)
    assert ONE in identifiers.ids and len(identifiers.births) == 2
    assert names_somebody(published.out, identifiers) == []


@pytest.mark.parametrize(
    "name",
    ["indicators.csv", "scorecard.csv", "restatements.csv", "manifest.json", "../index.html"],
)
def test_an_id_in_a_public_file_would_be_found(published: Settings, name: str) -> None:
    path = published.out / "2026-10" / name
    told = f'{{"file": "{ONE}.csv"}}' if name.endswith("json") else f"a,b\nx,{ONE}\n"
    path.write_text(told)
    found = names_somebody(published.out, identifiers_of(published.lake, LA))
    assert found == [str(path.resolve().relative_to(published.out.resolve()))]


def test_the_umask_is_the_callers_again_after_a_step(settings: Settings, open_umask: None) -> None:
    with output_lock(settings, "a test"), output_lock(settings, "a test"), closed_to_others():
        made = settings.private / "made"
        made.touch()
        open_to_readers(settings.private / "run.lock")
    (settings.private / "after").touch()
    modes = [(settings.private / name).stat().st_mode & 0o777 for name in ("made", "after")]
    assert modes == [0o600, 0o666]
    assert (settings.private / "run.lock").stat().st_mode & 0o777 == 0o666
