"""One build of all drawn councils and their twins."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from pipeline.contract import EXTRACT_FAMILIES, SQL_TYPES, TABLES, Table
from pipeline.dbt_build import DBT_PROJECT
from pipeline.settings import Settings
from pipeline.snapshots import plan_run
from tests.end_to_end.building import Build, Council, land, prepare
from tests.end_to_end.spellings import SPELLINGS
from tests.end_to_end.table_file import TableFile

from .councils import Rows, draw_councils, rows_of
from .days import EARLIEST, MONTH
from .twins import TWINS, twin

COUNCILS = int(os.environ.get("PROPERTY_COUNCILS", "64"))
SEED = int(os.environ.get("PROPERTY_SEED", "0"))
# All drawn children in one council, landed from files; and again with every table in some spelling.
TOGETHER = "together"
RESPELLED = [f"{TOGETHER}_respelled_{number}" for number in (1, 2)]
# Data tests, and only those that read nothing besides the models that were built.
TESTS_OF_THEM = ("--exclude", "test_type:unit", "--indirect-selection", "cautious")
HISTORY_FROM = "1995-01-01"


@dataclass(frozen=True)
class Batch:
    """The build and the rows that each council in it was made of."""

    build: Build
    rows: Mapping[str, Rows]

    @property
    def drawn(self) -> list[str]:
        """The councils as drawn."""
        return [la for la in self.rows if "/" not in la]

    def told(self, failing: Iterable[str]) -> str:
        """Which councils fail, and all rows of the smallest of them."""
        found = sorted(set(failing), key=lambda la: (self._size(la), la))
        smallest = found[0]
        shown = [smallest.partition("/")[0], smallest] if "/" in smallest else [smallest]
        return "\n".join(
            [f"{len(found)} councils: {', '.join(found[:20])}", *map(self._written, shown)]
        )

    def _size(self, la: str) -> int:
        return sum(map(len, self.rows[la].values())) if la in self.rows else 10**9

    def _written(self, la: str) -> str:
        lines = [f"{la}:"]
        for table, rows in self.rows.get(la, {}).items():
            lines += [
                f"  {table}: " + " ".join(f"{name}={cell}" for name, cell in row.items() if cell)
                for row in rows
            ]
        return "\n".join(lines)


def build_batch(folder: Path, project: Path = DBT_PROJECT) -> Batch:
    """Draw the councils, land them together, and build them and their twins apart."""
    drawn = {
        f"c{number:03d}": rows_of(council, f"c{number:03d}")
        for number, council in enumerate(draw_councils(COUNCILS, SEED))
    }
    twins = {f"{la}/{kind}": twin(rows, kind, la) for la, rows in drawn.items() for kind in TWINS}
    councils = _write_together(drawn, folder)
    settings = [Settings(inbox=council.inbox, out=folder / "out") for council in councils]
    for one in settings:
        land(one, is_checked=False)
    plans = [
        plan_run(one, council.la, MONTH, project)
        for council, one in zip(councils, settings, strict=True)
    ]
    database = prepare(settings[0], plans)
    with duckdb.connect(str(database)) as connection:
        _add(connection, {**drawn, **twins})
    build = Build(database, settings[0])
    run_dbt(build, "run", project)
    return Batch(build, {**drawn, **twins})


def run_dbt(build: Build, command: str, project: Path = DBT_PROJECT) -> list:
    """Run the models behind every computed figure, or the tests of those models."""
    here, private = Path.cwd(), build.settings.private
    os.environ["PACK_WAREHOUSE"] = str(build.database.resolve())
    try:
        done = dbtRunner().invoke(
            [
                *("--quiet", "--log-level-file", "none", command),
                *("--select", "+fct_computed_value", "stock_equals_flow"),
                *(TESTS_OF_THEM if command == "test" else ()),
                # A calendar for each of hundreds of councils: no longer than the drawn days need.
                *("--vars", f"{{calendar_from: {EARLIEST}, calendar_to: 2026-12-31}}"),
                *("--project-dir", str(project), "--profiles-dir", str(project)),
                *("--target-path", str((private / "dbt").resolve())),
                *("--log-path", str((private / "logs").resolve())),
                *("--threads", "2"),
            ]
        )
    finally:
        os.chdir(here)
        DuckDBConnectionManager.close_all_connections()
        os.environ.pop("PACK_WAREHOUSE")
    assert done.exception is None, done.exception
    results = list(done.result.results)
    broken = [f"{one.node.name}: {one.message}" for one in results if str(one.status) == "error"]
    assert not broken, "\n".join(broken)
    return results


def _write_together(drawn: Mapping[str, Rows], folder: Path) -> list[Council]:
    councils = [Council(la, folder / la) for la in (TOGETHER, *RESPELLED)]
    for number, council in enumerate(councils):
        for table in _tables():
            rows = [
                row for council_rows in drawn.values() for row in council_rows.get(table.name, ())
            ]
            path = council.inbox / str(MONTH) / table.family / f"{table.name}.csv"
            file = TableFile(path, [column.name for column in table.read_columns], [])
            file.rows = [dict.fromkeys(file.columns, "") | row for row in rows]
            path.parent.mkdir(parents=True, exist_ok=True)
            file.write()
            if number:
                _respell(file, number)
        _write_reference(council)
    return councils


def _respell(file: TableFile, number: int) -> None:
    """Each table in a spelling of its own; another one in the next council."""
    names = [table.name for table in _tables()]
    ways = list(SPELLINGS.values())
    ways[(names.index(file.path.stem) + number * 7) % len(ways)](file)


def _write_reference(council: Council) -> None:
    folder = council.inbox / "reference"
    folder.mkdir()
    for name, cells in {
        "ref_council": {"la": council.la, "name": council.la, "history_from": HISTORY_FROM},
        "ref_population": {
            "la": council.la,
            "estimate_date": "2022-06-30",
            "published_on": "2023-06-22",
            "pop_0_17": "1000",
        },
    }.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, cells)
            writer.writeheader()
            writer.writerow(cells)


def _add(connection: duckdb.DuckDBPyConnection, councils: Mapping[str, Rows]) -> None:
    """Put the rows of each council into the lake, with the reference data of all of them.

    A twin gives its own three months only: that is where it is compared.
    """
    named = pa.table({"one": list(councils)})
    connection.register("named", named)
    for (name,) in connection.execute(
        "select table_name from information_schema.tables where table_schema = 'lake' "
        "and (table_name like 'ref_%' or table_name in ('ledger', 'snapshot', 'run'))"
    ).fetchall():
        own = ", one as council" if name in ("ref_council", "ref_population") else ""
        first = ", not contains(one, '/') as is_first" if name == "snapshot" else ""
        connection.execute(
            f"insert into lake.{name} by name "
            f"select * exclude (one) replace (one as la{own}{first}) "
            f"from lake.{name} cross join named where la = '{TOGETHER}'"
        )
    for table in _tables():
        _add_table(connection, table, councils)


def _add_table(
    connection: duckdb.DuckDBPyConnection, table: Table, councils: Mapping[str, Rows]
) -> None:
    rows = [
        (la, number, row)
        for la, tables in councils.items()
        for number, row in enumerate(tables.get(table.name, ()), start=2)
    ]
    connection.register(
        "given",
        pa.table(
            {
                "la": [la for la, _, _ in rows],
                "source_row": [number for _, number, _ in rows],
                **{
                    f"_{column.name}": pa.array(
                        [row.get(column.name) or None for _, _, row in rows], pa.string()
                    )
                    for column in table.read_columns
                },
            }
        ),
    )
    cells = ", ".join(
        f"cast(_{column.name} as {SQL_TYPES[column.type]}) as {column.name}"
        for column in table.read_columns
    )
    connection.execute(
        f"insert into lake.{table.name} by name select la, '{MONTH}' as snapshot_month, {cells}, "
        f"'{table.name}.csv' as source_file, source_row from given"
    )


@cache
def _tables() -> tuple[Table, ...]:
    return tuple(table for table in TABLES.values() if table.family in EXTRACT_FAMILIES)
