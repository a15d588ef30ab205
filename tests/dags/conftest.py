"""A small invented council's inbox, and the command that publishes it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dags.dag_environment import ROOT


@pytest.fixture(scope="session")
def small_inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extracts of an invented council of sixty children, two months of them."""
    inbox = tmp_path_factory.mktemp("council") / "inbox"
    sizes = ("--months", "2", "--children", "60", "--years", "2")
    command = [sys.executable, "-m", "synthetic", "--out", str(inbox), *sizes]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return inbox


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
