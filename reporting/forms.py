"""One edition of the pack in all its forms, made from the same rows and the same commentary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reporting.commentary.reading import read_commentary
from reporting.cover.report import write_cover_report
from reporting.data_files import write_data_files
from reporting.page.definitions import build_definitions
from reporting.page.html import close, pack_folder, write_pages
from reporting.page.pack import FORMS, Page, build_page
from reporting.pdf.document import PdfNotPossible, write_pdf
from reporting.queries import read_rows
from reporting.rows import OFFICERS, Edition, PackRows
from reporting.workbook.book import write_workbook

PDF, WORKBOOK, REPORT = "pack.pdf", "pack.xlsx", "cover-report.docx"


@dataclass(frozen=True)
class Made:
    """Whose pack was written, and which of its files could not be made here, with the reason."""

    council: str
    not_made: dict[str, str]


def write_edition(
    warehouse: Path,
    la: str,
    folder: Path,
    edition: Edition,
    commentary_folders: Sequence[Path],
    cover_template: Path,
) -> Made:
    """Write one edition: pages, data files, PDF, workbook and cover report.

    Into `pack/`, or for the officers `restricted/pack/`, which is closed to everyone but its
    owner. The same rows, commentary and template give the same bytes. Where no PDF can be made
    the page says so (ruling F17). What must not be published raises CommentaryError,
    CoverReportError, PackDataError or PdfError.
    """
    rows = read_rows(warehouse, la, edition)
    officers = read_rows(warehouse, la, OFFICERS) if edition.is_public else rows
    commentary = read_commentary(commentary_folders, rows, officers)
    pack = pack_folder(folder, edition)
    # What refuses soonest comes first.
    write_cover_report(rows, commentary, cover_template, pack / REPORT)
    write_workbook(rows, commentary, pack / WORKBOOK)
    write_data_files(rows, pack / "data")
    page = build_page(rows, commentary)
    reason = _print(rows, page, pack / PDF)
    made = tuple((file, title) for file, title in FORMS if not (reason and file == PDF))
    notes = (*page.notes, reason) if reason else page.notes
    write_pages(rows, replace(page, forms=made, notes=notes), pack)
    if not edition.is_public:
        close(pack)
    name = (pack / PDF).relative_to(folder).as_posix()
    return Made(rows.front.council_name, {name: reason} if reason else {})


def _print(rows: PackRows, page: Page, path: Path) -> str:
    """Write the PDF; where it is not possible here, return why in one line."""
    try:
        write_pdf(page, build_definitions(rows), rows.front.period_end, path)
    except PdfNotPossible as missing:
        return f"There is {missing}"
    return ""
