-- Grain: one row per child looked after at a month end, save those so new to care that none is due yet.
with

looked_after as (
    select * from {{ ref('int_looked_after') }}
),

assessments as (
    select * from {{ ref('int_health_checks') }}
    where check_kind = 'health'
),

working_days as (
    select * from {{ ref('int_working_days') }}
),

last_assessments as (
    select
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        max(assessments.check_date) as last_assessment_date
    from looked_after
    inner join assessments
        on looked_after.la = assessments.la
        and looked_after.snapshot_month = assessments.snapshot_month
        and looked_after.person_id = assessments.person_id
        and assessments.check_date between looked_after.care_start_date and looked_after.period_end
    group by looked_after.la, looked_after.snapshot_month, looked_after.period_end, looked_after.person_id
),

children_due as (
    select
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        looked_after.care_id,
        looked_after.age,
        last_assessments.last_assessment_date
    from looked_after
    left join last_assessments
        on looked_after.la = last_assessments.la
        and looked_after.snapshot_month = last_assessments.snapshot_month
        and looked_after.period_end = last_assessments.period_end
        and looked_after.person_id = last_assessments.person_id
    left join working_days
        on looked_after.la = working_days.la
        and looked_after.snapshot_month = working_days.snapshot_month
        and looked_after.care_start_date = working_days.calendar_date
    where last_assessments.last_assessment_date is not null
        or working_days.working_day_20 is null
        or working_days.working_day_20 < looked_after.period_end
),

-- Six months before the fifth birthday, twelve after; where the age is unknown the shorter.
final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        care_id as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        coalesce(
            case
                when age >= 5 then {{ add_months('last_assessment_date', 12) }} >= period_end
                else {{ add_months('last_assessment_date', 6) }} >= period_end
            end,
            false
        ) as is_in_numerator
    from children_due
)

select * from final
