-- Grain: one row per looked-after child with an education, health and care plan in force at a month end.
with

looked_after as (
    select * from {{ ref('int_looked_after') }}
),

plans as (
    select * from {{ ref('int_ehc_plans') }}
),

final as (
    select distinct
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        looked_after.care_id as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        true as is_in_numerator
    from looked_after
    inner join plans
        on looked_after.la = plans.la
        and looked_after.snapshot_month = plans.snapshot_month
        and looked_after.person_id = plans.person_id
        and {{ runs_at('plans.start_date', 'plans.ceased_date', 'looked_after.period_end') }}
)

select * from final
