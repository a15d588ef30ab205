"""What repairs do to the figures: built without them, the figures differ by the weights shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline.recording_issues import read_issues
from pipeline.settings import Settings
from pipeline.snapshots import plan_run
from pipeline.warehouse import prepare_warehouse
from tests.end_to_end.building import DBT_PROJECT, run_dbt

from .councils import COPIED, FAULTY, MONTH, Built

Key = tuple[object, ...]
FIGURES = "indicator_id, period_end, basis"


@pytest.fixture(scope="module")
def without_repairs(built: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[Key, Key]:
    """The figures of the same extract, built with REPAIRS=off."""
    lake = built.build.settings
    out = tmp_path_factory.mktemp("without") / "out"
    (out / "private").mkdir(parents=True)
    (out / "private" / "lake").symlink_to(lake.lake, target_is_directory=True)
    settings = Settings(inbox=lake.inbox, out=out, repairs=False)
    plan = plan_run(settings, FAULTY, built.month, DBT_PROJECT)
    only = replace(
        plan,
        snapshots=tuple(
            replace(one, is_selected=one.month == MONTH, is_pending=one.month == MONTH)
            for one in plan.snapshots
        ),
    )
    database = prepare_warehouse(settings, only)
    run_dbt(settings, database)
    return _figures(database, "select distinct snapshot_month from fct_computed_value")


def _figures(database: Path, months: str) -> dict[Key, Key]:
    query = (
        f"select {FIGURES}, value, numerator, denominator from fct_computed_value "
        f"where breakdown = '' and status = 'ok' and snapshot_month in ({months})"
    )
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.execute(months).fetchall() == [(MONTH,)]
        return {row[:3]: row[3:] for row in connection.execute(query).fetchall()}


def weights(built: Built, columns: str, issue: str, la: str = FAULTY) -> dict[Key, Key]:
    """Columns of fct_dq_impact by figure: of all issues together, or of each alone."""
    query = f"select {FIGURES}, issue_id, {columns} from fct_dq_impact where la = ? and {issue}"
    return {row[:4]: row[4:] for row in built.build.rows(query, la)}


def test_figures_without_repairs_are_those_shown_as_recorded(
    built: Built, without_repairs: dict[Key, Key]
) -> None:
    columns = "value_as_recorded, numerator_as_recorded, denominator_as_recorded"
    shown = {key[:3]: row for key, row in weights(built, columns, "issue_id = ''").items()}
    assert len(shown) > 200
    assert shown == {key: row for key, row in without_repairs.items() if key in shown}


def test_the_steps_of_the_issues_lead_to_the_published_figures(built: Built) -> None:
    whole = weights(built, "value_as_recorded, value_after_repair", "issue_id = ''")
    steps: dict[Key, list[Key]] = defaultdict(list)
    moves = weights(built, "value_without, value_with", "issue_id <> ''")
    for key in sorted(moves, key=repr):
        steps[key[:3]].append(moves[key])
    for (*figure, _), (recorded, repaired) in whole.items():
        path = [recorded, *(end for _, end in steps.get(tuple(figure), []))]
        starts = [start for start, _ in steps.get(tuple(figure), [])]
        assert path[:-1] == pytest.approx(starts, nan_ok=True)
        assert path[-1] == pytest.approx(repaired)


@pytest.mark.parametrize(
    ("la", "issues"), [(FAULTY, {"DQ08", "DQ11", "DQ33", "DQ34"}), (COPIED, {"DQ01"})]
)
def test_what_an_issue_moves_stands_in_its_list(built: Built, la: str, issues: set[str]) -> None:
    affects = {issue.id: set(issue.affects) for issue in read_issues()}
    moved = {
        (issue, str(indicator))
        for (indicator, _, _, issue), (before, after) in weights(
            built, "value_without, value_with", "issue_id <> '' and issue_id not like '%;%'", la
        ).items()
        if before != after
    }
    assert {issue for issue, _ in moved} >= issues
    assert "others" not in {issue for issue, _ in moved}
    unsaid = sorted((issue, one) for issue, one in moved if one not in affects[str(issue)])
    assert not unsaid
