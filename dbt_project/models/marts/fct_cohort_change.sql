-- Grain: one row per whole figure, pair of successive computations and row behind the figure that came, went or changed
-- between the two. Restricted.
with

archived as (
    select
        la, snapshot_month, computation, previous_snapshot_month, previous_computation, indicator_id, period_end, basis,
        person_id, event_id, was_in_numerator, is_in_numerator, was_category, is_category, was_further_category,
        is_further_category, change
    from {{ ref('stg_landing__archive_cohort_change') }}
),

computed as (
    select
        la, snapshot_month, computation, previous_snapshot_month, previous_computation, indicator_id, period_end, basis,
        person_id, event_id, was_in_numerator, is_in_numerator, was_category, is_category, was_further_category,
        is_further_category, change
    from {{ ref('fct_computed_cohort_change') }}
),

final as (
    select * from archived
    union all
    select * from computed
)

select * from final
