"""Pages as HTML files: the three of an edition of the pack, and the officers' own."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from reporting import assets, wording
from reporting.officers.page import OfficersPage, build_officers_page
from reporting.officers.rows import read_officer_rows
from reporting.page.data_quality import DataQualityPage, build_data_quality
from reporting.page.definitions import DefinitionsPage, build_definitions
from reporting.page.pack import Page
from reporting.rows import Edition, PackRows

TEMPLATES = Path(__file__).parents[1] / "templates"

AnyPage = Page | DefinitionsPage | DataQualityPage | OfficersPage


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
