"""A lake and a build of two figures, small enough to read: what the publishing tests share."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import duckdb

from pipeline import lake
from pipeline.casting import empty_table
from pipeline.contract import TABLES
from pipeline.lake import LedgerRow
from pipeline.manifest import keep_inputs
from pipeline.month import Month
from pipeline.run_plan import RunPlan, note_end
from pipeline.settings import Settings
from pipeline.snapshots import plan_run
from pipeline.warehouse import build_database, plan_file

LA = "X1"
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


def settings_in(folder: Path) -> Settings:
    """Return settings with an inbox and an output folder under ``folder``."""
    return Settings(inbox=folder / "inbox", out=folder / "out")


def land(settings: Settings, month: Month, delivery: str = "first") -> None:
    """Write the ledger of a month as if it had been landed; ``delivery`` names its bytes."""
    for family, tables in (("social_care", ("ssd_person", "ssd_cla_episodes")), ("reference", ())):
        rows = [
            LedgerRow(family, name, "landed", "", f"{name}.csv", 0, 0, f"{delivery} {name}")
            for name in tables
        ]
        path = lake.partition(settings.lake, "ledger", LA, month, f"{family}.parquet")
        lake.write_rows(settings.lake, path, LedgerRow, rows)
    person = TABLES["ssd_person"]
    target = lake.partition(settings.lake, person.name, LA, month)
    lake.write(settings.lake, target, empty_table(person))


def definitions(folder: Path, version: int = 1) -> Path:
    """Write a dbt project with the version of one definition and nothing else."""
    project = folder / "definitions"
    indicators = project / "models" / "indicators" / "profile"
    indicators.mkdir(parents=True, exist_ok=True)
    (project / "dbt_project.yml").write_text("vars: {spine_version: 3}\n")
    (indicators / "ind_lac_count.yml").write_text(
        "models:\n  - name: ind_lac_count\n"
        f"    config: {{meta: {{indicator: {{version: {version}}}}}}}\n"
    )
    return project


def plan(settings: Settings, month: Month, folder: Path) -> RunPlan:
    """Plan a run and leave the plan where the later steps look for it."""
    planned = plan_run(settings, LA, month, definitions(folder))
    shutil.rmtree(settings.build, ignore_errors=True)
    settings.build.mkdir(parents=True)
    planned.save(plan_file(settings))
    return planned


def build(settings: Settings, planned: RunPlan, children: int = 12) -> Path:
    """Make the database that dbt would have made: one figure and one child a snapshot."""
    path = build_database(settings)
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(MODELS)
        for one in planned.pending:
            figure = [LA, one.month, one.computation, children]
            connection.execute(
                "insert into fct_computed_value values (?, ?, ?, 'lac_count', date '2026-10-31', "
                "'month_end', '', ?, 12, null, 'count', 'ok', null, false, '1')",
                figure,
            )
            connection.execute(
                "insert into fct_computed_cohort values "
                "(?, ?, ?, 'lac_count', date '2026-10-31', 'month_end', 'child-1', 'e1', "
                "null, null, true, null, null)",
                figure[:3],
            )
        _compare(connection, planned)
        connection.execute(REPORTS)
    keep_inputs(settings, planned)
    note_end(plan_file(settings), "build")
    return path


def _compare(connection: duckdb.DuckDBPyConnection, planned: RunPlan) -> None:
    for before, now in pairwise(planned.snapshots):
        if not now.is_pending:
            continue
        pair = [LA, now.month, now.computation, before.month, before.computation]
        connection.execute("insert into fct_comparison values (?, ?, ?, ?, ?, true)", pair)
        connection.execute(
            "insert into fct_computed_cohort_change values (?, ?, ?, ?, ?, 'lac_count', "
            "date '2026-09-30', 'month_end', 'child-1', 'e1', null, true, null, null, null, null, "
            "'added')",
            pair,
        )


MODELS = """
create table fct_computed_value (
    la varchar, snapshot_month varchar, computation bigint, indicator_id varchar, period_end date,
    basis varchar, breakdown varchar, value double, numerator double, denominator double,
    unit varchar, status varchar, note varchar, is_backfilled boolean, definition_version varchar
);
create table fct_computed_cohort (
    la varchar, snapshot_month varchar, computation bigint, indicator_id varchar, period_end date,
    basis varchar, person_id varchar, event_id varchar, category varchar,
    further_category varchar, in_numerator boolean, amount double, base_amount double
);
create table fct_computed_dq_issue (
    la varchar, snapshot_month varchar, computation bigint, issue_id varchar, person_id varchar,
    table_name varchar, row_id varchar, column_name varchar, bad_value varchar, detail varchar,
    evidence varchar, repaired_value varchar, repair_id varchar
);
create table fct_computed_lateness (
    la varchar, snapshot_month varchar, computation bigint, table_name varchar, team varchar,
    records bigint, records_late bigint, median_days double, ninth_decile_days double
);
create table fct_comparison (
    la varchar, snapshot_month varchar, computation bigint, previous_snapshot_month varchar,
    previous_computation bigint, is_new boolean
);
create table fct_computed_cohort_change (
    la varchar, snapshot_month varchar, computation bigint, previous_snapshot_month varchar,
    previous_computation bigint, indicator_id varchar, period_end date, basis varchar,
    person_id varchar, event_id varchar, was_in_numerator boolean, is_in_numerator boolean,
    was_category varchar, is_category varchar, was_further_category varchar,
    is_further_category varchar, change varchar
);
"""

REPORTS = """
create table rpt_indicator as
select
    'X1' as la, 'three_plus_placements_pct' as indicator_id, date '2026-10-31' as period_end,
    'rolling_12m' as basis, '' as breakdown, cast(77.04999 as double) as value,
    77.0 as published_value,
    424.0 as numerator, 551.0 as denominator, 'percent' as unit, 'ok' as status,
    null as note, '2026-10' as snapshot_month, 77.04999 as first_published_value,
    77.0 as first_published_published_value, '2026-10' as first_published_snapshot
union all
select
    'X1', 'lac_count', date '2026-10-31', 'month_end', '', 551.0, 551.0, 551.0, null, 'count',
    'ok', null, '2026-10', 551.0, 551.0, '2026-10'
union all
select
    'X2', 'lac_count', date '2026-10-31', 'month_end', '', 9.0, 9.0, 9.0, null, 'count',
    'ok', null, '2026-10', 9.0, 9.0, '2026-10';

create table rpt_scorecard as
select
    'X1' as la, 'lac_count' as indicator_id, '1.1' as ref, 'Children looked after' as title,
    'Profile' as section, 'count' as unit, 'info' as good_is, 'monthly' as timeline,
    550.0 as month_minus_2, cast(null as double) as month_minus_1, 551.0 as month,
    cast(null as double) as ytd, 'up' as change, 'info' as change_is, '' as rag, '<=5' as red,
    '=5' as amber, '' as green, 548.0 as previous_year, 98.7 as stat_neighbour_average,
    cast(null as double) as best_stat_neighbour, cast(null as double) as national_average,
    cast(null as double) as top_quartile, cast(null as double) as region, '' as data_note,
    551.0 as numerator, cast(null as double) as denominator, '' as rag_basis;

create table rpt_restatement as
select
    'X1' as la, 'lac_count' as indicator_id, date '2026-08-31' as period_end, 'month_end' as basis,
    '' as breakdown, 'count' as unit, 548.0 as first_published_value,
    '2026-08' as first_published_snapshot, 549.0 as previous_value, 550.0 as current_value,
    '2026-10' as snapshot_month, 1 as rows_added, 0 as rows_changed, 0 as rows_removed
union all
select
    'X1', 'lac_count', date '2026-08-31', 'month_end', '', 'count', 548.0, '2026-08', 548.0, 549.0,
    '2026-09', 1, 0, 0;

create table rpt_children as
select
    'X1' as la, 'lac_count' as indicator_id, date '2026-10-31' as period_end, 'month_end' as basis,
    'child-1' as person_id, '007' as event_id, true as in_numerator
union all
select 'X1', 'foster_households', date '2026-10-31', 'month_end', null, 'h1', true;

create table rpt_restated_child as
select
    'X1' as la, 'lac_count' as indicator_id, date '2026-09-30' as period_end, 'month_end' as basis,
    'child-1' as person_id, '007' as event_id, 'added' as change, null as was_in_numerator,
    true as is_in_numerator, 'recorded late' as cause, 'ssd_cla_episodes' as table_name,
    '0071' as row_id, date '2026-09-30' as event_date, 31 as days_late, 'lac team 1' as team,
    '2026-09' as previous_snapshot_month, '2026-10' as snapshot_month
union all
select
    'X1', 'lac_count', date '2026-09-30', 'month_end', 'child-0', '008', 'removed', true, null,
    'no record of the child changed', null, null, null, null, null, '2026-09', '2026-10';

create table rpt_officers_lateness as
select
    'X1' as la, '2026-10' as snapshot_month, 'ssd_cla_visits' as table_name,
    'visits' as table_title, team, records, 83 as records_late, 19.5 as median_days,
    33.0 as ninth_decile_days
from (values ('lac team 1', 90), ('', 541)) as t (team, records);

create table rpt_public_front as
select 'X1' as la, 'Eastmoor' as council_name, '2026-10' as month, date '2026-10-31' as period_end;

create table rpt_dq_issue as
select
    'X1' as la, 'DQ01' as issue_id, 'Copied end date' as title, 'high' as severity,
    'child-1' as person_id, 'ssd_cla_episodes' as table_name, '007' as row_id,
    'clae_cla_episode_ceased_date' as column_name, '2026-09-01' as bad_value,
    'Ended on 2026-06-01.' as detail, 'LCS team & supplier' as owner, 'Type the end.' as to_do,
    'ceased;lac_count' as affects, true as repaired, '2026-06-01' as repaired_value,
    'DQ01-1' as repair_id, 'Extract of 2026-08.' as evidence, '2026-09' as open_since,
    1 as months_open
union all
select
    'X1', 'DQ26', 'Distance unknown', 'medium', null, 'ssd_cla_placement', '=1+1', 'distance',
    null, '@sum(a1) <script>', 'Placement team', '-cmd', 'over_20_miles', false, null, null, null,
    '2025-10', 12;

create table rpt_quarantine as
select
    'X1' as la, 'social_care' as family, 'ssd_person' as table_name, 'ssd_person.csv' as file_name,
    cast(3 as bigint) as row_number, 'pers_dob' as column_name, '=1+1, "x"' as bad_value,
    'not a date' as reason, 1 as row_count, 'row refused' as effect;
"""
