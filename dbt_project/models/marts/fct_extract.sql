-- Grain: one row per table of the published month's extracts: landed, absent or refused, and why.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

ledger as (
    select * from {{ ref('stg_landing__ledger') }}
),

final as (
    select
        ledger.la,
        ledger.snapshot_month,
        ledger.family,
        ledger.table_name,
        ledger.status,
        ledger.reason,
        ledger.file_name,
        ledger.landed_rows,
        ledger.refused_rows
    from ledger
    inner join publications
        on ledger.la = publications.la
        and ledger.snapshot_month = publications.snapshot_month
)

select * from final
