"""A small invented council's inbox, the command that publishes it, and what that publishes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.run_plan import note_end
from pipeline.settings import Settings
from pipeline.warehouse import build_database, plan_file
from tests.dags.dag_environment import ROOT
from tests.end_to_end.table_file import TableFile

COMMENTARY = "We now look after {{ figure('lac_count') }} children. See the panel's own minutes.\n"
FORMULAS = ('=HYPERLINK("http://evil.example","LAC Team 5")', "@SUM(1+1)*cmd|' /C calc'!A0")
ORDERS = ("<script>alert(1)</script>", "{{ 7 * 191 }}{% raw %}{#", "../../../../etc/passwd")


@pytest.fixture(scope="session")
def small_inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extracts of an invented council of sixty children, two months of them."""
    inbox = tmp_path_factory.mktemp("council") / "inbox"
    sizes = ("--months", "2", "--children", "60", "--years", "2")
    command = [sys.executable, "-m", "synthetic", "--out", str(inbox), *sizes]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    _give_cases_to(FORMULAS + ORDERS, inbox / "2026-10" / "social_care" / "ssd_involvements.csv")
    words = inbox / "commentary" / "2026-10" / "looked-after-children.md"
    words.parent.mkdir(parents=True, exist_ok=True)
    words.write_text(COMMENTARY, encoding="utf-8")
    return inbox


def _give_cases_to(names: tuple[str, ...], file: Path) -> None:
    """Let an open case each be held by a team with such a name: a formula, HTML, a template."""
    table = TableFile.read(file)
    cases = [
        row
        for row in table.rows
        if row["invo_professional_role_id"] == "Allocated Worker"
        and not row["invo_involvement_end_date"]
    ]
    for row, name in zip(cases[: len(names)], names, strict=True):
        row["invo_professional_id"] = row["invo_professional_team"] = name
    table.write()


@pytest.fixture(scope="session")
def run_pack():
    """Run ``python -m pipeline.pack`` as ``make pack`` does; return what came of it."""

    def run(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("AIRFLOW", "INBOX", "OUT", "MONTH"))
        }
        paths = os.pathsep.join((str(ROOT / "dags"), str(ROOT)))
        return subprocess.run(
            [sys.executable, "-m", "pipeline.pack", *map(str, arguments)],
            env={**kept, "PYTHONPATH": paths, **more},
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )

    return run


@pytest.fixture(scope="session")
def published(small_inbox, run_pack, tmp_path_factory):
    """The folder the small council's newest month is published in, and the run that did it.

    Runs that follow may write into it; beside it is kept what the first run left.
    """
    out = tmp_path_factory.mktemp("published")
    done = run_pack("--inbox", small_inbox, "--out", out)
    assert done.returncode == 0, done.stdout + done.stderr
    left_out = shutil.ignore_patterns("airflow", "data_docs", "dbt", "door", "logs")
    shutil.copytree(out, _kept(out), ignore=left_out, copy_function=_copy)
    return out, done


@pytest.fixture
def built(published, small_inbox, tmp_path) -> Settings:
    """What is published once more, with the month built again and waiting to be rendered.

    The large files are the same ones under other names: rendering only reads them.
    """
    out = tmp_path / "out"
    shutil.copytree(_kept(published[0]), out, copy_function=_copy)
    settings = Settings(small_inbox, out)
    os.link(settings.warehouse, build_database(settings))
    note_end(plan_file(settings), "build")
    return settings


def _kept(out: Path) -> Path:
    return out.with_name(f"{out.name}-kept")


def _copy(source: str, target: str) -> None:
    """Copy a file; a database or Parquet file is never written in place, so a link will do."""
    is_large = source.endswith((".duckdb", ".parquet"))
    (os.link if is_large else shutil.copy2)(source, target)
