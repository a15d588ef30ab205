-- Grain: one row per child looked after at a month end.
with

visits_due as (
    select * from {{ ref('int_visits_due') }}
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
        period_end <= visit_due_date as is_in_numerator
    from visits_due
)

select * from final
