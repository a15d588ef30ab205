"""A real browser for the pages, and the pages of both editions to look at.

Where no browser is installed these tests are skipped and say so; with PACK_REQUIRE_BROWSER=1, as in
CI, that is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from reporting.rows import OFFICERS, PUBLIC
from tests.browser.stories import STORIES, publish_months
from tests.pages_of_a_pack import render_pack
from tests.unit.reporting.public_rows import LA, write_warehouse

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox, for CI runs as root; nothing that would call out of the machine.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Read before the tests start, for they run without the settings of whoever started them.
IS_REQUIRED = os.environ.get("PACK_REQUIRE_BROWSER") == "1"
MISSING = f"no browser found (one of {', '.join(BROWSERS)}): apt-get install chromium"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium; nothing is downloaded."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        if IS_REQUIRED:
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every story's pages in a folder of its name, and the list of months."""
    out = tmp_path_factory.mktemp("pages")
    for name, rows in STORIES.items():
        folder = out / name
        folder.mkdir()
        warehouse = write_warehouse(folder / "warehouse.duckdb", rows())
        for edition in (PUBLIC, OFFICERS):
            render_pack(warehouse, LA, folder, edition=edition)
    publish_months(out / "months")
    return out
