"""The invented council's pack, rendered."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporting.rows import PUBLIC
from tests.pages_of_a_pack import render_pack
from tests.unit.reporting.pdf_reader import Printed, printed
from tests.unit.reporting.public_rows import LA, Pack, Render, Tables, tables, write_warehouse

# The pages and the data files of a Pack; those of history come after them.
FILES_SHOWN = 5


def _rendered(folder: Path, rows: Tables) -> Pack:
    folder.mkdir(parents=True, exist_ok=True)
    paths = render_pack(write_warehouse(folder / "warehouse.duckdb", rows), LA, folder)
    texts = (path.read_text(encoding="utf-8-sig") for path in paths[:FILES_SHOWN])
    return Pack(*texts, rows=rows, paths=paths)


@pytest.fixture()
def render(tmp_path: Path) -> Render:
    """Render the pack of some rows into a folder of its own."""

    def rendered(rows: Tables, name: str = "out") -> Pack:
        return _rendered(tmp_path / name, rows)

    return rendered


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The fixture's own pack, rendered once."""
    return _rendered(tmp_path_factory.mktemp("pack"), tables())


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The PDF of the fixture's own pack, made once."""
    return printed(tmp_path_factory.mktemp("pdf"), tables(), PUBLIC)
