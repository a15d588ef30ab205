"""The pages and data files of one edition, without the forms that take long to make."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reporting.commentary.reading import read_commentary
from reporting.data_files import write_data_files
from reporting.page.html import close, pack_folder, write_pages
from reporting.page.pack import build_page
from reporting.queries import read_rows
from reporting.rows import OFFICERS, PUBLIC, Edition


def render_pack(
    warehouse: Path,
    la: str,
    folder: Path,
    *,
    edition: Edition = PUBLIC,
    commentary_folders: Sequence[Path] = (),
) -> list[Path]:
    """Write the pages and data files of one edition and return their paths."""
    rows = read_rows(warehouse, la, edition)
    officers = rows if not edition.is_public else read_rows(warehouse, la, OFFICERS)
    commentary = read_commentary(commentary_folders, rows, officers)
    pack = pack_folder(folder, edition)
    pages = write_pages(rows, build_page(rows, commentary), pack)
    written = [*pages, *write_data_files(rows, pack / "data")]
    if not edition.is_public:
        close(pack)
    return written
