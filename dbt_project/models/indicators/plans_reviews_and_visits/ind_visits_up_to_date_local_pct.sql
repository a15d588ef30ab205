-- Grain: one row per child looked after at a month end.
with

visits_due as (
    select * from {{ ref('int_visits_due') }}
),

matches as (
    select * from {{ ref('int_permanent_matches') }}
),

-- B7: the longer interval comes with a visit on or after the match; every four weeks before that.
local_visits_due as (
    select
        visits_due.*,
        case
            when visits_due.last_visit_date is null then visits_due.visit_due_date
            when matches.matched_date <= visits_due.last_visit_date then visits_due.visit_due_date
            else visits_due.last_visit_date + 28
        end as local_due_date
    from visits_due
    left join matches
        on visits_due.la = matches.la
        and visits_due.snapshot_month = matches.snapshot_month
        and visits_due.period_end = matches.period_end
        and visits_due.person_id = matches.person_id
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        care_id as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        period_end <= local_due_date as is_in_numerator
    from local_visits_due
)

select * from final
