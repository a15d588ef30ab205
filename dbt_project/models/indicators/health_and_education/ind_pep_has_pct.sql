-- Grain: one row per looked-after child who should have a personal education plan at a month end.
with

pep_cohort as (
    select * from {{ ref('int_pep_cohort') }}
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
        has_pep as is_in_numerator
    from pep_cohort
)

select * from final
