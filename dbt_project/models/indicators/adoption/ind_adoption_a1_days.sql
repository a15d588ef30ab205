-- Grain: one row per adoption, up to a month end, of a child placed for adoption: days from coming into care to
-- that placement. A placement dated before the care is a recording fault and left out.
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
        {{ dbt.datediff('care_start_date', 'placed_date', 'day') }} as amount
    from adoptions
)

select * from final
