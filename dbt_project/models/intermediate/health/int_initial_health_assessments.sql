-- Grain: one row per period of care that had an initial health assessment by D: the earliest completed one from the
-- start of that period of care to its end (C22, B8).
with

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

assessments as (
    select * from {{ ref('int_health_checks') }}
    where check_kind = 'health'
),

working_days as (
    select * from {{ ref('int_working_days') }}
),

first_assessments as (
    select
        periods_of_care.la,
        periods_of_care.snapshot_month,
        periods_of_care.period_end,
        periods_of_care.person_id,
        periods_of_care.care_id,
        periods_of_care.care_start_date,
        min(assessments.check_date) as assessment_date
    from periods_of_care
    inner join assessments
        on periods_of_care.la = assessments.la
        and periods_of_care.snapshot_month = assessments.snapshot_month
        and periods_of_care.person_id = assessments.person_id
        and periods_of_care.care_start_date <= assessments.check_date
        and periods_of_care.period_end >= assessments.check_date
        and {{ or_open('periods_of_care.care_end_date') }} >= assessments.check_date
    group by
        periods_of_care.la, periods_of_care.snapshot_month, periods_of_care.period_end, periods_of_care.person_id,
        periods_of_care.care_id, periods_of_care.care_start_date
),

final as (
    select
        first_assessments.la,
        first_assessments.snapshot_month,
        first_assessments.period_end,
        first_assessments.person_id,
        first_assessments.care_id,
        first_assessments.care_start_date,
        first_assessments.assessment_date,
        working_days.working_day_20 as due_date
    from first_assessments
    left join working_days
        on first_assessments.la = working_days.la
        and first_assessments.snapshot_month = working_days.snapshot_month
        and first_assessments.care_start_date = working_days.calendar_date
)

select * from final
