-- Grain: one row per adoption up to a month end. One without a decision date is not within the time (C16).
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
        coalesce(order_date <= {{ add_months('decision_date', 12) }}, false) as is_in_numerator
    from adoptions
)

select * from final
