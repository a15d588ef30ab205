-- Grain: one row per child who should have a personal education plan (PEP) at D: aged two to the 18th birthday (before
-- September 2015: of compulsory school age) and not so new to care that none is due (B12).
with

looked_after as (
    select * from {{ ref('int_looked_after') }}
),

meetings as (
    select * from {{ ref('int_pep_meetings') }}
),

working_days as (
    select * from {{ ref('int_working_days') }}
),

children as (
    select
        *,
        {{ birthday('birth_date', 5) }} as fifth_birthday,
        {{ birthday('birth_date', 16) }} as sixteenth_birthday
    from looked_after
    where age between 2 and 17
),

children_of_age as (
    select * from children
    where period_end >= cast('2015-09-01' as date)
        or period_end between {{ compulsory_school_start('fifth_birthday') }}
        and {{ compulsory_school_end('sixteenth_birthday') }}
),

children_with_pep as (
    select
        children_of_age.la,
        children_of_age.snapshot_month,
        children_of_age.period_end,
        children_of_age.person_id,
        max(meetings.meeting_date) as last_meeting_date
    from children_of_age
    inner join meetings
        on children_of_age.la = meetings.la
        and children_of_age.snapshot_month = meetings.snapshot_month
        and children_of_age.person_id = meetings.person_id
        and meetings.meeting_date between children_of_age.care_start_date and children_of_age.period_end
    group by
        children_of_age.la, children_of_age.snapshot_month, children_of_age.period_end, children_of_age.person_id
),

final as (
    select
        children_of_age.la,
        children_of_age.snapshot_month,
        children_of_age.period_end,
        children_of_age.person_id,
        children_of_age.care_id,
        children_of_age.care_start_date,
        children_with_pep.last_meeting_date is not null as has_pep
    from children_of_age
    left join children_with_pep
        on children_of_age.la = children_with_pep.la
        and children_of_age.snapshot_month = children_with_pep.snapshot_month
        and children_of_age.period_end = children_with_pep.period_end
        and children_of_age.person_id = children_with_pep.person_id
    left join working_days
        on children_of_age.la = working_days.la
        and children_of_age.snapshot_month = working_days.snapshot_month
        and children_of_age.care_start_date = working_days.calendar_date
    where children_with_pep.last_meeting_date is not null
        or working_days.working_day_20 is null
        or working_days.working_day_20 < children_of_age.period_end
)

select * from final
