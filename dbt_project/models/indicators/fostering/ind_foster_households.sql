-- Grain: one row per approved foster household at a month end.
with

households as (
    select * from {{ ref('int_foster_households') }}
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        cast(null as {{ dbt.type_string() }}) as person_id,
        household_id as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        true as is_in_numerator
    from households
)

select * from final
