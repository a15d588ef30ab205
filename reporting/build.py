"""Write one council's month: the public pack with its data files, and the officers' page."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from reporting import assets
from reporting.data_files import write_data_files
from reporting.data_quality import DataQualityPage, build_data_quality
from reporting.definitions import DefinitionsPage, build_definitions
from reporting.officer_rows import read_officer_rows
from reporting.officers import OfficersPage, build_officers_page
from reporting.page import Page, build_page
from reporting.queries import read_rows

TEMPLATES = Path(__file__).parent / "templates"

AnyPage = Page | DefinitionsPage | DataQualityPage | OfficersPage


def render_pack(warehouse: Path, la: str, folder: Path) -> list[Path]:
    """Write the pages of `pack/` and its `data/*.csv` and return their paths.

    Reads the `rpt_public_*` models alone, and only reads. The same rows give the same bytes.
    Raises PackDataError when a hidden row still carries a figure.
    """
    rows = read_rows(warehouse, la)
    pages: dict[str, AnyPage] = {
        "index.html": build_page(rows),
        "definitions.html": build_definitions(rows),
        "data-quality.html": build_data_quality(rows),
    }
    pack = folder / "pack"
    pack.mkdir(parents=True, exist_ok=True)
    written = [_write(pack / name, f"{name}.j2", page) for name, page in pages.items()]
    return [*written, *write_data_files(rows, pack / "data")]


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
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(("html", "j2", "svg")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
