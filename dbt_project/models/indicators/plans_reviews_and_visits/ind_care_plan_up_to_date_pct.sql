-- Grain: one row per child looked after at a month end and below the pathway plan's due date, save those so new to
-- care that no plan is due yet.
with

looked_after as (
    select * from {{ ref('int_looked_after') }}
),

eligible_children as (
    select * from {{ ref('int_eligible_children') }}
),

care_plans as (
    select * from {{ ref('int_care_plans') }}
),

working_days as (
    select * from {{ ref('int_working_days') }}
),

-- The tenth working day itself is still in time (B12). Who is not an eligible child has no pathway plan to come.
final as (
    select
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        looked_after.care_id as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        coalesce(
            {{ add_months('care_plans.plan_in_force_from', 6) }} >= looked_after.period_end, false
        ) as is_in_numerator
    from looked_after
    left join eligible_children
        on looked_after.la = eligible_children.la
        and looked_after.snapshot_month = eligible_children.snapshot_month
        and looked_after.period_end = eligible_children.period_end
        and looked_after.person_id = eligible_children.person_id
    left join care_plans
        on looked_after.la = care_plans.la
        and looked_after.snapshot_month = care_plans.snapshot_month
        and looked_after.period_end = care_plans.period_end
        and looked_after.person_id = care_plans.person_id
    left join working_days
        on looked_after.la = working_days.la
        and looked_after.snapshot_month = working_days.snapshot_month
        and looked_after.care_start_date = working_days.calendar_date
    where {{ or_open('eligible_children.pathway_plan_due_date') }} > looked_after.period_end
        and (
            care_plans.person_id is not null
            or working_days.working_day_10 is null
            or working_days.working_day_10 < looked_after.period_end
        )
)

select * from final
