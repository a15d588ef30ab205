-- Grain: one row per person who must have a pathway plan at a snapshot's own month end.
with

plans_due as (
    select * from {{ ref('int_pathway_plans_due') }}
    where is_own_month
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
        is_up_to_date as is_in_numerator
    from plans_due
)

select * from final
