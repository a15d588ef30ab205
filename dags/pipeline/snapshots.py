"""Which snapshots there are, and which of them have to be computed (rulings A2 and F3)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

import duckdb
import yaml

from pipeline import archive
from pipeline.month import Month
from pipeline.refusal import PublicationRefused
from pipeline.run_plan import RunPlan, Snapshot
from pipeline.settings import Settings

Ledger = list[tuple[object, ...]]
EVIDENCE_OF_REPAIRS = ("ssd_cla_episodes", "ssda903_episodes")
_LEDGER_COLUMNS = "family, table_name, status, rows, refused_rows, sha256"


def landed_months(settings: Settings, la: str) -> list[Month]:
    """Return the months whose extract was landed for this council, oldest first."""
    folders = (settings.lake / "ledger" / f"la={la}").glob("snapshot_month=*")
    return sorted(
        Month.parse(folder.name.partition("=")[2])
        for folder in folders
        if any(folder.glob("*.parquet"))
    )


def definition_versions(dbt_project: Path, repairs: bool = True) -> dict[str, str]:
    """Return the version of each definition and repair rule, and of what all of them share."""
    project = _yaml(dbt_project / "dbt_project.yml")
    versions = {"spine_version": str(project.get("vars", {}).get("spine_version", 1))}
    for path in sorted((dbt_project / "models" / "indicators").rglob("*.yml")):
        for model in _yaml(path).get("models", ()):
            about = model.get("config", {}).get("meta", {}).get("indicator", {})
            versions[model["name"].removeprefix("ind_")] = str(about.get("version", 1))
    for path in sorted((dbt_project / "models" / "data_quality").rglob("dq_*.yml")):
        for model in _yaml(path).get("models", ()):
            about = model["config"]["meta"]["recording_issue"]
            versions[about["id"]] = str(about["version"])
    return versions if repairs else {**versions, "repairs": "off"}


def fingerprint(landed: Ledger, evidence: Ledger, versions: Mapping[str, str]) -> str:
    """Return twelve characters that change when the figures of a snapshot may change (F3).

    They stand for what was ``landed`` for the month, reference data included, for the tables of
    earlier months that repairs take their ``evidence`` from, and for the definitions.
    """
    text = json.dumps([landed, evidence, sorted(versions.items())], default=str)
    return sha256(text.encode()).hexdigest()[:12]


def fingerprints(
    settings: Settings, la: str, months: Iterable[Month], versions: Mapping[str, str]
) -> dict[Month, str]:
    """Return the fingerprint of each landed month; ``months`` come oldest first."""
    found: dict[Month, str] = {}
    evidence: Ledger = []
    for month in months:
        landed = _ledger(settings, la, month)
        found[month] = fingerprint(landed, evidence, versions)
        evidence = evidence + [row for row in landed if row[1] in EVIDENCE_OF_REPAIRS]
    return found


def _ledger(settings: Settings, la: str, month: Month) -> Ledger:
    folder = settings.lake / "ledger" / f"la={la}" / f"snapshot_month={month}"
    files = [str(path) for path in sorted(folder.glob("*.parquet"))]
    with duckdb.connect() as connection:
        query = f"select {_LEDGER_COLUMNS} from read_parquet(?, hive_partitioning = false)"
        return connection.execute(f"{query} order by all", [files]).fetchall()


def plan_run(settings: Settings, la: str, month: Month, dbt_project: Path) -> RunPlan:
    """Return what a run for ``month`` has to compute; refuse where nothing was landed for it."""
    landed = [known for known in landed_months(settings, la) if known <= month]
    if month not in landed:
        raise PublicationRefused(
            f"{month}: nothing has been landed for this month. Put its extracts into "
            f"{settings.inbox / str(month)} and start again."
        )
    latest = archive.latest(settings, la, month)
    versions = definition_versions(dbt_project, settings.repairs)
    present_ones = fingerprints(settings, la, landed, versions)
    ordinal = archive.next_ordinal(settings, la)
    known = sorted({*landed, *(Month.parse(name) for name in latest)})
    snapshots = []
    for snapshot in known:
        in_archive = latest.get(str(snapshot))
        present = present_ones.get(snapshot, "")
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
