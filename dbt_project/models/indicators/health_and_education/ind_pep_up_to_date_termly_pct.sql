-- Grain: one row per looked-after child who should have a personal education plan on the last day of a term and was
-- looked after for its last 20 working days.
with

pep_cohort as (
    select * from {{ ref('int_pep_cohort') }}
),

term_ends as (
    select * from {{ ref('int_periods') }}
    where term_start_date is not null
),

meetings as (
    select * from {{ ref('int_pep_meetings') }}
),

working_days as (
    select * from {{ ref('int_working_days') }}
),

children as (
    select
        pep_cohort.la,
        pep_cohort.snapshot_month,
        pep_cohort.period_end,
        pep_cohort.person_id,
        pep_cohort.care_id,
        term_ends.term_start_date
    from pep_cohort
    inner join term_ends
        on pep_cohort.la = term_ends.la
        and pep_cohort.snapshot_month = term_ends.snapshot_month
        and pep_cohort.period_end = term_ends.period_end
    inner join working_days
        on pep_cohort.la = working_days.la
        and pep_cohort.snapshot_month = working_days.snapshot_month
        and pep_cohort.period_end = working_days.calendar_date
        and pep_cohort.care_start_date <= working_days.twentieth_last_working_day
),

children_met as (
    select distinct children.la, children.snapshot_month, children.period_end, children.person_id
    from children
    inner join meetings
        on children.la = meetings.la
        and children.snapshot_month = meetings.snapshot_month
        and children.person_id = meetings.person_id
        and meetings.meeting_date between children.term_start_date and children.period_end
),

final as (
    select
        children.la,
        children.snapshot_month,
        children.period_end,
        children.person_id,
        children.care_id as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        children_met.person_id is not null as is_in_numerator
    from children
    left join children_met
        on children.la = children_met.la
        and children.snapshot_month = children_met.snapshot_month
        and children.period_end = children_met.period_end
        and children.person_id = children_met.person_id
)

select * from final
