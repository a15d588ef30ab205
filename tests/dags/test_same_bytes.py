"""The same data gives the same bytes of every file, wherever and whenever it is rendered."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.dags.dag_environment import ROOT
from tests.dags.test_bad_input import bytes_of

pytestmark = pytest.mark.slow

RENDER = """
import sys
from pathlib import Path
from pipeline import publishing
from pipeline.month import Month
from pipeline.settings import Settings
publishing.render_month(Settings(Path(sys.argv[1]), Path(sys.argv[2])), Month(2026, 10))
"""
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4711", "LC_ALL": "C"}


def test_a_rendering_in_another_folder_time_zone_and_hash_seed_gives_the_same_bytes(
    built, tmp_path
):
    paths = os.pathsep.join((str(ROOT / "dags"), str(ROOT)))
    subprocess.run(
        [sys.executable, "-c", RENDER, str(built.inbox), str(built.out)],
        env={**os.environ, **ELSEWHERE, "PYTHONPATH": paths},
        cwd=tmp_path,
        check=True,
    )
    first, again = bytes_of(built.out / "2026-10"), bytes_of(built.build / "folder")
    del first["manifest.json"]
    assert len([name for name in first if "pack/" in name]) >= 16
    assert {name for name in first if first[name] != again.get(name)} == set()
    assert first.keys() == again.keys()
