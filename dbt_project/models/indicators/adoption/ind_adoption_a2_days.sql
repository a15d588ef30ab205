-- Grain: one row per adoption, up to a month end, of a child placed for adoption before the order, with a placement
-- order and a match: days from the one to the other, none where the match came first.
with

adoptions as (
    select * from {{ ref('int_adoptions') }}
    where placed_date < order_date
        and placement_order_date is not null
        and matched_date is not null
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
        greatest({{ dbt.datediff('placement_order_date', 'matched_date', 'day') }}, 0) as amount
    from adoptions
)

select * from final
