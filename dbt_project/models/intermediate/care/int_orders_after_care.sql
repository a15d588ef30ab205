-- Grain: one row per special guardianship or child arrangements order, up to a month end, of a person with a
-- period of care that began on or before it; private orders without a care history are left out.
with

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

orders as (
    select * from {{ ref('int_permanence_orders') }}
),

first_periods_of_care as (
    select la, snapshot_month, period_end, person_id, min(care_start_date) as care_start_date
    from periods_of_care
    group by la, snapshot_month, period_end, person_id
),

final as (
    select
        orders.la,
        orders.snapshot_month,
        first_periods_of_care.period_end,
        orders.person_id,
        orders.order_kind,
        orders.order_date,
        orders.order_id
    from orders
    inner join first_periods_of_care
        on orders.la = first_periods_of_care.la
        and orders.snapshot_month = first_periods_of_care.snapshot_month
        and orders.person_id = first_periods_of_care.person_id
        and orders.order_date between first_periods_of_care.care_start_date and first_periods_of_care.period_end
)

select * from final
