-- Grain: one row per placement with parents (P1) that has another provider than PR0, or none (DQ29).
with

episodes as (
    select * from {{ ref('int_episodes_in_order') }}
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        {{ placement_table() }} as table_name,
        {{ placement_row() }} as row_id,
        {{ episode_column('provider') }} as column_name,
        min(provider) as provider
    from episodes
    where placement_code = 'P1' and coalesce(provider <> 'PR0', true)
    group by la, snapshot_month, person_id, source_table, {{ placement_row() }}
)

select * from final
