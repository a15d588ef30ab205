"""Councils with every recording issue typed in, built together with the same councils without."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import duckdb

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


@dataclass(frozen=True)
class Plan:
    """One council to invent: its size and how many faults of each shape it gets."""

    la: str
    children: int
    issues: tuple[str, ...]
    each: int


PLANS = (
    Plan(FAULTY, 1300, tuple(ISSUES), 2),
    Plan(SOUND, 1300, (), 0),
    Plan(COPIED, 2600, ("DQ01",), 300),
)


@dataclass(frozen=True)
class Finding:
    """One row of fct_dq_issue."""

    issue_id: str
    snapshot_month: str
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


@dataclass(frozen=True)
class Built:
    """The build, and per council the truth that was typed in and what was found."""

    build: Build
    truths: Mapping[str, tuple[Truth, ...]]
    findings: Mapping[str, tuple[Finding, ...]]

    def found(self, la: str, issue_id: str) -> list[Finding]:
        """The findings of one issue in a council's extracts."""
        return [one for one in self.findings[la] if one.issue_id == issue_id]

    def natural(self, issue_id: str) -> set[tuple[str, Cell]]:
        """What is found in the same council without faults: the invention's own faults."""
        return {(one.snapshot_month, one.cell) for one in self.found(SOUND, issue_id)}

    def faults(self, la: str, issue_id: str) -> dict[tuple[str, Cell], Truth]:
        """The faults typed into a council, by month and cell."""
        mine = (one for one in self.truths[la] if one.issue_id == issue_id and one.is_fault)
        return {(one.snapshot_month, cell_of(one)): one for one in mine}

    def blamed(self, la: str, issue_id: str) -> list[Finding]:
        """Findings on rows that are sound."""
        known = {*self.faults(la, issue_id), *(self.natural(issue_id) if la == FAULTY else ())}
        found = self.found(la, issue_id)
        return [one for one in found if (one.snapshot_month, one.cell) not in known]


def cell_of(truth: Truth) -> Cell:
    """Where a fault was typed."""
    return truth.person_id, truth.table, truth.row_id, truth.column


def build_councils(folder: Path) -> Built:
    """Invent, land and build all councils; the faulty one also as recorded."""
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        made = dict(zip(PLANS, pool.map(_invent, PLANS, [folder] * len(PLANS)), strict=True))
    councils = [Council(plan.la, folder / plan.la) for plan in PLANS]
    each = [Settings(inbox=council.inbox, out=folder / "out") for council in councils]
    plans = [
        plan_run(settings, council.la, council.months[-1], DBT_PROJECT)
        for council, settings in zip(councils, each, strict=True)
    ]
    database = prepare(each[0], plans)
    _add_as_recorded(database, FAULTY, plans[0].month)
    run_dbt(each[0], database)
    build = Build(database, each[0])
    truths = {plan.la: truth for plan, truth in made.items()}
    return Built(build, truths, {plan.la: tuple(_findings(build, plan.la)) for plan in PLANS})


def _invent(plan: Plan, folder: Path) -> tuple[Truth, ...]:
    extracts = Extracts.of(CouncilSettings(la=plan.la, children=plan.children, months=3))
    issues = [ISSUES[name] for name in plan.issues]
    truths = inject(extracts, issues, plan.each, seed=1)
    extracts.write(folder / plan.la)
    land(Settings(inbox=folder / plan.la, out=folder / "out"), is_checked=False)
    return tuple(by_file_and_row(extracts, truths))


def _add_as_recorded(database: Path, la: str, month: str) -> None:
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
        "issue_id, snapshot_month, person_id, table_name, row_id, column_name, bad_value, "
        "repaired_value, repair_id"
    )
    for row in build.rows(f"select {columns} from fct_computed_dq_issue where la = ?", la):
        yield Finding(*(value or "" for value in row))
