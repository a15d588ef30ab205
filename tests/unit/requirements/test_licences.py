"""`docs/licences.md` is up to date, and no licence is unknown or one that may not be used."""

from email.message import Message

import pytest

from requirements import licences
from requirements.licences import LOCKS, PAGE, ROOT, Package, licence_of, locked, packages

PRESENT = [(lock, folder) for lock, folder, _ in LOCKS if (ROOT / folder).is_dir()]


class Installed:
    """A package that is installed with these metadata."""

    def __init__(self, **metadata):
        self.metadata = Message()
        for name, values in metadata.items():
            for value in values if isinstance(values, list) else [values]:
                self.metadata[name.replace("_", "-")] = value


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ({"License_Expression": "MIT OR Apache-2.0", "License": "else"}, "MIT OR Apache-2.0"),
        ({"Classifier": ["License :: OSI Approved :: BSD License"], "License": "long"}, "BSD"),
        ({"License": "BSD-3-Clause"}, "BSD-3-Clause"),
        ({"License": "3-Clause BSD License"}, "BSD"),
        ({"License": "A text of its own, " * 9}, ""),
        ({"Classifier": ["License :: OSI Approved :: Some New License"]}, ""),
        ({"License": "GNU Affero"}, ""),
        ({}, ""),
    ],
)
def test_a_licence_is_read_from_the_metadata(metadata, licence):
    assert licence_of("any", Installed(**metadata)) == licence


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("MIT AND MPL-2.0", True),
        ("GPL OR MIT", True),
        ("(GPL) OR (LGPL)", True),
        ("GPL", False),
        ("GPL AND MIT", False),
        ("AGPL-3.0", False),
        ("BUSL", False),
        ("", False),
    ],
)
def test_a_package_may_be_used_where_one_of_its_licences_is_allowed(licence, allowed):
    assert (Package("lock.txt", "any", "1.0", licence).objection == "") is allowed


def test_an_exception_holds_for_its_own_lock_alone():
    assert Package("pdfcheck.txt", "pymupdf", "2.0", "AGPL-3.0").objection == ""
    assert Package("lock.txt", "pymupdf", "2.0", "AGPL-3.0").objection


@pytest.mark.parametrize(("lock", "folder"), PRESENT)
def test_no_locked_package_has_a_licence_that_is_unknown_or_not_allowed(lock, folder):
    refused = {one.name: one.objection for one in packages(lock, folder) if one.objection}
    assert refused == {}


def test_the_page_lists_every_package_of_every_lock_in_the_version_that_is_locked():
    text = PAGE.read_text()
    for lock, _, what in LOCKS:
        part = text.partition(f"## {what}\n")[2].partition("\n## ")[0]
        for name, version in locked(lock).items():
            assert f"| {name} | {version} | " in part, f"{lock}: run `make licences`"


@pytest.mark.parametrize(("lock", "folder"), PRESENT)
def test_the_page_says_what_the_packages_say(lock, folder):
    rows = licences.page(list(packages(lock, folder))).partition("|---|---|---|---|\n")
    wanted = [line for line in rows[2].splitlines() if line.startswith("| ") and "---" not in line]
    text = PAGE.read_text()
    assert [line for line in wanted if f"{line}\n" not in text and line[:5] != "| pac"] == []


def test_what_runs_in_the_image_is_what_the_tests_run():
    everything = locked("lock.txt")
    for name, version in locked("runtime.txt").items():
        assert everything.get(name) == version, f"{name}: lock both again"
