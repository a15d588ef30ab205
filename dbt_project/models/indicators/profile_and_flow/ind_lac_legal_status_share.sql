-- Grain: one row per child looked after at a month end, with the legal status of the episode that runs then (B15).
with

looked_after as (
    select * from {{ ref('int_looked_after') }}
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        care_id as event_id,
        cast(null as date) as event_date,
        case
            when legal_status in ('E1', 'D1') then 'E1'
            when legal_status in ('C1', 'C2', 'V2') then legal_status
            else 'other'
        end as category,
        true as is_in_numerator
    from looked_after
)

select * from final
