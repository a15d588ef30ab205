"""Which snapshots there are, and which of them have to be computed (rulings A2 and F3)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import duckdb
import yaml

from pipeline import publications
from pipeline.archive import Computation
from pipeline.month import Month
from pipeline.privacy.deleted import deleted_extracts, require_kept
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

    They stand for what was ``landed`` for the month, reference data included, for the earlier
    months that repairs and findings take their ``evidence`` from, and for the definitions.
    """
    return _short_hash([landed, evidence, sorted(versions.items())])


def fingerprints(
    settings: Settings, la: str, months: Iterable[Month], versions: Mapping[str, str]
) -> dict[Month, str]:
    """Return the fingerprint of each landed month; ``months`` come oldest first.

    The episodes of all earlier months are evidence, and every table of the month before.
    """
    found: dict[Month, str] = {}
    episodes: Ledger = []
    before: Ledger = []
    for month in months:
        landed = _ledger(settings, la, month)
        found[month] = fingerprint(landed, [*episodes, *before], versions)
        episodes = episodes + [row for row in landed if row[1] in EVIDENCE_OF_REPAIRS]
        before = landed
    return found


def _ledger(settings: Settings, la: str, month: Month) -> Ledger:
    folder = settings.lake / "ledger" / f"la={la}" / f"snapshot_month={month}"
    files = [str(path) for path in sorted(folder.glob("*.parquet"))]
    with duckdb.connect() as connection:
        query = f"select {_LEDGER_COLUMNS} from read_parquet(?, hive_partitioning = false)"
        return connection.execute(f"{query} order by all", [files]).fetchall()


def plan_run(settings: Settings, la: str, month: Month, dbt_project: Path) -> RunPlan:
    """Return what a run for ``month`` has to compute.

    Where the settings name a later extract (``as_of``), that one is computed for the month besides
    its own months. Refuses where nothing was landed for the month or that extract.
    """
    extract = _extract(settings, month)
    require_kept(settings, la, extract)
    landed = [known for known in landed_months(settings, la) if known <= extract]
    if extract not in landed:
        raise PublicationRefused(
            f"{extract}: nothing has been landed for this month. Put its extracts into "
            f"{settings.inbox / str(extract)} and start again."
        )
    present = fingerprints(settings, la, landed, definition_versions(dbt_project, settings.repairs))
    for gone in deleted_extracts(settings, la):
        present.pop(gone, None)
    if settings.as_of:
        present[extract] = _short_hash([present[extract], "as of", str(month)])
    shown = publications.latest(settings, la, extract)
    known = sorted({*landed, *(Month.parse(name) for name in shown)})
    snapshots = (
        _snapshot(settings, la, each, present.get(each, ""), shown.get(str(each)), each == known[0])
        for each in known
    )
    selected = tuple(
        replace(one, is_selected=one.is_pending or one.month == str(extract)) for one in snapshots
    )
    return RunPlan(
        la,
        str(month),
        publications.next_number(settings, la),
        selected,
        settings.as_of,
    )


def _snapshot(
    settings: Settings, la: str, month: Month, present: str, shown: Computation | None, first: bool
) -> Snapshot:
    is_pending = bool(present) and (shown is None or shown.fingerprint != present)
    if is_pending or shown is None:
        number = publications.number_of_computation(settings, la, str(month), present)
    else:
        number = shown.number
    return Snapshot(str(month), present, first, is_pending, is_pending, number)


def _extract(settings: Settings, month: Month) -> Month:
    extract = settings.extract_of(month)
    if settings.as_of and extract <= month:
        raise PublicationRefused(
            f"AS_OF={extract}: give a month later than {month}, whose extract knows more of it. "
            f"Leave AS_OF out for the pack of {month} from its own extract."
        )
    return extract


def _short_hash(content: object) -> str:
    return sha256(json.dumps(content, default=str).encode()).hexdigest()[:12]


def _yaml(path: Path) -> dict[str, dict]:  # type: ignore[type-arg]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_bytes(), Loader=loader) or {}
