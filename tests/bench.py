"""``make bench``: what the monthly job costs, on the invented council.

Prints CPU seconds (the figure to trust on a shared machine), wall seconds and peak memory of the
whole process for the first run (fifteen months) and for one further month, how fast a large file
is landed, and how long one dbt build takes.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024
VISITS = 1_000_000
RETURN_COPIES = 12
PROJECT = Path(__file__).resolve().parents[1] / "dbt_project"


@dataclass(frozen=True)
class Cost:
    """What one finished process used, as the operating system counted it."""

    cpu_s: float
    wall_s: float
    peak_mb: float

    def __str__(self) -> str:
        return f"{self.cpu_s:6.1f} CPU s, {self.wall_s:6.1f} s wall, peak {self.peak_mb:5.0f} MB"


def measure(command: Sequence[str]) -> Cost:
    """Run ``command`` to its end and return what it cost; stop here where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"this failed, so nothing was measured: {' '.join(command)}")
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - started, used.ru_maxrss / 1024)


def monthly_job(folder: Path) -> None:
    """Measure the first run, one further month, and the same month again."""
    inbox = folder / "inbox"
    pack = [sys.executable, "-m", "pipeline.pack", "--inbox", str(inbox), "--out"]
    print(f"invented council   {measure([sys.executable, '-m', 'synthetic', '--out', str(inbox)])}")
    print(f"fifteen months     {measure([*pack, str(folder / 'all')])}")
    print_build(folder / "all")
    measure([*pack, str(folder / "monthly"), "--month", "2026-09"])
    print(f"one further month  {measure([*pack, str(folder / 'monthly')])}")
    print_build(folder / "monthly")
    print(f"the same again     {measure([*pack, str(folder / 'monthly')])}")
    warehouse = str(folder / "monthly" / "private" / "warehouse.duckdb")
    for what, editions in (("public pack alone", "public"), ("both editions", "both")):
        cost = measure([sys.executable, "-m", "tests.bench_pack", warehouse, editions])
        print(f"{what:18} {cost}")


def print_build(out: Path) -> None:
    """Print what the dbt build of that run took."""
    record = json.loads((out / "private" / "dbt" / "build.json").read_text())
    print(
        f"  dbt build        {record['elapsed_s']:6.1f} s wall, "
        f"{record['models']} models, {record['tests']} tests"
    )


def landing_speed(folder: Path) -> None:
    """Land one large visits file in this process and print the speed."""
    from pipeline.landing import land_family
    from pipeline.month import Month
    from pipeline.settings import Settings

    file = folder / "large" / "2026-10" / "social_care" / "ssd_cla_visits.csv"
    file.parent.mkdir(parents=True)
    with file.open("w", encoding="utf-8", newline="\n") as out:
        out.write(
            "clav_cla_visit_id,clav_cla_id,clav_person_id,clav_cla_visit_date,"
            "clav_cla_visit_seen,clav_cla_visit_seen_alone\n"
        )
        out.writelines(
            f"V{row:07d},C{row % 900:05d},P{row % 900:05d},"
            f"{1 + row % 28:02d}/{1 + row % 12:02d}/2025,Y,N\n"
            for row in range(VISITS)
        )
    settings = Settings(inbox=folder / "large", out=folder / "large_out")
    before, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    land_family(settings, Month.parse("2026-10"), "social_care")
    after = resource.getrusage(resource.RUSAGE_SELF)
    wall = time.perf_counter() - started
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    size = file.stat().st_size / MEGABYTE
    print(
        f"landing            {size / wall:6.1f} MB/s ({size:.0f} MB, {VISITS:,} rows: "
        f"{cpu:.1f} CPU s, {wall:.1f} s wall, checks and their imports included)"
    )


def recording_issues(folder: Path) -> None:
    """Measure all rules of recording issues on an SSDA903 return of some 260,000 rows.

    Everything they read is built before; what is measured is all rules and the one table of
    findings, with the start of dbt.
    """
    from pipeline.landing import land_family
    from pipeline.month import Month
    from pipeline.reference import council_code, land_reference
    from pipeline.settings import Settings
    from pipeline.snapshots import plan_run
    from pipeline.warehouse import prepare_warehouse
    from tests.bench_return import write_return

    month, inbox, plain = Month.parse("2026-10"), folder / "return", folder / "plain"
    faults = ("--months", "3", "--faults", "all", "--each", "1")
    measure([sys.executable, "-m", "synthetic", "--out", str(plain), *faults])
    rows = write_return(plain / str(month), inbox / str(month) / "ssda903", RETURN_COPIES)
    settings = Settings(inbox=inbox, out=folder / "return_out")
    land_reference(settings, month)
    land_family(settings, month, "social_care")
    plan = plan_run(settings, council_code(settings), month, PROJECT)
    database = prepare_warehouse(settings, plan)
    os.environ["PACK_WAREHOUSE"] = str(database)
    print(f"a return of {rows:,} rows")
    for what, select in (
        ("what the rules read", "+path:models/data_quality --exclude path:models/data_quality"),
        ("all rules", "path:models/data_quality fct_computed_dq_issue"),
        ("dbt by itself", "stg_landing__run"),
    ):
        command = dbt("run", "--select", *select.split(), folder=folder)
        print(f"  {what:19} {measure(command)}")


def dbt(*words: str, folder: Path) -> list[str]:
    """Return the command that runs dbt on the project."""
    target = str(folder / "dbt")
    return [
        *(str(Path(sys.executable).with_name("dbt")), "--quiet", "--log-level-file", "none"),
        *words,
        *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
        *("--target-path", target, "--log-path", target),
    ]


def main() -> None:
    """Measure everything in a temporary folder and print it."""
    with tempfile.TemporaryDirectory() as name:
        monthly_job(Path(name))
        landing_speed(Path(name))
        recording_issues(Path(name))


if __name__ == "__main__":
    main()
