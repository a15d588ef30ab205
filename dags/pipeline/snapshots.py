"""Which snapshots there are, and which of them have to be computed (rulings A2 and F3)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import duckdb
import yaml

from pipeline import archive
from pipeline.month import Month
from pipeline.refusal import PublicationRefused
from pipeline.run_plan import RunPlan, Snapshot
from pipeline.settings import Settings

_LEDGER_COLUMNS = "family, table_name, status, rows, refused_rows, sha256"


def landed_months(settings: Settings, la: str) -> list[Month]:
    """Return the months whose extract was landed for this council, oldest first."""
    folders = (settings.lake / "ledger" / f"la={la}").glob("snapshot_month=*")
    return sorted(
        Month.parse(folder.name.partition("=")[2])
        for folder in folders
        if any(folder.glob("*.parquet"))
    )


def definition_versions(dbt_project: Path) -> dict[str, str]:
    """Return the version of each indicator's definition, and of what all of them share."""
    project = _yaml(dbt_project / "dbt_project.yml")
    versions = {"spine_version": str(project.get("vars", {}).get("spine_version", 1))}
    for path in sorted((dbt_project / "models" / "indicators").rglob("*.yml")):
        for model in _yaml(path).get("models", ()):
            about = model.get("config", {}).get("meta", {}).get("indicator", {})
            versions[model["name"].removeprefix("ind_")] = str(about.get("version", 1))
    return versions


def fingerprint(settings: Settings, la: str, month: Month, versions: Mapping[str, str]) -> str:
    """Return twelve characters that change when the figures of a snapshot may change (F3).

    They stand for the landed files and reference data of the month, and the definitions.
    """
    folder = settings.lake / "ledger" / f"la={la}" / f"snapshot_month={month}"
    files = [str(path) for path in sorted(folder.glob("*.parquet"))]
    with duckdb.connect() as connection:
        landed = connection.execute(
            f"select {_LEDGER_COLUMNS} from read_parquet(?, hive_partitioning = false) "
            "order by all",
            [files],
        ).fetchall()
    text = json.dumps([landed, sorted(versions.items())], default=str)
    return sha256(text.encode()).hexdigest()[:12]


def plan_run(settings: Settings, la: str, month: Month, dbt_project: Path) -> RunPlan:
    """Return what a run for ``month`` has to compute; refuse where nothing was landed for it."""
    landed = [known for known in landed_months(settings, la) if known <= month]
    if month not in landed:
        raise PublicationRefused(
            f"{month}: nothing has been landed for this month. Put its extracts into "
            f"{settings.inbox / str(month)} and start again."
        )
    latest = archive.latest(settings, la, month)
    versions = definition_versions(dbt_project)
    ordinal = archive.next_ordinal(settings, la)
    known = sorted({*landed, *(Month.parse(name) for name in latest)})
    snapshots = []
    for snapshot in known:
        in_archive = latest.get(str(snapshot))
        present = fingerprint(settings, la, snapshot, versions) if snapshot in landed else ""
        pending = bool(present) and (in_archive is None or in_archive.fingerprint != present)
        snapshots.append(
            Snapshot(
                month=str(snapshot),
                fingerprint=present,
                is_first=snapshot == known[0],
                is_pending=pending,
                is_selected=pending or snapshot == month,
                computation=ordinal if in_archive is None or pending else in_archive.ordinal,
            )
        )
    return RunPlan(la, str(month), ordinal, tuple(snapshots))


def _yaml(path: Path) -> dict[str, dict]:  # type: ignore[type-arg]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_bytes(), Loader=loader) or {}
