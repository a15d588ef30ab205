-- Grain: one row per snapshot, extract before it and table of records that has a row in both. A table that is empty in
-- one of the two is no evidence of what came or went: it may not have been delivered.
with

records as (
    select distinct la, snapshot_month, table_name
    from {{ ref('stg_landing__record') }}
    where {{ has_happened() }}
),

records_before as (
    select distinct la, snapshot_month, previous_snapshot_month, table_name
    from {{ ref('stg_landing__record_before') }}
    where {{ has_happened() }}
),

final as (
    select records_before.*
    from records_before
    inner join records
        on records_before.la = records.la
        and records_before.snapshot_month = records.snapshot_month
        and records_before.table_name = records.table_name
)

select * from final
