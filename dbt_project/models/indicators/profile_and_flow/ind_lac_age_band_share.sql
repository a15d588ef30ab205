-- Grain: one row per child looked after at a month end, with the age band of that day (C4d).
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
            when age is null then 'unknown'
            when age < 1 then 'under 1'
            when age < 5 then '1-4'
            when age < 10 then '5-9'
            when age < 16 then '10-15'
            else '16+'
        end as category,
        true as is_in_numerator
    from looked_after
)

select * from final
