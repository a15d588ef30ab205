-- Grain: one row per council, snapshot and table: whether it was landed, and why not.
with

ledger as (
    select * from {{ ref('stg_landing__ledger') }}
),

final as (
    select
        la,
        snapshot_month,
        table_name,
        bool_or(status = 'landed') as is_landed,
        max(case when status <> 'landed' then coalesce(reason, status) end) as reason
    from ledger
    group by la, snapshot_month, table_name
)

select * from final
