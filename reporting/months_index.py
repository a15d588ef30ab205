"""The page that lists every published month, `<OUT>/index.html`, newest first.

It is made from the published month folders alone and only links to what is public in them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.whole_file import write_whole
from reporting import assets, wording
from reporting.page.html import environment

NAME = "index.html"
# Each public form of a pack, in the order it is listed. Nothing restricted ever stands here.
FILES = (
    ("pack/index.html", "Web page"),
    ("pack/pack.pdf", "PDF to print"),
    ("pack/pack.xlsx", "Excel workbook"),
    ("pack/cover-report.docx", "Word cover report"),
)
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class MonthFile:
    """One file of a month: what it is, where it is and how large it is."""

    title: str
    address: str
    size: str


@dataclass(frozen=True)
class PublishedMonth:
    """One published month and the public forms of its pack."""

    id: str
    title: str
    council: str
    files: tuple[MonthFile, ...]

    @property
    def year(self) -> str:
        """The calendar year the month is listed under."""
        return self.id[:4]


@dataclass(frozen=True)
class MonthsPage:
    """The page in words: the months by year, newest first, and whose they are."""

    council: str
    latest: str
    years: tuple[tuple[str, tuple[PublishedMonth, ...]], ...]
    has_councils: bool


def write_months_index(out: Path, aside: Path | None = None) -> Path:
    """Write the list of the months published in `out` and return its path.

    The page is written `aside`, where no reader looks, and put in its place in one step; the same
    published months give the same bytes. Anything in `out` that is no published month is left alone
    and not listed.
    """
    page = build_months(out)
    template = environment().get_template("months.html.j2")
    made = template.render(page=page, fonts=assets.fonts(), icons=assets.icons())
    path = out / NAME
    write_whole(path, made, aside=aside)
    return path


def build_months(out: Path) -> MonthsPage:
    """Read the published month folders of `out` into the page."""
    folders = sorted((each for each in out.iterdir() if _MONTH.fullmatch(each.name)), reverse=True)
    months = [month for folder in folders if (month := _month(folder))]
    councils = {month.council for month in months}
    return MonthsPage(
        council=months[0].council if months else "Corporate Parenting",
        latest=months[0].title if months else "",
        years=tuple(
            (year, tuple(members)) for year, members in groupby(months, lambda month: month.year)
        ),
        has_councils=len(councils) > 1,
    )


def _month(folder: Path) -> PublishedMonth | None:
    """The month a folder holds, or None where it is no published month of the pack."""
    manifest = _manifest(folder)
    files = _files(folder, manifest)
    if manifest.get("month") != folder.name or not files:
        return None
    council = str(manifest.get("council") or manifest.get("la") or "Council not named")
    return PublishedMonth(folder.name, wording.month_name(folder.name), council, files)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        read = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _files(folder: Path, manifest: dict[str, Any]) -> tuple[MonthFile, ...]:
    """Each public form that the manifest names and the folder holds."""
    outputs = manifest.get("outputs")
    listed = outputs if isinstance(outputs, list) else []
    named = [each.get("file") for each in listed if isinstance(each, dict)]
    return tuple(
        MonthFile(title, f"{folder.name}/{name}", _size((folder / name).stat().st_size))
        for name, title in FILES
        if name in named and (folder / name).is_file()
    )


def _size(count: int) -> str:
    """A file's size as people say it: `45 KB`, `1.2 MB`."""
    if count < 999_500:
        return f"{max(1, round(count / 1000))} KB"
    return f"{count / 1_000_000:.1f} MB"
