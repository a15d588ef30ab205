"""The officers' copy of the marts: ``<OUT>/restricted/marts.duckdb`` (ruling F18).

It names no child: every id is a keyed pseudonym (``pipeline.privacy.pseudonyms``).
"""

from __future__ import annotations

import grp
import os
import shutil
from pathlib import Path

import duckdb

from pipeline.privacy.keys import Key, marts_key
from pipeline.privacy.pseudonyms import add_pseudonyms, without_identifiers
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings
from pipeline.whole_file import written_whole

GROUP = "PACK_OFFICERS_GROUP"

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


def require_marts(settings: Settings) -> None:
    """Refuse at once, and not after the build, where the marts could not be published."""
    marts_key(settings)
    officers_group()


def officers_group() -> str | None:
    """Return the group of this machine that may read the marts; none where none is named."""
    group = os.environ.get(GROUP) or None
    try:
        return grp.getgrnam(group).gr_name if group else None
    except KeyError as problem:
        raise PublicationRefused(
            f"{GROUP} is '{group}', and this machine has no such group. Name one that is there, or "
            "leave it out: then the marts are for their owner alone."
        ) from problem


def publish_marts(settings: Settings, warehouse: Path, key: Key, group: str | None = None) -> Path:
    """Copy the marts into a read-only file of their own and swap it in whole.

    It is for its owner alone; where ``group`` names a group of this machine, its members can read
    it too.
    """
    folder = settings.out / "restricted"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o750 if group else 0o700)
    if group:
        shutil.chown(folder, group=group)
    path = folder / "marts.duckdb"
    with written_whole(path, aside=settings.private) as new:
        new.with_name(f"{new.name}.wal").unlink(missing_ok=True)
        _copy(warehouse, new, key)
        if group:
            shutil.chown(new, group=group)
        new.chmod(0o440 if group else 0o400)
    return path


def _copy(warehouse: Path, target: Path, key: Key) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach {_text(warehouse)} as source (read_only)")
        connection.execute(f"attach {_text(target)} as copy")
        present = {
            row[0]
            for row in connection.execute(
                "select table_name from duckdb_tables() "
                "where database_name = 'source' and schema_name = 'main'"
            ).fetchall()
        }
        marts = [mart for mart in MARTS if mart in present]
        add_pseudonyms(connection, key, marts)
        for mart in marts:
            query = without_identifiers(connection, mart)
            connection.execute(f"create table copy.{mart} as {query}")
        connection.execute("detach copy")


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
