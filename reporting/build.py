"""Write one council's month: the public pack with its data files, and the officers' page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from reporting import assets, wording
from reporting.commentary import read_commentary
from reporting.data_files import write_data_files
from reporting.data_quality import DataQualityPage, build_data_quality
from reporting.definitions import DefinitionsPage, build_definitions
from reporting.officer_rows import read_officer_rows
from reporting.officers import OfficersPage, build_officers_page
from reporting.page import Page, build_page
from reporting.queries import read_rows
from reporting.rows import OFFICERS, PUBLIC, Edition, PackRows

TEMPLATES = Path(__file__).parent / "templates"

AnyPage = Page | DefinitionsPage | DataQualityPage | OfficersPage


def render_pack(
    warehouse: Path,
    la: str,
    folder: Path,
    *,
    edition: Edition = PUBLIC,
    commentary_folders: Sequence[Path] = (),
) -> list[Path]:
    """Write one edition of the pack and return the paths of its files.

    The public edition goes to `pack/`, with its `data/*.csv`, and is made of the `rpt_public_*`
    models alone. The officers' edition goes to `restricted/pack/`, for its owner alone. The
    warehouse is only read. The same rows give the same bytes. Raises PackDataError when a hidden
    row still carries a figure, CommentaryError when a sentence disagrees with the figures.
    """
    rows = read_rows(warehouse, la, edition)
    officers = rows if not edition.is_public else read_rows(warehouse, la, OFFICERS)
    commentary = read_commentary(commentary_folders, rows, officers)
    pack = pack_folder(folder, edition)
    pages = write_pages(rows, build_page(rows, commentary), pack)
    written = [*pages, *write_data_files(rows, pack / "data")]
    if not edition.is_public:
        close(pack)
    return written


def write_pages(rows: PackRows, page: Page, pack: Path) -> list[Path]:
    """Write the three pages of one edition and return their paths."""
    pages: dict[str, AnyPage] = {
        "index.html": page,
        "definitions.html": build_definitions(rows),
        "data-quality.html": build_data_quality(rows),
    }
    return [_write(pack / name, f"{name}.j2", each) for name, each in pages.items()]


def pack_folder(folder: Path, edition: Edition) -> Path:
    """Where an edition goes; what is restricted is closed to everyone but its owner."""
    if edition.is_public:
        pack = folder / "pack"
        pack.mkdir(parents=True, exist_ok=True)
        return pack
    pack = folder / "restricted" / "pack"
    pack.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pack.mkdir(exist_ok=True, mode=0o700)
    return pack


def close(pack: Path) -> None:
    """Let nobody but the owner see into a folder."""
    for path in pack.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)


def render_officers_page(warehouse: Path, la: str, folder: Path) -> Path:
    """Write `restricted/data-quality.html`, for its owner alone, and return its path."""
    page = build_officers_page(read_officer_rows(warehouse, la))
    restricted = folder / "restricted"
    restricted.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = _write(restricted / "data-quality.html", "officers.html.j2", page)
    path.chmod(0o600)
    return path


def _write(path: Path, name: str, page: AnyPage) -> Path:
    template = environment().get_template(name)
    made = template.render(page=page, fonts=assets.fonts(), icons=assets.icons())
    path.write_text(made, encoding="utf-8", newline="\n")
    return path


def environment() -> Environment:
    """Jinja2 with every value escaped and a misspelt name an error, not a blank."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(("html", "j2", "svg")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(rating_words=wording.RATINGS, no_target=wording.NO_TARGET)
    return made
