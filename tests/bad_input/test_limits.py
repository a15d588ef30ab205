"""Whatever a file is, reading it takes bounded memory and time: measured from outside."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.landing import land_family
from pipeline.limits import VARIABLES, Limits, LimitUnusable
from pipeline.settings import Settings

from .inbox import GOOD, MONTH, PLANS, Inbox
from .workbooks import bomb, workbook

ROOT = Path(__file__).resolve().parents[2]
# What the process takes before it reads anything is not counted.
MEASURE = """
import json, resource, sys, time
from pathlib import Path
from pipeline.contract import TABLES
from pipeline.inbox import files_in
from pipeline import reading_csv, reading_parquet, reading_workbook
from pipeline.read_table import FileUnreadable
from pipeline.reading import read_delivery
before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
table = TABLES["ext_pathway_plan"]
(file,) = files_in(Path(sys.argv[1]), (table,)).by_table[table.name]
try:
    said = f"read {read_delivery(file, table).rows.num_rows} rows"
except FileUnreadable as problem:
    said = str(problem)
more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
other = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
seconds = time.monotonic() - begun
print(json.dumps({"said": said, "mb": more // 1024, "other": other // 1024, "seconds": seconds}))
"""


def measured(folder: Path, **limits: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder)],
        env={"PYTHONPATH": f"{ROOT / 'dags'}:{ROOT}", **limits},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / PLANS.rpartition("/")[2]


def test_a_csv_of_five_gigabytes_is_refused_unread(file: Path) -> None:
    with file.open("wb") as sparse:
        sparse.write(b"person_id,plan_date,plan_type\n")
        sparse.truncate(5_000_000_000)
    found = measured(file.parent)
    assert "has 5,000 MB, and 250 are the most that is read" in found["said"]
    assert (found["mb"] < 20, found["seconds"] < 20) == (True, True), found


def test_a_bomb_is_refused_before_it_takes_memory(file: Path) -> None:
    file.with_suffix(".xlsx").write_bytes(bomb(400_000_000))
    found = measured(file.parent, PACK_MAX_UNPACKED_MB="200")
    assert "comes to more than 200 MB once it is unpacked" in found["said"]
    assert (found["mb"] < 50, found["other"] < 150) == (True, True), found


def test_a_cell_at_the_far_end_takes_no_more_than_its_process_may(file: Path) -> None:
    content = workbook(lambda sheet: sheet.cell(1_048_576, 16_384, "x"))
    file.with_suffix(".xlsx").write_bytes(content)
    found = measured(file.parent)
    assert "took more than 4,000 MB of memory" in found["said"]
    assert (found["mb"] < 50, found["other"] < 500) == (True, True), found


def test_ten_thousand_faults_of_a_kind_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    inbox, bad = Inbox(tmp_path / "inbox"), 10_050
    rows = [[f"P{n}", "soon" if n < bad else "2025-01-01", "Review"] for n in range(60_000)]
    inbox.write(PLANS, [GOOD[PLANS][0], *rows])
    settings = Settings(inbox.root, tmp_path / "out", shipped_reference=tmp_path)
    landed = land_family(settings, MONTH, "care_leavers")
    entry = next(one for one in landed.ledger if one.table_name == "ext_pathway_plan")
    assert (entry.status, entry.refused_rows) == ("landed", bad)
    assert len(landed.refused_rows) == 10_000
    assert sum(one.row_count for one in landed.refused_rows) == bad
    assert landed.refused_rows[-1].row_count == 51


def test_every_limit_is_documented_with_its_variable() -> None:
    page = (ROOT / "docs" / "bad-input.md").read_text(encoding="utf-8")
    for name, variable in VARIABLES.items():
        assert f"| `{variable}` | {getattr(Limits(), name):,} |" in page


def test_limits_are_read_from_the_environment() -> None:
    assert Limits.from_environment({"PACK_MAX_FILE_MB": "7", "PACK_MAX_ROWS": ""}).file_mb == 7
    assert Limits.from_environment({}) == Limits()
    with pytest.raises(LimitUnusable, match="PACK_MAX_COLUMNS is '-1': give a whole number"):
        Limits.from_environment({"PACK_MAX_COLUMNS": "-1"})
