"""Under which licences the locked packages are: `docs/licences.md`, from their own metadata.

    python -m requirements.licences

writes the page again. It needs every environment that it lists (`make setup validator pdf-check`
and `make audit`), for a lock does not say under which licence a package is. A package whose
licence is not known here, or not one of those that are allowed, stops it with its name.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"

# Lock, environment, and what it is for.
LOCKS = (
    ("lock.txt", ".venv", "The pack, Airflow, the tests and the linters"),
    ("validator.txt", ".venv-validator", "The national rules of the SSDA903 return (optional)"),
    ("pdfcheck.txt", ".venv-pdfcheck", "The checker of tagged PDF (optional; nothing of it ships)"),
    ("audit.txt", ".venv-audit", "The check for known faults (optional; nothing of it ships)"),
)
# Anybody may use these in a council without asking, also inside something that is handed on.
PERMISSIVE = frozenset(
    "MIT MIT-0 MIT-CMU BSD BSD-2-Clause BSD-3-Clause 0BSD Apache-2.0 ISC PSF-2.0 CNRI-Python Zlib"
    " CC0-1.0 Unlicense Artistic OGL-UK-3.0".split()
)
# Used unchanged, as whole packages: what is asked of those who change them does not arise.
WEAK_COPYLEFT = frozenset("MPL-2.0 MPL-1.1 LGPL LGPL-2.1-only LGPL-2.1-or-later".split())
# Named with a reason, and in that lock alone.
EXCEPTIONS = {
    ("pdfcheck.txt", name): "AGPL-3.0: run as a program of its own, neither changed nor shipped"
    for name in ("pymupdf", "pymupdf4llm", "pymupdf-layout")
}
# What the metadata leave out; read in the package's licence file.
READ_BY_HAND = {
    "axe-playwright-python": "MIT",
    "pymupdf4llm": "AGPL-3.0",
    "pymupdf-layout": "AGPL-3.0",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
}
# How other words say it, in a classifier or in the licence field.
WORDS = {
    "Apache": "Apache-2.0",
    "MIT": "MIT",
    "BSD": "BSD",
    "ISC": "ISC",
    "Mozilla Public License 2.0": "MPL-2.0",
    "Mozilla Public License 1.1": "MPL-1.1",
    "Python Software Foundation": "PSF-2.0",
    "Unlicense": "Unlicense",
    "Artistic": "Artistic",
    "AFFERO": "AGPL-3.0",
    "Lesser General Public": "LGPL",
    "General Public License": "GPL",
    "Business Source": "BUSL",
}
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Package:
    """One locked package and its licence."""

    lock: str
    name: str
    version: str
    licence: str

    @property
    def objection(self) -> str:
        """Why this package may not be used; nothing where it may."""
        if not self.licence:
            return "its licence is not known"
        choices = (choice.strip(" ()") for choice in re.split(r"\bOR\b", self.licence))
        allowed = PERMISSIVE | WEAK_COPYLEFT
        if any(set(re.split(r" AND ", choice)) <= allowed for choice in choices):
            return ""
        if (self.lock, self.name) in EXCEPTIONS:
            return ""
        return f"{self.licence} is not one of the licences that are allowed"


def locked(lock: str) -> dict[str, str]:
    """Return the packages of a lock, by name, with their versions."""
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9-]*)==(\S+)", text, re.MULTILINE))


def packages(lock: str, environment: str) -> Iterator[Package]:
    """Return the packages of a lock with their licences, as its environment has them."""
    folders = [str(path) for path in (ROOT / environment).glob("lib/python*/site-packages")]
    found = {_name(one): one for one in distributions(path=folders)}
    for name, version in sorted(locked(lock).items()):
        yield Package(lock, name, version, licence_of(name, found.get(name)))


def licence_of(name: str, package: Distribution | None) -> str:
    """Return a package's licence in SPDX's words, as far as its metadata tell; else nothing."""
    if package is None or name in READ_BY_HAND:
        return READ_BY_HAND.get(name, "")
    told: Any = package.metadata
    expression = told.get("License-Expression")
    if expression:
        return str(expression)
    prefix = "License :: OSI Approved :: "
    classifiers = [one for one in told.get_all("Classifier") or [] if one.startswith(prefix)]
    known = dict.fromkeys(_in_spdx(one.removeprefix(prefix)) for one in classifiers)
    field = (told.get("License") or "").strip()
    if not known and len(field) <= _LONGEST_NAME:
        return field if _is_spdx(field) else _in_spdx(field)
    return " OR ".join(known) if all(known) else ""


def page(found: Sequence[Package]) -> str:
    """Return the page's text."""
    lines = [
        "# Licences of the packages",
        "",
        "Made from the packages' own metadata by `python -m requirements.licences`; a test holds "
        "it against the locks. Allowed are licences that ask for no more than to be named, and "
        "those of unchanged libraries (MPL, LGPL). *pack* marks what runs in the pack and in "
        "Airflow; the rest is for development.",
    ]
    runtime = locked("runtime.txt")
    for lock, _, what in LOCKS:
        rows = [one for one in found if one.lock == lock]
        lines += ["", f"## {what}", "", f"`requirements/{lock}`: {len(rows)} packages.", ""]
        lines += ["| package | version | licence | |", "|---|---|---|---|"]
        for one in rows:
            why = EXCEPTIONS.get((lock, one.name), "").partition(": ")[2]
            use = "pack" if lock == "lock.txt" and one.name in runtime else why
            lines.append(f"| {one.name} | {one.version} | {one.licence} | {use} |")
    return "\n".join(lines) + "\n"


def _name(package: Distribution) -> str:
    return re.sub(r"[-_.]+", "-", package.metadata["Name"]).lower()


def _is_spdx(text: str) -> bool:
    return set(re.split(r" (?:AND|OR) ", text)) <= PERMISSIVE | WEAK_COPYLEFT


def _in_spdx(words: str) -> str:
    return next((spdx for word, spdx in WORDS.items() if word in words), "")


def main() -> int:
    """Write the page; return 1, naming the packages, where one of them may not be used."""
    found = [one for lock, environment, _ in LOCKS for one in packages(lock, environment)]
    refused = [one for one in found if one.objection]
    for one in refused:
        print(f"{one.lock}: {one.name} {one.version}: {one.objection}")
    if refused:
        return 1
    PAGE.write_text(page(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
