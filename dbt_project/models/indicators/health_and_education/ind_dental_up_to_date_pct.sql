-- Grain: one row per child aged one or over looked after at a month end, save those so new to care that none is due.
with

looked_after as (
    select * from {{ ref('int_looked_after') }}
    where age >= 1
),

dental_checks as (
    select * from {{ ref('int_health_checks') }}
    where check_kind = 'dental'
),

working_days as (
    select * from {{ ref('int_working_days') }}
),

-- A check before care began is still a check.
last_checks as (
    select
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        max(dental_checks.check_date) as last_check_date
    from looked_after
    inner join dental_checks
        on looked_after.la = dental_checks.la
        and looked_after.snapshot_month = dental_checks.snapshot_month
        and looked_after.person_id = dental_checks.person_id
        and looked_after.period_end >= dental_checks.check_date
    group by looked_after.la, looked_after.snapshot_month, looked_after.period_end, looked_after.person_id
),

final as (
    select
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        looked_after.care_id as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        coalesce({{ add_months('last_checks.last_check_date', 12) }} >= looked_after.period_end, false)
            as is_in_numerator
    from looked_after
    left join last_checks
        on looked_after.la = last_checks.la
        and looked_after.snapshot_month = last_checks.snapshot_month
        and looked_after.period_end = last_checks.period_end
        and looked_after.person_id = last_checks.person_id
    left join working_days
        on looked_after.la = working_days.la
        and looked_after.snapshot_month = working_days.snapshot_month
        and looked_after.care_start_date = working_days.calendar_date
    where last_checks.last_check_date is not null
        or working_days.working_day_20 is null
        or working_days.working_day_20 < looked_after.period_end
)

select * from final
