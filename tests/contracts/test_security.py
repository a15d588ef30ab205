"""What SECURITY.md says is so can be found where it says."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECURITY = (ROOT / "SECURITY.md").read_text()


def test_every_file_that_it_names_is_there():
    named = re.findall(r"`((?:tests|docs)/[\w./-]+)`|\]\(([\w./-]+)\)", SECURITY)
    assert named
    for path in (one or other for one, other in named):
        assert (ROOT / path).exists(), path


def test_every_command_that_it_names_is_there():
    makefile = (ROOT / "Makefile").read_text()
    for command in re.findall(r"`make ([a-z-]+)", SECURITY):
        assert re.search(rf"^{command}:", makefile, re.MULTILINE), command


def test_every_locked_package_has_a_hash():
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text()
        packages = re.findall(r"^\S+==\S+.*$", text, re.MULTILINE)
        assert packages, lock.name
        assert len(packages) == len(
            re.findall(r"^\S+==\S+ \\\n +--hash=sha256:", text, re.MULTILINE)
        )
