-- Grain: one row per adoption up to a month end.
with

adoptions as (
    select * from {{ ref('int_adoptions') }}
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        care_id as event_id,
        order_date as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        true as is_in_numerator
    from adoptions
)

select * from final
