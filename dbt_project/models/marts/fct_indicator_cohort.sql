-- Grain: one row per child, event or household behind a figure: of this run, and of the months near it.
with

archived as (
    select
        la, snapshot_month, computation, indicator_id, period_end, basis, person_id, event_id, category,
        further_category, in_numerator, amount, base_amount
    from {{ ref('stg_landing__archive_cohort') }}
),

computed as (
    select
        la, snapshot_month, computation, indicator_id, period_end, basis, person_id, event_id, category,
        further_category, in_numerator, amount, base_amount
    from {{ ref('fct_computed_cohort') }}
    where is_as_recorded is not true
),

final as (
    select * from archived
    union all
    select * from computed
)

select * from final
