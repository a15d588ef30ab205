-- Grain: one row per missing episode that began in care, up to a month end; the marts count the children.
with

missing_episodes as (
    select * from {{ ref('int_missing_episodes') }}
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        missing_id as event_id,
        missing_start_date as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        true as is_in_numerator
    from missing_episodes
)

select * from final
