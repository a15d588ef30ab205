-- Grain: one row per fault of recording in the published month's extract (dq_issues.csv). Restricted.
{% set months = 'cast(substring({0}, 1, 4) as int) * 12 + cast(substring({0}, 6, 2) as int)' -%}
with

publications as (
    select * from {{ ref('dim_publication') }}
),

faults as (
    select * from {{ ref('fct_dq_issue') }}
),

final as (
    select
        faults.la,
        faults.issue_id,
        faults.title,
        faults.severity,
        faults.person_id,
        faults.table_name,
        faults.row_id,
        faults.column_name,
        faults.bad_value,
        faults.detail,
        faults.owner,
        faults.to_do,
        faults.affects,
        faults.is_repaired as repaired,
        faults.repaired_value,
        faults.repair_id,
        faults.evidence,
        faults.open_since,
        {{ months.format('publications.snapshot_month') }} - ({{ months.format('faults.open_since') }}) as months_open
    from faults
    inner join publications
        on faults.la = publications.la
        and faults.snapshot_month = publications.snapshot_month
)

select * from final
