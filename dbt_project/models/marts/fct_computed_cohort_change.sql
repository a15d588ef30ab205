-- Grain: one row per whole figure, pair of computations that no earlier run compared, and row behind the figure that
-- came, went or changed between the two.
with

comparisons as (
    select * from {{ ref('fct_comparison') }}
    where is_new
),

cohort as (
    select * from {{ ref('fct_indicator_cohort') }}
),

rows_of_both as (
    select
        comparisons.la, comparisons.snapshot_month, comparisons.computation, comparisons.previous_snapshot_month,
        comparisons.previous_computation, comparisons.indicator_id, comparisons.period_end, comparisons.basis,
        cohort.person_id, cohort.event_id, false as is_now, cohort.in_numerator, cohort.category,
        cohort.further_category, cohort.amount, cohort.base_amount
    from comparisons
    inner join cohort
        on comparisons.la = cohort.la
        and comparisons.indicator_id = cohort.indicator_id
        and comparisons.period_end = cohort.period_end
        and comparisons.basis = cohort.basis
        and comparisons.previous_snapshot_month = cohort.snapshot_month
        and comparisons.previous_computation = cohort.computation
    union all
    select
        comparisons.la, comparisons.snapshot_month, comparisons.computation, comparisons.previous_snapshot_month,
        comparisons.previous_computation, comparisons.indicator_id, comparisons.period_end, comparisons.basis,
        cohort.person_id, cohort.event_id, true as is_now, cohort.in_numerator, cohort.category,
        cohort.further_category, cohort.amount, cohort.base_amount
    from comparisons
    inner join cohort
        on comparisons.la = cohort.la
        and comparisons.indicator_id = cohort.indicator_id
        and comparisons.period_end = cohort.period_end
        and comparisons.basis = cohort.basis
        and comparisons.snapshot_month = cohort.snapshot_month
        and comparisons.computation = cohort.computation
),

rows_before_and_now as (
    select
        la, snapshot_month, computation, previous_snapshot_month, previous_computation, indicator_id, period_end, basis,
        person_id, event_id,
        max(case when not is_now then in_numerator end) as was_in_numerator,
        max(case when is_now then in_numerator end) as is_in_numerator,
        max(case when not is_now then category end) as was_category,
        max(case when is_now then category end) as is_category,
        max(case when not is_now then further_category end) as was_further_category,
        max(case when is_now then further_category end) as is_further_category,
        max(case when not is_now then amount end) as was_amount,
        max(case when is_now then amount end) as is_amount,
        max(case when not is_now then base_amount end) as was_base_amount,
        max(case when is_now then base_amount end) as is_base_amount
    from rows_of_both
    group by
        la, snapshot_month, computation, previous_snapshot_month, previous_computation, indicator_id, period_end, basis,
        person_id, event_id
),

final as (
    select
        la,
        snapshot_month,
        computation,
        previous_snapshot_month,
        previous_computation,
        indicator_id,
        period_end,
        basis,
        person_id,
        event_id,
        was_in_numerator,
        is_in_numerator,
        was_category,
        is_category,
        was_further_category,
        is_further_category,
        case
            when was_in_numerator is null then 'added'
            when is_in_numerator is null then 'removed'
            when was_in_numerator <> is_in_numerator then 'changed'
            else 'moved'
        end as change
    from rows_before_and_now
    where was_in_numerator is distinct from is_in_numerator
        or was_category is distinct from is_category
        or was_further_category is distinct from is_further_category
        or was_amount is distinct from is_amount
        or was_base_amount is distinct from is_base_amount
)

select * from final
