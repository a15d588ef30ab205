-- Grain: one row per council and snapshot known up to the month that is published, computed now or before.
with

final as (
    select la, snapshot_month, snapshot_end, is_first, is_pending, is_selected, computation
    from {{ ref('stg_landing__snapshot') }}
    where snapshot_month not like '% as recorded'
)

select * from final
