"""One run of the job on a small council: every real step but those that make pages.

Landing leaves out the door's checks, rendering makes the result files and no pack, and the look at
the pack is left out with it. Nothing here is about them, and they would take most of the time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import duckdb

from pipeline import landing_step, publishing
from pipeline.contract import EXTRACT_FAMILIES
from pipeline.inbox import month_folders
from pipeline.month import Month
from pipeline.rendering import Rendered
from pipeline.settings import Settings

ARCHIVE = ("archive_value", "archive_cohort", "archive_cohort_change", "archive_dq_issue")
# Everything that the warehouse says of more than one month.
HISTORY = ("fct_indicator_value", "fct_restatement", "fct_cohort_change", "fct_stock_flow")


def run(settings: Settings, month: Month) -> Path:
    """Land every month up to one, and publish that one; return its folder."""
    with without_pages():
        extract = settings.extract_of(month)
        for each in month_folders(settings.inbox):
            if each <= extract:
                land(settings, each)
        return publish(settings, month)


def land(settings: Settings, month: Month) -> None:
    """Land the families of one month, as `make pack` does: what has nothing new is left alone."""
    for family in EXTRACT_FAMILIES:
        if not landing_step.has_nothing_new(settings, month, family):
            landing_step.land_month(settings, month, family)


def publish(settings: Settings, month: Month) -> Path:
    """Publish a month from what is landed: the steps of the pack's DAG, in order."""
    landing_step.land_reference_data(settings, month)
    publishing.build_warehouse(settings, month)
    publishing.render_month(settings, month)
    publishing.check_month(settings, month)
    return publishing.publish_month(settings, month)


@contextmanager
def without_pages() -> Iterator[None]:
    """Leave out what takes long and is about one month alone; steer nothing by the environment."""
    kept = os.environ.get("PACK_WAREHOUSE")
    nothing: Callable[..., None] = lambda *_: None  # noqa: E731
    with ExitStack() as left_out:
        for name, instead in {
            "expectations.door.check_family": lambda *_: ((), {}),
            "expectations.data_docs.build_data_docs": nothing,
            "pipeline.publishing.render_packs": lambda *_: Rendered("Forty"),
            "pipeline.worklists.write_worklists": nothing,
            "reporting.page.html.render_officers_page": nothing,
            "pipeline.publishing.check_folder": nothing,
            "pipeline.publishing.question": lambda *_: "",
        }.items():
            left_out.enter_context(patch(name, instead))
        try:
            yield
        finally:
            os.environ.pop("PACK_WAREHOUSE", None)
            os.environ.update({"PACK_WAREHOUSE": kept} if kept else {})


def archive_of(settings: Settings) -> dict[str, str]:
    """Every file of the archive: its name and the hash of its bytes."""
    return {
        name: digest
        for name, digest in bytes_of(settings.lake).items()
        if name.startswith("archive_")
    }


def bytes_of(folder: Path) -> dict[str, str]:
    """Every file below a folder: its name and the hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows(database: Path, sql: str, *parameters: object) -> list[tuple]:
    """Run a query on a warehouse that nobody writes to."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql, parameters).fetchall()


def tables_of(settings: Settings) -> dict[str, list[tuple]]:
    """What the published warehouse says of the past."""
    return {
        name: rows(settings.warehouse, f"select * from {name} order by all") for name in HISTORY
    }
