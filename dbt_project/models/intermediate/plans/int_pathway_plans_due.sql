-- Grain: one row per person who must have a pathway plan at a month end (D): an eligible child still looked after
-- and on or past the due date and, at a snapshot's own month end, a care leaver (A3).
with

periods as (
    select * from {{ ref('int_periods') }}
),

looked_after as (
    select * from {{ ref('int_looked_after') }}
),

eligible_children as (
    select * from {{ ref('int_eligible_children') }}
),

care_leavers as (
    select * from {{ ref('int_care_leavers') }}
),

plans as (
    select * from {{ ref('int_pathway_plans') }}
),

-- C15: an eligible child is 16 or 17, also where care goes on past 18.
people_due as (
    select
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        looked_after.care_id,
        true as is_looked_after
    from looked_after
    inner join eligible_children
        on looked_after.la = eligible_children.la
        and looked_after.snapshot_month = eligible_children.snapshot_month
        and looked_after.period_end = eligible_children.period_end
        and looked_after.person_id = eligible_children.person_id
        and looked_after.period_end >= eligible_children.pathway_plan_due_date
    where looked_after.age < 18
    union all
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        cast(null as {{ dbt.type_string() }}) as care_id,
        false as is_looked_after
    from care_leavers
),

last_plans as (
    select
        people_due.la,
        people_due.snapshot_month,
        people_due.period_end,
        people_due.person_id,
        max(plans.plan_date) as last_plan_date
    from people_due
    inner join plans
        on people_due.la = plans.la
        and people_due.snapshot_month = plans.snapshot_month
        and people_due.person_id = plans.person_id
        and people_due.period_end >= plans.plan_date
    group by people_due.la, people_due.snapshot_month, people_due.period_end, people_due.person_id
),

final as (
    select
        people_due.la,
        people_due.snapshot_month,
        people_due.period_end,
        people_due.person_id,
        people_due.care_id,
        people_due.is_looked_after,
        periods.is_own_month,
        last_plans.last_plan_date,
        coalesce({{ add_months('last_plans.last_plan_date', 6) }} >= people_due.period_end, false) as is_up_to_date
    from people_due
    inner join periods
        on people_due.la = periods.la
        and people_due.snapshot_month = periods.snapshot_month
        and people_due.period_end = periods.period_end
    left join last_plans
        on people_due.la = last_plans.la
        and people_due.snapshot_month = last_plans.snapshot_month
        and people_due.period_end = last_plans.period_end
        and people_due.person_id = last_plans.person_id
)

select * from final
