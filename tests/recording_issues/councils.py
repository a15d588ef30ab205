"""Councils with every recording issue typed in, built together with the same councils without."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import duckdb

from pipeline.month import Month
from pipeline.settings import Settings
from pipeline.snapshots import plan_run
from pipeline.warehouse import AS_RECORDED
from synthetic.faults.cases import by_file_and_row
from synthetic.faults.catalogue import ISSUES
from synthetic.faults.extracts import Extracts
from synthetic.faults.injection import Truth, inject
from synthetic.settings import CouncilSettings
from tests.end_to_end.building import DBT_PROJECT, Build, Council, land, prepare, run_dbt

FAULTY, SOUND, COPIED = "faulty", "sound", "copied"
Cell = tuple[str, str, str, str]


# Copied end dates need children who left and came back, so this council looks far back.
WITH_FAULTS = CouncilSettings(la=FAULTY, children=700, months=3)
WITH_COPIED_ENDS = CouncilSettings(la=COPIED, children=650, months=3, years=14)
MONTH = WITH_FAULTS.last_month
CARE_TABLES = ("ssd_person", "ssd_cla_episodes", "ssd_cla_placement", "ssd_legal_status")


@dataclass(frozen=True)
class Finding:
    """One finding in the latest extract."""

    issue_id: str
    person_id: str
    table: str
    row_id: str
    column: str
    bad_value: str
    repaired_value: str
    repair_id: str

    @property
    def cell(self) -> Cell:
        """Where it stands, as the truth names it."""
        return self.person_id, self.table, self.row_id, self.column

    @property
    def without_row(self) -> tuple[str, str, str, str]:
        """What it says, wherever in the file the row has come to stand."""
        return self.person_id, self.table, self.column, self.bad_value


@dataclass(frozen=True)
class Built:
    """The build, and per council the truth that was typed in and what was found."""

    build: Build
    truths: Mapping[str, tuple[Truth, ...]]
    findings: Mapping[str, tuple[Finding, ...]]
    # Of each issue, whom its shapes chose: what they cost another issue is no fault of its rule.
    touched: Mapping[str, frozenset[str]]

    @property
    def month(self) -> Month:
        """The published month."""
        return Month.parse(MONTH)

    def found(self, la: str, issue_id: str) -> list[Finding]:
        """The findings of one issue in a council's extracts."""
        return [one for one in self.findings[la] if one.issue_id == issue_id]

    def by_cell(self, la: str, issue_id: str) -> dict[Cell, Finding]:
        """The findings of one issue by where they stand."""
        return {one.cell: one for one in self.found(la, issue_id)}

    def faults(self, la: str, issue_id: str) -> dict[Cell, Truth]:
        """The faults typed into a council, by where they stand."""
        mine = (one for one in self.truths[la] if one.issue_id == issue_id and one.is_fault)
        return {cell_of(one): one for one in mine}

    def blamed(self, la: str, issue_id: str) -> list[Finding]:
        """Findings that were neither typed in nor stand in the council without faults."""
        faults = self.faults(la, issue_id)
        natural = {one.without_row for one in self.found(SOUND, issue_id)}
        others = frozenset().union(
            *(persons for issue, persons in self.touched.items() if issue != issue_id)
        )
        return [
            one
            for one in self.found(la, issue_id)
            if one.cell not in faults
            and one.without_row not in natural
            and one.person_id not in others
        ]

    def wrongly_repaired(self, la: str, issue_id: str) -> list[tuple[Truth, str]]:
        """Faults whose repaired value is not the true one, or that should have been left."""
        found = self.by_cell(la, issue_id)
        pairs = [
            (truth, found[cell].repaired_value)
            for cell, truth in self.faults(la, issue_id).items()
            if cell in found
        ]
        return [
            (truth, value)
            for truth, value in pairs
            if value != (truth.true_value if truth.is_repairable else "")
        ]


def cell_of(truth: Truth) -> Cell:
    """Where a fault was typed."""
    return truth.person_id, truth.table, truth.row_id, truth.column


def build_councils(folder: Path) -> Built:
    """Invent, land and build all councils; those with faults also as recorded."""
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        faulty, copied = pool.submit(_with_faults, folder), pool.submit(_copied_ends, folder)
        touched, truth = faulty.result()
        truths = {FAULTY: truth, COPIED: copied.result()}
    councils = [Council(la, folder / la) for la in (FAULTY, SOUND, COPIED)]
    each = [Settings(inbox=council.inbox, out=folder / "out") for council in councils]
    plans = [
        plan_run(settings, council.la, council.months[-1], DBT_PROJECT)
        for council, settings in zip(councils, each, strict=True)
    ]
    database = prepare(each[0], plans)
    for la in (FAULTY, COPIED):
        add_as_recorded(database, la, MONTH)
    run_dbt(each[0], database)
    build = Build(database, each[0])
    found = {council.la: tuple(_findings(build, council.la)) for council in councils}
    return Built(build, truths, found, touched)


def _with_faults(folder: Path) -> tuple[dict[str, frozenset[str]], tuple[Truth, ...]]:
    """The council as it is, and again with two faults of each shape."""
    extracts = Extracts.of(WITH_FAULTS)
    replace(extracts, settings=replace(WITH_FAULTS, la=SOUND)).write(folder / SOUND)
    truths: list[Truth] = []
    touched: dict[str, frozenset[str]] = {}
    for issue in ISSUES.values():
        before = frozenset(extracts.taken)
        truths += inject(extracts, [issue], each=2)
        touched[issue.issue_id] = frozenset(extracts.taken) - before
    extracts.write(folder / FAULTY)
    for la in (SOUND, FAULTY):
        land(Settings(inbox=folder / la, out=folder / "out"), is_checked=False)
    return touched, tuple(by_file_and_row(extracts, truths))


def _copied_ends(folder: Path) -> tuple[Truth, ...]:
    """A council with 1,500 copied end dates and only the tables that show them."""
    extracts = Extracts.of(WITH_COPIED_ENDS)
    truths = inject(extracts, [replace(ISSUES["DQ01"], look_alikes={})], each=300)
    extracts.write(folder / COPIED)
    for path in (folder / COPIED).glob("2*/*/*.csv"):
        if path.stem not in CARE_TABLES:
            path.unlink()
    land(Settings(inbox=folder / COPIED, out=folder / "out"), is_checked=False)
    return tuple(truths)


def add_as_recorded(database: Path, la: str, month: str) -> None:
    """Show a council's published month a second time, as a run does."""
    again = f"snapshot_month || '{AS_RECORDED}' as snapshot_month"
    with duckdb.connect(str(database)) as connection:
        tables = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'lake' "
            "and table_type = 'BASE TABLE' and table_name <> 'run'"
        ).fetchall()
        for (table,) in tables:
            more = ", true as is_as_recorded" if table == "snapshot" else ""
            connection.execute(
                f"insert into lake.{table} select * replace ({again}{more}) from lake.{table} "
                "where la = ? and snapshot_month = ?",
                [la, month],
            )


def _findings(build: Build, la: str) -> Iterable[Finding]:
    columns = (
        "issue_id, person_id, table_name, row_id, column_name, bad_value, repaired_value, repair_id"
    )
    query = f"select {columns} from fct_computed_dq_issue where la = ? and snapshot_month = ?"
    for row in build.rows(query, la, MONTH):
        yield Finding(*(value or "" for value in row))
