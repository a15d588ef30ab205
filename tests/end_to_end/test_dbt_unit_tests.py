"""The definitions' own unit tests pass: worked examples that dbt holds against single models."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from pipeline.dbt_build import DBT_PROJECT
from pipeline.parsed_project import parsed_project
from pipeline.settings import Settings

from .building import Build


def test_every_unit_test_of_the_definitions_passes(build: Build, tmp_path: Path) -> None:
    """They need a built database only for the types of its columns."""
    database = shutil.copy(build.database, tmp_path / "warehouse.duckdb")
    results = unit_tests(Path(database), build.settings)
    failed = [f"{one.node.name}: {one.message}" for one in results if str(one.status) != "pass"]
    assert not failed, "\n".join(failed)
    assert len(results) > 30


def unit_tests(database: Path, settings: Settings) -> list:
    """Run them with what dbt has parsed already for the build."""
    private = settings.private
    here, before = Path.cwd(), os.environ.get("PACK_WAREHOUSE")
    os.environ["PACK_WAREHOUSE"] = str(database)
    try:
        done = dbtRunner(parsed_project(settings, DBT_PROJECT)).invoke(
            [
                "--quiet",
                *("--log-level-file", "none"),
                "test",
                *("--select", "test_type:unit"),
                *("--project-dir", str(DBT_PROJECT)),
                *("--profiles-dir", str(DBT_PROJECT)),
                *("--target-path", str((private / "dbt").resolve())),
                *("--log-path", str((private / "logs").resolve())),
                *("--threads", "2"),
            ]
        )
    finally:
        os.chdir(here)
        DuckDBConnectionManager.close_all_connections()
        os.environ.pop("PACK_WAREHOUSE")
        if before is not None:
            os.environ["PACK_WAREHOUSE"] = before
    assert done.exception is None, done.exception
    return list(done.result.results)
