-- Grain: one row per period of care that a special guardianship or child arrangements order ended, up to a
-- month end; never one that the 18th birthday ended (C8).
with

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
    where end_reason in {{ guardianship_or_arrangements_reasons() }}
        and not is_ended_at_eighteen
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
        true as is_in_numerator
    from periods_of_care
)

select * from final
