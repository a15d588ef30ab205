"""A file of commentary as it was written: found, read, and refused where it is no plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

# The pages of the pack in the order they stand (dbt macro `themes`), and the three further parts.
THEMES = (
    "looked-after-children", "reviews-plans-visits", "placements", "health", "education",
    "care-leavers", "fostering", "adoption", "caseloads",
)  # fmt: skip
FURTHER = ("summary", "recommendations", "implications")
LONGEST_FILE = 10_000
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_LEFT_BY_MACHINES = ("thumbs.db", "desktop.ini")
_NOT_PRINTED = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")


class CommentaryError(Exception):
    """Commentary that must not, or cannot, be published; says where and what to do."""


@dataclass(frozen=True)
class Written:
    """The text of one file; `name` is how messages and pages call it, such as 2026-10/health.md."""

    theme: str
    name: str
    path: Path
    text: str

    def error(self, line: int, said: str) -> CommentaryError:
        """What is wrong in a line of the file."""
        return CommentaryError(f"{self.path}, line {line}: {said}")


def written_files(folders: Sequence[Path], month: str) -> Iterator[Written]:
    """The month's files, each from the first folder that has it, in the order of the pack.

    Every file of every folder is looked at, so that a misspelt name is not passed over in silence.
    """
    listed = [_listed(folder, month) for folder in folders if folder.is_dir()]
    for theme in (*FURTHER, *THEMES):
        found = [paths[theme] for paths in listed if theme in paths]
        if found:
            yield Written(theme, f"{month}/{theme}.md", found[0], _text(found[0]))


def _listed(folder: Path, month: str) -> dict[str, Path]:
    for other in _seen(folder):
        if other.is_dir() and not _MONTH.fullmatch(other.name):
            raise CommentaryError(f"{other}: a folder of commentary is named like {month}")
    if not (folder / month).is_dir():
        return {}
    paths = _seen(folder / month)
    for path in paths:
        _refuse_a_name(path)
    return {path.stem: path for path in paths}


def _seen(folder: Path) -> list[Path]:
    """What people put into a folder, without what their machines leave there."""
    return [
        path
        for path in sorted(folder.iterdir())
        if not path.name.startswith((".", "~$", "__"))
        and path.name.lower() not in _LEFT_BY_MACHINES
    ]


def _refuse_a_name(path: Path) -> None:
    allowed = [f"{theme}.md" for theme in (*FURTHER, *THEMES)]
    if path.name not in allowed:
        close = get_close_matches(path.name.lower(), allowed, 1)
        meant = f" (is {close[0]} meant?)" if close else ""
        raise CommentaryError(
            f"{path}: no part of the pack has this name{meant}; allowed are {', '.join(allowed)}"
        )
    if path.is_symlink() or not path.is_file():
        raise CommentaryError(f"{path}: must be a file of its own, not a folder or a link")


def _text(path: Path) -> str:
    size = path.stat().st_size
    if size > LONGEST_FILE:
        raise CommentaryError(
            f"{path}: {size:,} bytes long; at most {LONGEST_FILE:,} (about three pages) are printed"
        )
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise CommentaryError(
            f"{path}, line {line}: is not UTF-8 text; save it as Markdown or plain text with the"
            " encoding UTF-8"
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise CommentaryError(
            f"{path}: is empty; write something, or take the file away and the pack says the"
            " figures in sentences of its own"
        )
    _refuse_what_is_not_printed(path, text)
    return text


def _refuse_what_is_not_printed(path: Path, text: str) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        for place, character in enumerate(line, start=1):
            if character != "\t" and unicodedata.category(character) in _NOT_PRINTED:
                raise CommentaryError(
                    f"{path}, line {number}: the {place}. character (U+{ord(character):04X}) cannot"
                    " be seen or printed; delete it and type the word again"
                )
