-- Grain: one row per fault of an extract of the published month: rows refused at landing, and words without a code.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

refused_rows as (
    select * from {{ ref('stg_landing__quarantine') }}
),

unmapped_values as (
    select * from {{ ref('fct_unmapped_value') }}
),

faults as (
    select
        la, snapshot_month, family, table_name, file_name, row_number, column_name, bad_value, reason, row_count, effect
    from refused_rows
    union all
    select
        la, snapshot_month, family, table_name, file_name, cast(null as bigint) as row_number, column_name, bad_value,
        'unmapped' as reason, row_count, 'value not mapped' as effect
    from unmapped_values
),

final as (
    select faults.*
    from faults
    inner join publications
        on faults.la = publications.la
        and faults.snapshot_month = publications.snapshot_month
)

select * from final
