"""One ``dbt build`` in this process, and its failures in plain English."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.alerts import without_values
from pipeline.disk import refusal_of
from pipeline.garbage import collect_seldom
from pipeline.parsed_project import parsed_project
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

DBT_PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
_MOST_LINES = 5


def build_models(settings: Settings, database: Path, project: Path = DBT_PROJECT) -> None:
    """Build all models and run all tests on ``database``; refuse where one of them fails.

    A failed model or a failed test of severity error refuses the publication (ruling F12). Unit
    tests of the definitions are left to ``make test``. All handles on the database are closed
    again, and a database whose last rows still lie in a write-ahead log is refused.
    """
    result = _invoke(settings, database, project)
    if result.exception is not None:
        raise result.exception
    _record(settings, result.result)
    failed = [one for one in result.result.results if str(one.status) in ("error", "fail")]
    if failed:
        told = RuntimeError(*(one.message for one in failed))
        raise refusal_of(told) or PublicationRefused(*_lines(failed)) from told
    if database.with_name(f"{database.name}.wal").exists():
        raise RuntimeError(f"{database.name}: the build left rows in its write-ahead log")


def _invoke(settings: Settings, database: Path, project: Path) -> Any:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    # Without byte code dbt takes 1.7 seconds longer at every call.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PACK_WAREHOUSE"] = str(database.resolve())
    collect_seldom()
    here = Path.cwd()
    try:
        read = parsed_project(settings, project, _variables(settings))
        return dbtRunner(read, callbacks=[_tell]).invoke(_arguments(settings, project))
    finally:
        os.chdir(here)
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]


def _tell(event: Any) -> None:
    """Print what went wrong, as dbt itself would; it would also write out all that went well."""
    if event.info.level == "error":
        print(event.info.msg)


def _arguments(settings: Settings, project: Path) -> list[str]:
    # A file log would hold the rows that a failed statement names.
    return [
        *("--log-level", "none"),
        *("--log-level-file", "none"),
        # Seven megabytes about the project, which nobody here reads.
        "--no-write-json",
        "build",
        *("--exclude-resource-type", "unit_test"),
        *("--project-dir", str(project)),
        *("--profiles-dir", str(project)),
        *("--target-path", str((settings.private / "dbt").resolve())),
        *("--log-path", str((settings.private / "logs").resolve())),
        *("--threads", "2"),
        *_variables(settings),
    ]


def _variables(settings: Settings) -> tuple[str, ...]:
    return () if settings.repairs else ("--vars", "{repairs: 'off'}")


def _record(settings: Settings, done: Any) -> None:
    """Leave how long the build took and how much it was, for `make bench`."""
    kinds = Counter(str(one.node.resource_type) for one in done.results)
    record = {"elapsed_s": done.elapsed_time, "models": kinds["model"], "tests": kinds["test"]}
    (settings.private / "dbt" / "build.json").write_text(json.dumps(record), encoding="utf-8")


def _lines(failed: Iterable[Any]) -> list[str]:
    told = [_line(one) for one in failed]
    rest = len(told) - _MOST_LINES
    return told[:_MOST_LINES] + ([f"and {rest} more"] if rest > 0 else [])


def _line(one: Any) -> str:
    if str(one.status) == "fail":
        about = " ".join((one.node.description or one.node.name).split()).rstrip(".")
        rows = "1 row" if one.failures == 1 else f"{one.failures} rows"
        return f"A check of the figures failed: {about} ({rows})."
    return f"{one.node.name} could not be built: {without_values(one.message or 'no reason given')}"
