"""Data Docs: the pages that show what the door found in a month, under ``private/data_docs``."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.month import Month
from pipeline.settings import Settings

_SITE = "door"


def build_data_docs(settings: Settings, month: Month, la: str) -> Path | None:
    """Make the pages of one month and return their index; None where nothing was checked.

    Nothing is done where the pages already show the same results. They hold counts and column
    names, never a value of a row.
    """
    records = sorted((settings.door / f"la={la}" / str(month)).glob("*.json"))
    validations = {path.stem: json.loads(path.read_text())["validations"] for path in records}
    if not any(validations.values()):
        return None
    made_of = sha256(json.dumps([str(month), la, validations]).encode()).hexdigest()
    index, mark = settings.data_docs / "index.html", settings.data_docs / "made_of.txt"
    if index.exists() and mark.exists() and mark.read_text() == made_of:
        return index
    shutil.rmtree(settings.data_docs, ignore_errors=True)
    settings.data_docs.mkdir(parents=True)
    _build(settings.data_docs, month, validations)
    mark.write_text(made_of)
    return index


def _build(folder: Path, month: Month, validations: dict[str, dict[str, Any]]) -> None:
    # Loaded here, because loading takes seconds and most runs find the pages made.
    import great_expectations as gx
    from great_expectations.core import ExpectationSuite, ExpectationSuiteValidationResult
    from great_expectations.core.run_identifier import RunIdentifier
    from great_expectations.data_context.types.resource_identifiers import (
        ExpectationSuiteIdentifier,
        ValidationResultIdentifier,
    )

    context: Any = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = {"globally": False}
    context.add_data_docs_site(_SITE, _site(folder))
    run = RunIdentifier(run_name=str(month), run_time=datetime.combine(month.last_day, time(), UTC))
    for family, tables in validations.items():
        for table, found in tables.items():
            result = ExpectationSuiteValidationResult(**found)
            suite = ExpectationSuite(name=f"{family}.{table}")
            context.suites.add(suite)
            key = ValidationResultIdentifier(
                ExpectationSuiteIdentifier(suite.name), run, batch_identifier=table
            )
            context.validation_results_store.set(key, result)
    context.build_data_docs(site_names=[_SITE])


def _site(folder: Path) -> dict[str, Any]:
    return {
        "class_name": "SiteBuilder",
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(folder.absolute()),
        },
    }
