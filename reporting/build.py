"""Write the public pack of one council's month: its pages and the data files beside them."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from reporting import assets
from reporting.data_files import write_data_files
from reporting.definitions import DefinitionsPage, build_definitions
from reporting.page import Page, build_page
from reporting.queries import read_public_rows

TEMPLATES = Path(__file__).parent / "templates"


def render_pack(warehouse: Path, la: str, folder: Path) -> list[Path]:
    """Write `pack/index.html`, `definitions.html` and `data/*.csv` and return their paths.

    Reads the `rpt_public_*` models alone, and only reads. The same rows give the same bytes.
    Raises PackDataError when a hidden row still carries a figure.
    """
    rows = read_public_rows(warehouse, la)
    pages: dict[str, Page | DefinitionsPage] = {
        "index.html": build_page(rows),
        "definitions.html": build_definitions(rows),
    }
    pack = folder / "pack"
    pack.mkdir(parents=True, exist_ok=True)
    written = [_write(pack / name, page) for name, page in pages.items()]
    return [*written, *write_data_files(rows, pack / "data")]


def _write(path: Path, page: Page | DefinitionsPage) -> Path:
    template = environment().get_template(f"{path.name}.j2")
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
