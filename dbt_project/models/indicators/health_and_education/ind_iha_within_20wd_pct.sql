-- Grain: one row per initial health assessment carried out up to a month end.
with

initial_assessments as (
    select * from {{ ref('int_initial_health_assessments') }}
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        care_id as event_id,
        assessment_date as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        coalesce(assessment_date <= due_date, false) as is_in_numerator
    from initial_assessments
)

select * from final
