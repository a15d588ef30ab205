-- Grain: one row per adoption that adoption_a1_days counts: days from coming into care to moving in with the foster
-- carer who adopted the child, else to the placement for adoption.
with

adoptions as (
    select * from {{ ref('int_adoptions') }}
    where placed_date >= care_start_date
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
        true as is_in_numerator,
        greatest({{ dbt.datediff('care_start_date', 'coalesce(moved_in_date, placed_date)', 'day') }}, 0) as amount
    from adoptions
)

select * from final
