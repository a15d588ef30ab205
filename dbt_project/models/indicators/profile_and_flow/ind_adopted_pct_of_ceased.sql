-- Grain: one row per period of care that ended, up to a month end. One that the 18th birthday ended is no adoption (C8).
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
        cast(null as {{ dbt.type_string() }}) as category,
        end_reason in {{ adoption_reasons() }} and not is_ended_at_eighteen as is_in_numerator
    from periods_of_care
)

select * from final
