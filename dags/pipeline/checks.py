"""The last look at a staged month before it is published."""

from __future__ import annotations

import csv
import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.refusal import PublicationRefused

REQUIRED = (
    "indicators.csv",
    "indicators.parquet",
    "scorecard.csv",
    "restatements.csv",
    "restricted/children.csv",
    "restricted/quarantine.csv",
    "restricted/dq_issues.csv",
    "restricted/data-quality.html",
    "pack/index.html",
    "pack/definitions.html",
    "pack/data-quality.html",
)
NOT_EMPTY = ("indicators.csv", "scorecard.csv")
_SHORTEST_ID = 4
# A number of five digits or less cannot be told from a figure on the page.
_SHORTEST_NUMBER = 6
_READABLE = (".csv", ".html", ".json", ".txt", ".svg", ".xml")
_ZIPPED = (".xlsx", ".docx")
_NUMBER = re.compile(r"(?<![\w.,:/-])\d+(?!\w|[.,:/-]\d)")
# Public figures: they hold populations and money as large as an id, and never an id.
_FIGURE_COLUMNS = ("numerator", "denominator")
_LEFTOVER = re.compile(r"\{\{|\}\}|\{%|%\}")


def check_folder(folder: Path) -> None:
    """Refuse a staged month that is incomplete, half rendered or names a child outside restricted/.

    A person id is looked for as a whole word in every CSV, page, workbook and report outside
    ``restricted/``. Ids too short to be told from ordinary words and figures are not.
    """
    _check_files(folder)
    for page in sorted((folder / "pack").glob("*.html")):
        _check_page(page)
    ids = person_ids(folder / "restricted" / "children.csv")
    for path in _public_files(folder):
        if any(_names_a_child(text, ids) for text in _texts(path)):
            raise PublicationRefused(
                f"{path.relative_to(folder)}: this public file holds the id of a child. Nothing "
                "was published; report this as a fault of the program."
            )


def person_ids(children: Path) -> frozenset[str]:
    """Return the person ids of the children file that are long enough to look for."""
    with children.open(encoding="utf-8", newline="") as file:
        ids = {row["person_id"] for row in csv.DictReader(file)}
    return frozenset(
        one
        for one in (each.removeprefix("'") for each in ids)
        if len(one) >= (_SHORTEST_NUMBER if one.isdigit() else _SHORTEST_ID)
    )


def visible_text(source: str) -> str:
    """Return the text of a page or workbook part: no mark-up, styles or programs."""
    without_code = re.sub(r"(?is)<(style|script)\b.*?</\1>", " ", source)
    return html.unescape(re.sub(r"(?s)<[^>]*>", " ", without_code))


def _check_files(folder: Path) -> None:
    missing = [name for name in REQUIRED if not (folder / name).is_file()]
    if missing:
        raise PublicationRefused(f"not made: {', '.join(missing)}. Nothing was published.")
    for name in NOT_EMPTY:
        with (folder / name).open(encoding="utf-8") as file:
            if sum(1 for _ in zip(file, range(2), strict=False)) < 2:
                raise PublicationRefused(f"{name} has no rows. Nothing was published.")


def _check_page(page: Path) -> None:
    found = _LEFTOVER.search(visible_text(page.read_text(encoding="utf-8")))
    if found:
        raise PublicationRefused(
            f"pack/{page.name} still holds '{found[0]}', a part of its template. Nothing was "
            "published; report this as a fault of the program."
        )


def _public_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        restricted = path.relative_to(folder).parts[0] == "restricted"
        if path.is_file() and not restricted and path.suffix in (*_READABLE, *_ZIPPED):
            yield path


def _names_a_child(text: str, ids: frozenset[str]) -> bool:
    words = set(re.findall(r"\w+", text))
    numbers = set(_NUMBER.findall(text))
    return any(_stands_in(text, one, words, numbers) for one in ids)


def _stands_in(text: str, one: str, words: set[str], numbers: set[str]) -> bool:
    if one.isdigit():
        return one in numbers
    if one.isidentifier():
        return one in words
    return one in text and bool(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text))


def _texts(path: Path) -> Iterator[str]:
    if path.suffix in _ZIPPED:
        with zipfile.ZipFile(path) as parts:
            for name in parts.namelist():
                if name.endswith(".xml"):
                    yield visible_text(parts.read(name).decode("utf-8"))
    elif path.suffix == ".csv":
        yield _table_text(path)
    else:
        yield visible_text(path.read_text(encoding="utf-8"))


def _table_text(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        cells = (
            value for row in rows for name, value in row.items() if name not in _FIGURE_COLUMNS
        )
        return "\n".join(cell for cell in cells if cell)
