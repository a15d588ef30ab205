-- Grain: one row per child looked after at a month end, with the last visit in the carer spell and when the
-- next is due (C20): a week after the spell starts, then every 42 days in its first year, then every 84.
with

looked_after as (
    select * from {{ ref('int_looked_after') }}
),

visits as (
    select * from {{ ref('stg_ssd__cla_visits') }}
    where not {{ is_no('seen') }}
),

last_visits as (
    select
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        max(visits.visit_date) as last_visit_date
    from looked_after
    inner join visits
        on looked_after.la = visits.la
        and looked_after.snapshot_month = visits.snapshot_month
        and looked_after.person_id = visits.person_id
        and visits.visit_date between looked_after.spell_start_date and looked_after.period_end
    group by looked_after.la, looked_after.snapshot_month, looked_after.period_end, looked_after.person_id
),

final as (
    select
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        looked_after.care_id,
        looked_after.spell_start_date,
        last_visits.last_visit_date,
        case
            when last_visits.last_visit_date is null then looked_after.spell_start_date + 7
            when last_visits.last_visit_date < {{ add_months('looked_after.spell_start_date', 12) }}
                then last_visits.last_visit_date + 42
            else last_visits.last_visit_date + 84
        end as visit_due_date
    from looked_after
    left join last_visits
        on looked_after.la = last_visits.la
        and looked_after.snapshot_month = last_visits.snapshot_month
        and looked_after.period_end = last_visits.period_end
        and looked_after.person_id = last_visits.person_id
)

select * from final
