"""Officers' marts of two months and three figures, small enough to read."""

from __future__ import annotations

from pathlib import Path

import duckdb

THREE_PLUS = "three_plus_placements_pct"

_MARTS = f"""
create table dim_publication as select 'X1' as la, '2026-10' as month;

create table dim_indicator as
select
    indicator_id, null as ref_2015, '8.2' as ref_2019, ref as ref_2022_23, title,
    'Placements' as section, position, 'percent' as unit, good_is, headline_basis,
    concat('What ', indicator_id, ' counts.') as definition, over_whom, 'It matters.' as why,
    'C3, C9' as authority, null as caveat, 'ssd_person' as source_tables, 'Placements' as owner
from (values
    ('{THREE_PLUS}', '4.19', '3 or more placements', 220, 'low', 'rolling_12m', 'All.'),
    ('family_based_pct', null, 'Family based', 230, 'high', 'month_end', 'All.'),
    ('admissions', '4.3', 'Admissions', 30, 'info', 'in_month', null),
    ('pep_termly_pct', '4.11', 'PEP', 330, 'high', 'term', null),
) as t (indicator_id, ref, title, position, good_is, headline_basis, over_whom);

create table fct_indicator_value as
select
    'X1' as la, * replace (cast(period_end as date) as period_end), value as published_value,
    case status when 'not_available' then 'no visits came' end as note
from (values
    ('{THREE_PLUS}', '2026-10-31', 'rolling_12m', '', 50.0, 2, 4, 'percent', 'ok', '2026-10'),
    ('{THREE_PLUS}', '2026-09-30', 'rolling_12m', '', 25.0, 1, 4, 'percent', 'ok', '2026-10'),
    ('{THREE_PLUS}', '2026-08-31', 'rolling_12m', '', 75.0, 3, 4, 'percent', 'ok', '2026-09'),
    ('family_based_pct', '2026-10-31', 'month_end', '', 50.0, 1, 2, 'percent', 'ok', '2026-10'),
    ('admissions', '2026-10-31', 'in_month', '', 2.0, 2, null, 'count', 'ok', '2026-10'),
    ('admissions', '2026-10-31', 'in_month', 'age=1-4', 1.0, 1, null, 'count', 'ok', '2026-10'),
    ('admissions', '2026-10-31', 'fytd', '', null, null, null, 'count', 'not_available', '2026-10'),
    ('admissions', '2026-03-31', 'fy', '', 195.0, 195, null, 'count', 'ok', '2026-10'),
    ('admissions', '2025-03-31', 'fy', '', 180.0, 180, null, 'count', 'ok', '2026-10'),
    ('pep_termly_pct', '2026-07-21', 'term', '', 90.0, 9, 10, 'percent', 'ok', '2026-10'),
    ('pep_termly_pct', '2026-03-27', 'term', '', 80.0, 8, 10, 'percent', 'ok', '2026-10'),
    ('{THREE_PLUS}', '2026-03-31', 'rolling_12m', '', 50.0, 1, 2, 'percent', 'ok', '2026-05'),
) as t (
    indicator_id, period_end, basis, breakdown, value, numerator, denominator, unit, status,
    snapshot_month
);

create table fct_indicator_cohort as
select
    * replace (cast(period_end as date) as period_end),
    null as further_category, null as amount, null as base_amount
from (values
    ('{THREE_PLUS}', '2026-10-31', 'rolling_12m', '2026-10', 2, 'stayed-in', 'e1', null, true),
    ('{THREE_PLUS}', '2026-10-31', 'rolling_12m', '2026-10', 2, 'came-in', 'e2', null, true),
    ('{THREE_PLUS}', '2026-10-31', 'rolling_12m', '2026-10', 2, 'new-child', 'e3', null, false),
    ('{THREE_PLUS}', '2026-10-31', 'rolling_12m', '2026-10', 2, 'never-in', 'e4', null, false),
    ('{THREE_PLUS}', '2026-10-31', 'rolling_12m', '2026-10', 1, 'corrected-away', 'e5', null, true),
    ('{THREE_PLUS}', '2026-10-31', 'rolling_12m', '2026-09', 2, 'other-extract', 'e6', null, true),
    ('{THREE_PLUS}', '2026-09-30', 'rolling_12m', '2026-10', 2, 'stayed-in', 'e1', null, true),
    ('{THREE_PLUS}', '2026-09-30', 'rolling_12m', '2026-10', 2, 'came-in', 'e2', null, false),
    ('{THREE_PLUS}', '2026-09-30', 'rolling_12m', '2026-10', 2, '[b]:smile:', 'e7', null, true),
    ('{THREE_PLUS}', '2026-08-31', 'rolling_12m', '2026-09', 2, 'in-august', 'e8', null, true),
    ('family_based_pct', '2026-10-31', 'month_end', '2026-10', 2, 'at-home', 'e1', null, true),
    ('family_based_pct', '2026-10-31', 'month_end', '2026-10', 2, 'ask-about', 'e2', null, false),
    ('admissions', '2026-10-31', 'in_month', '2026-10', 2, 'one', 'e1', '1-4', true),
    ('admissions', '2026-10-31', 'in_month', '2026-10', 2, null, '[b]odd[/b] :smile:', '5-9', true),
) as t (
    indicator_id, period_end, basis, snapshot_month, computation, person_id, event_id, category,
    in_numerator
);

create table fct_restatement as
select
    '{THREE_PLUS}' as indicator_id, date '2026-09-30' as period_end,
    'rolling_12m' as basis, '' as breakdown, 'percent' as unit, 75.0 as previous_value,
    25.0 as current_value, '2026-10' as snapshot_month, 0 as rows_added, 2 as rows_changed,
    0 as rows_removed;

create table rpt_scorecard as
select
    '{THREE_PLUS}' as indicator_id, 'low' as good_is, '<8' as green,
    '8-15.9' as amber, '16+' as red, 'red' as rag, 'up' as change, 'worse' as change_is,
    'Break in series from 2026-04: new rule' as data_note;
"""


def write_marts(out: Path) -> Path:
    """Write the marts where a publication puts them, and return their path."""
    path = out / "restricted" / "marts.duckdb"
    path.parent.mkdir(parents=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(_MARTS)
    return path
