-- Grain: one row per period of care that ended, up to a month end, with its reason.
-- E8 ("any other reason") at the 18th birthday stands apart: it must never be used for turning 18 alone (DQ13).
with

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
    where care_end_date is not null
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        care_id as event_id,
        care_end_date as event_date,
        case
            when end_reason = 'E8' and coalesce(care_end_date = eighteenth_birthday, false) then 'E8 at 18'
            when end_reason = 'E8' then 'E8 other'
            else end_reason
        end as category,
        true as is_in_numerator
    from periods_of_care
)

select * from final
