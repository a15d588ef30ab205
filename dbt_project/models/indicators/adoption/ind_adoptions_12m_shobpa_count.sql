-- Grain: one row per adoption, up to a month end, within 12 months of the decision that it should be the plan.
with

adoptions as (
    select * from {{ ref('int_adoptions') }}
    where order_date <= {{ add_months('decision_date', 12) }}
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
