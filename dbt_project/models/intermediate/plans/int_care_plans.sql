-- Grain: one row per person with a care plan started by a month end (D), with the latest of those in force then (B12).
with

periods as (
    select * from {{ ref('int_periods') }}
),

care_plans as (
    select * from {{ ref('stg_ssd__cla_care_plan') }}
),

final as (
    select
        periods.la,
        periods.snapshot_month,
        periods.period_end,
        care_plans.person_id,
        max(case
            when {{ runs_at('care_plans.care_plan_start_date', 'care_plans.care_plan_end_date', 'periods.period_end') }}
                then care_plans.care_plan_start_date
        end) as plan_in_force_from
    from periods
    inner join care_plans
        on periods.la = care_plans.la
        and periods.snapshot_month = care_plans.snapshot_month
        and periods.period_end >= care_plans.care_plan_start_date
    group by periods.la, periods.snapshot_month, periods.period_end, care_plans.person_id
)

select * from final
