"""The officers' copy of the marts: ``<OUT>/restricted/marts.duckdb`` (ruling F18)."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from pipeline.settings import Settings

MARTS = (
    "fct_indicator_value",
    "fct_indicator_cohort",
    "fct_dq_issue",
    "fct_dq_impact",
    "fct_dq_trend",
    "fct_restatement",
    "fct_stock_flow",
    "dim_indicator",
    "dim_recording_issue",
    "dim_publication",
    "rpt_scorecard",
)


def publish_marts(settings: Settings, warehouse: Path, group: str | None = None) -> Path:
    """Copy the marts into a read-only file of their own and swap it in whole.

    It is for its owner alone; where ``group`` names a group of this machine, its members can read
    it too.
    """
    folder = settings.out / "restricted"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o750 if group else 0o700)
    temporary = folder / ".marts.duckdb.part"
    temporary.unlink(missing_ok=True)
    _copy(warehouse, temporary)
    if group:
        shutil.chown(folder, group=group)
        shutil.chown(temporary, group=group)
    temporary.chmod(0o440 if group else 0o400)
    temporary.replace(folder / "marts.duckdb")
    return folder / "marts.duckdb"


def _copy(warehouse: Path, target: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach {_text(warehouse)} as source (read_only)")
        connection.execute(f"attach {_text(target)} as copy")
        present = {
            row[0]
            for row in connection.execute(
                "select table_name from information_schema.tables where table_catalog = 'source'"
            ).fetchall()
        }
        for mart in MARTS:
            if mart in present:
                connection.execute(f"create table copy.{mart} as from source.main.{mart}")
        connection.execute("detach copy")


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
