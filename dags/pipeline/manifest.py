"""``manifest.json``: what went into a published month and what came out, with hashes.

It has no clock in it: the same inputs and versions give the same bytes.
"""

from __future__ import annotations

import json
import platform
import tomllib
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import duckdb

from pipeline import archive, publications
from pipeline.archive import Computation
from pipeline.month import Month
from pipeline.rendering import Rendered
from pipeline.run_plan import RunPlan
from pipeline.settings import Settings
from pipeline.whole_file import write_whole

NAME = "manifest.json"
PACKAGES = (
    "apache-airflow",
    "dbt-core",
    "dbt-duckdb",
    "duckdb",
    "great-expectations",
    "pyarrow",
    # What writes the pages, the PDF, the workbook and the cover report.
    "jinja2",
    "markdown-it-py",
    "weasyprint",
    "pikepdf",
    "xlsxwriter",
    "docxtpl",
)
_PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


def write_manifest(settings: Settings, plan: RunPlan, folder: Path, rendered: Rendered) -> None:
    """Write the manifest of a staged month folder; every other file must be there already.

    What could not be made on this machine is listed with the reason.
    """
    content = {
        "la": plan.la,
        "council": rendered.council,
        "month": plan.month,
        **({"as_of": plan.as_of} if plan.as_of else {}),
        "inputs": [*json.loads(_kept_inputs(settings).read_text("utf-8")), *rendered.inputs],
        "versions": versions(),
        "computations": archive.describe(computations(settings, plan)),
        "outputs": _outputs(folder),
        "not_made": rendered.not_made,
    }
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")


def keep_inputs(settings: Settings, plan: RunPlan) -> None:
    """Note what was landed when the build read it: an extract may come before it is published."""
    text = json.dumps(_inputs(settings, plan), ensure_ascii=False)
    write_whole(_kept_inputs(settings), text)


def not_made(folder: Path) -> list[str]:
    """Return why a published month lacks a file of the pack; one line for each reason."""
    manifest = json.loads((folder / NAME).read_text(encoding="utf-8"))
    return list(dict.fromkeys(manifest["not_made"].values()))


def published_computations(settings: Settings, la: str) -> dict[str, list[dict[str, str]]]:
    """Return the computations that each published month of a council says it rests on."""
    manifests = (
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(settings.out.glob(f"????-??/{NAME}"))
    )
    return {each["month"]: each["computations"] for each in manifests if each["la"] == la}


def computations(settings: Settings, plan: RunPlan) -> list[Computation]:
    """Return the computation that each snapshot's present figures come from, oldest first."""
    latest = publications.latest(settings, plan.la, Month.parse(plan.extract_month))
    new = {
        one.month: Computation(one.month, one.computation, one.fingerprint) for one in plan.pending
    }
    return [{**latest, **new}[snapshot.month] for snapshot in plan.snapshots]


def versions() -> dict[str, str]:
    """Return the versions of everything that can change a figure, or a byte of the pack."""
    found = {"python": platform.python_version(), "corporate-parenting": _project_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def _project_version() -> str:
    if not _PROJECT.exists():
        return "unknown"
    project = tomllib.loads(_PROJECT.read_text(encoding="utf-8")).get("project", {})
    return str(project.get("version", "unknown"))


def _inputs(settings: Settings, plan: RunPlan) -> list[dict[str, object]]:
    folder = settings.lake / "ledger" / f"la={plan.la}"
    files = [
        str(path)
        for one in plan.snapshots
        for path in sorted((folder / f"snapshot_month={one.month}").glob("*.parquet"))
    ]
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select snapshot_month, family, table_name, file, sha256, rows from read_parquet(?, "
            "hive_partitioning = true, hive_types = {'la': varchar, 'snapshot_month': varchar}) "
            "where coalesce(file, '') <> '' order by all",
            [files],
        ).fetchall()
    names = ("snapshot_month", "family", "table", "file", "sha256", "rows")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _kept_inputs(settings: Settings) -> Path:
    return settings.build / "inputs.json"


def _outputs(folder: Path) -> list[dict[str, str]]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return [
        {"file": path.relative_to(folder).as_posix(), "sha256": _sha256(path)} for path in paths
    ]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
