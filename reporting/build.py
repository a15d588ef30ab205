"""Write the public pack of one council's month: the page and the data files beside it."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from reporting import assets
from reporting.data_files import write_data_files
from reporting.page import build_page
from reporting.queries import read_public_rows

TEMPLATES = Path(__file__).parent / "templates"


def render_pack(warehouse: Path, la: str, folder: Path) -> list[Path]:
    """Write `pack/index.html` and `pack/data/*.csv` under the folder and return their paths.

    Reads the `rpt_public_*` models alone, and only reads. The same rows give the same bytes.
    Raises PackDataError when a hidden row still carries a figure.
    """
    rows = read_public_rows(warehouse, la)
    pack = folder / "pack"
    pack.mkdir(parents=True, exist_ok=True)
    index = pack / "index.html"
    page = (
        environment()
        .get_template("index.html.j2")
        .render(page=build_page(rows), fonts=assets.fonts(), icons=assets.icons())
    )
    index.write_text(page, encoding="utf-8", newline="\n")
    return [index, *write_data_files(rows, pack / "data")]


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
