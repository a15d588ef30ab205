"""Every link of a page leads somewhere: to a place on a page, or to a file of the month."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from pipeline.checking.pages import Element, Page

_ELSEWHERE = re.compile(r"(?i)(https?|mailto):")
# The pages of the checks at the door, for whoever may see restricted/.
_INTERNALS = "../../private/"
# Attributes that name other elements by their ids.
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "headers", "for")


def broken_links(page: Page, pages: Mapping[Path, Page], folder: Path) -> Iterator[str]:
    """Give one sentence for each link that leads nowhere, or out of the month's public files."""
    for one in page.elements:
        for name in ("href", "src"):
            target = one.attributes.get(name)
            if target is not None and not _is_elsewhere(target):
                yield from _broken(one, target, page, pages, folder)
        for name in _REFERENCES:
            for wanted in one.attributes.get(name, "").split():
                if wanted not in page.ids:
                    yield f"line {one.line}: {name} names '{wanted}', which is not on the page"


def _is_elsewhere(target: str) -> bool:
    return target.startswith("data:") or bool(_ELSEWHERE.match(target))


def _broken(
    one: Element, target: str, page: Page, pages: Mapping[Path, Page], folder: Path
) -> Iterator[str]:
    file, _, place = target.partition("#")
    path = Path(os.path.normpath(page.path.parent / unquote(file))) if file else page.path
    where = f"line {one.line}: the link to '{target}'"
    if file.startswith(_INTERNALS) and _is_restricted(page.path, folder):
        return
    if not target or ":" in file or file.startswith("/") or not path.is_relative_to(folder):
        yield f"{where} leads out of the month's folder"
    elif _is_restricted(path, folder) and not _is_restricted(page.path, folder):
        yield f"{where} leads from a public page into restricted/"
    elif not path.is_file():
        yield f"{where} leads to a file that is not there"
    elif place and (path not in pages or unquote(place) not in pages[path].ids):
        yield f"{where} leads to a place that is not there"


def _is_restricted(path: Path, folder: Path) -> bool:
    return path.relative_to(folder).parts[0] == "restricted"
