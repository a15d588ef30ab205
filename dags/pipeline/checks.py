"""The last look at a staged month before it is published: everything there, right and for everyone.

Each check is one question of ``pipeline.checking``. The first that fails refuses the month, in
one message that names the file; no message quotes a child's data.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from pipeline.checking.accessibility import barriers
from pipeline.checking.documents import READABLE, texts
from pipeline.checking.figures import missing_figures, missing_measures
from pipeline.checking.identifiers import Identifiers, dates_in
from pipeline.checking.leftovers import cells, leftovers
from pipeline.checking.links import broken_links
from pipeline.checking.pages import Page, read_page
from pipeline.refusal import PublicationRefused

EDITIONS = ("pack", "restricted/pack")
PDF = "pack.pdf"
# The four forms of contract section 3, and what goes with them.
FORMS = (
    *("index.html", PDF, "pack.xlsx", "cover-report.docx"),
    *("definitions.html", "data-quality.html", "data/scorecard.csv", "data/trend.csv"),
    *("data/changed_figures.csv", "data/change_causes.csv"),
    *("data/lateness.csv", "data/movement.csv"),
)
REQUIRED = (
    "indicators.csv",
    "indicators.parquet",
    "scorecard.csv",
    "restatements.csv",
    "restricted/children.csv",
    "restricted/quarantine.csv",
    "restricted/dq_issues.csv",
    "restricted/restated_children.csv",
    "restricted/lateness.csv",
    "restricted/data-quality.html",
    *(f"{edition}/{form}" for edition in EDITIONS for form in FORMS),
)
NOT_EMPTY = ("indicators.csv", "scorecard.csv")
_FAULT = "Nothing was published; report this as a fault of the program."
_AT_MOST = 3


def check_folder(
    folder: Path, identifiers: Identifiers, not_made: Collection[str] = frozenset()
) -> None:
    """Refuse a staged month that is incomplete, wrong, closed to some readers or names a child.

    ``not_made`` are files that could not be made here and that the pack itself says are missing.
    """
    _check_files(folder, not_made)
    pages = {path: read_page(path) for path in sorted(folder.rglob("*.html"))}
    for path, page in pages.items():
        name = path.relative_to(folder)
        _refuse(f"{name} has a link that leads nowhere", broken_links(page, pages, folder))
        _refuse(f"{name} cannot be read by everybody", barriers(page))
    for edition in EDITIONS:
        _check_figures(folder, edition, pages)
    _check_texts(folder, pages, identifiers)


def _check_files(folder: Path, not_made: Collection[str]) -> None:
    wanted = [name for name in REQUIRED if name not in not_made]
    missing = [name for name in wanted if not (folder / name).is_file()]
    if missing:
        raise PublicationRefused(f"not made: {', '.join(missing)}. Nothing was published.")
    for name in NOT_EMPTY:
        with (folder / name).open(encoding="utf-8") as file:
            if sum(1 for _ in zip(file, range(2), strict=False)) < 2:
                raise PublicationRefused(f"{name} has no rows. Nothing was published.")


def _check_figures(folder: Path, edition: str, pages: Mapping[Path, Page]) -> None:
    page, data = folder / edition / "index.html", folder / edition / "data" / "scorecard.csv"
    _refuse(
        f"{edition}/index.html does not show every figure",
        missing_figures(pages[page], data, folder / "scorecard.csv"),
    )


def _check_texts(folder: Path, pages: Mapping[Path, Page], identifiers: Identifiers) -> None:
    """Read every text once: for leftovers in all packs, for a child in what is public."""
    of_every_council = dates_in("\n".join(pages[folder / "pack" / "definitions.html"].texts()))
    for path in _readable(folder):
        name, page = path.relative_to(folder), pages.get(path)
        words = "\n".join(page.texts() if page else texts(path))
        if path.suffix != ".csv":
            ours = page.texts(recorded=False) if page else (words,)
            left = leftovers("\n".join((*ours, *cells(page))))
            _refuse(f"{name} still holds a part of its template", (f"'{one}'" for one in left))
        if path.suffix in (".pdf", ".xlsx"):
            absent = missing_measures(words, folder / "scorecard.csv")
            _refuse(f"{name} lacks a measure, or its words cannot be read back", absent)
        if name.parts[0] != "restricted":
            hidden = page.hidden if page else ()
            _check_children(name, "\n".join((words, *hidden)), identifiers, of_every_council)


def _check_children(
    name: Path, words: str, identifiers: Identifiers, of_every_council: Collection[object]
) -> None:
    if identifiers.stand_in(words):
        raise PublicationRefused(f"{name}: this public file holds the id of a child. {_FAULT}")
    if identifiers.births_in(words).difference(of_every_council):
        raise PublicationRefused(
            f"{name}: this public file holds a date on which a child was born. Where the "
            "commentary means another date, give the month and the year alone. Nothing was "
            "published."
        )


def _readable(folder: Path) -> Iterator[Path]:
    """Every file with words, but for lists of children: those hold what was recorded."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        is_list = parts[0] == "restricted" and parts[1:2] != ("pack",) and path.suffix != ".html"
        if path.is_file() and path.suffix in READABLE and not is_list:
            yield path


def _refuse(what: str, problems: Iterable[str]) -> None:
    """Refuse where there is a problem: the first few are told."""
    told = list(islice(problems, _AT_MOST))
    if told:
        raise PublicationRefused(f"{what}: {'; '.join(told)}. {_FAULT}")
