-- Grain: one row per care leaver (relevant or former relevant, C15) at a snapshot's own month end.
-- The case system keeps care leavers only as of now, so no earlier month can be counted from it (A3).
with

periods as (
    select * from {{ ref('int_periods') }}
    where is_own_month
),

people as (
    select * from {{ ref('int_people') }}
),

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

eligible_children as (
    select * from {{ ref('int_eligible_children') }}
),

leaver_records as (
    select * from {{ ref('int_leaver_records') }}
),

last_ends_of_care as (
    select la, snapshot_month, period_end, person_id, end_reason
    from periods_of_care
    qualify row_number() over (
            partition by la, snapshot_month, period_end, person_id order by care_number desc nulls last
        ) = 1
),

people_who_left_care as (
    select
        eligible_children.la,
        eligible_children.snapshot_month,
        eligible_children.period_end,
        eligible_children.person_id,
        eligible_children.eligible_from,
        {{ age_at('people.birth_date', 'eligible_children.period_end') }} as age,
        people.death_date,
        last_ends_of_care.end_reason
    from eligible_children
    inner join periods
        on eligible_children.la = periods.la
        and eligible_children.snapshot_month = periods.snapshot_month
        and eligible_children.period_end = periods.period_end
    inner join people
        on eligible_children.la = people.la
        and eligible_children.snapshot_month = people.snapshot_month
        and eligible_children.person_id = people.person_id
    inner join last_ends_of_care
        on eligible_children.la = last_ends_of_care.la
        and eligible_children.snapshot_month = last_ends_of_care.snapshot_month
        and eligible_children.period_end = last_ends_of_care.period_end
        and eligible_children.person_id = last_ends_of_care.person_id
    where not eligible_children.is_looked_after
),

final as (
    select
        people_who_left_care.la,
        people_who_left_care.snapshot_month,
        people_who_left_care.period_end,
        people_who_left_care.person_id,
        people_who_left_care.age,
        people_who_left_care.eligible_from,
        case when people_who_left_care.age < 18 then 'relevant' else 'former relevant' end as status,
        leaver_records.in_touch,
        leaver_records.accommodation,
        leaver_records.accommodation_suitable,
        leaver_records.activity,
        leaver_records.latest_contact_date,
        leaver_records.pathway_plan_review_date
    from people_who_left_care
    left join leaver_records
        on people_who_left_care.la = leaver_records.la
        and people_who_left_care.snapshot_month = leaver_records.snapshot_month
        and people_who_left_care.person_id = leaver_records.person_id
    where people_who_left_care.age between 16 and 24
        and (people_who_left_care.age < 21 or coalesce(leaver_records.has_open_service, false))
        and (people_who_left_care.death_date is null or people_who_left_care.death_date > people_who_left_care.period_end)
        and not coalesce(leaver_records.is_recorded_dead, false)
        and not (people_who_left_care.age < 18 and coalesce(leaver_records.in_touch, '') = 'RHOM')
        and coalesce(people_who_left_care.end_reason, '') <> 'E3'
)

select * from final
