"""A disk that is really full, at one point of a run after another."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from typing import Any

import pytest

from tests.dags.dag_environment import ROOT

from .conftest import Published
from .full_disk import POINTS
from .wholeness import published_in

pytestmark = pytest.mark.slow
ALONE = ("unshare", "--map-root-user", "--mount")
SAYS = ("The disk is full. Free some space where OUT is, and start again.",)


@pytest.fixture(scope="module")
def ended(month_by_month: Published, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What came of each point, and what `make pack` printed where there was no room at all."""
    base = tmp_path_factory.mktemp("full_disk")
    probe = ("sh", "-c", f"mount -t tmpfs none {base}")
    if (
        not shutil.which(ALONE[0])
        or subprocess.run([*ALONE, *probe], capture_output=True).returncode
    ):
        pytest.skip("this machine lets nobody mount a small file system (unshare, mount)")
    (base / "kept").write_bytes(pickle.dumps(month_by_month.before_the_last))
    (base / "disk").mkdir()
    names = [str(base / name) for name in ("kept", "disk", "told.json")]
    paths = {"PYTHONPATH": os.pathsep.join((str(ROOT / "dags"), str(ROOT)))}
    done = subprocess.run(
        [*ALONE, sys.executable, "-m", "tests.history.full_disk", *names],
        env={**os.environ, **paths},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return json.loads((base / "told.json").read_text()), done.stdout


def test_a_full_disk_is_told_in_one_sentence_wherever_it_is_met(ended):
    told, _ = ended
    assert len(told) == len(POINTS)
    assert {one["point"]: one["said"][:1] for one in told} == {str(one): [*SAYS] for one in POINTS}


def test_what_was_published_stays_whole(ended):
    told, _ = ended
    assert {one["point"]: one["faults"] for one in told if one["faults"]} == {}
    assert [one["point"] for one in told if not one["is_month_as_before"]] == []


def test_with_room_again_the_same_is_published(ended, month_by_month):
    told, _ = ended
    expected = published_in(month_by_month.settings)
    assert [one["point"] for one in told if one["published"] != expected] == []


def test_without_any_room_make_pack_says_so_in_plain_words(ended):
    _, printed = ended
    assert printed.rstrip().endswith("What was published before stays as it is.")
    assert f"Not published:\n  {SAYS[0]}\n" in printed
    assert "Traceback" not in printed
