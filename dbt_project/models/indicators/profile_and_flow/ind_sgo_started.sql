-- Grain: one row per special guardianship order, up to a month end, of a person who has been looked after.
with

orders as (
    select * from {{ ref('int_orders_after_care') }}
    where order_kind = 'SGO'
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        order_id as event_id,
        order_date as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        true as is_in_numerator
    from orders
)

select * from final
