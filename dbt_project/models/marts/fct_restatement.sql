-- Grain: one row per figure and snapshot whose published figure, numerator or denominator differs from the
-- snapshot before (F16), with the rows behind it that came, changed or went.
with

snapshot_values as (
    select * from {{ ref('fct_snapshot_value') }}
    where status = 'ok'
),

breakdowns as (
    select distinct la, indicator_id, period_end, basis, breakdown, unit
    from snapshot_values
    where breakdown <> ''
),

-- A part that no longer occurs has become nothing, which is a change too.
parts_gone as (
    select
        wholes.la, wholes.snapshot_month, wholes.computation, wholes.indicator_id, wholes.period_end, wholes.basis,
        breakdowns.breakdown, breakdowns.unit,
        cast(0 as double) as published_value,
        cast(0 as double) as numerator,
        cast(null as double) as denominator
    from snapshot_values as wholes
    inner join breakdowns
        on wholes.la = breakdowns.la
        and wholes.indicator_id = breakdowns.indicator_id
        and wholes.period_end = breakdowns.period_end
        and wholes.basis = breakdowns.basis
    left join snapshot_values as parts
        on wholes.la = parts.la
        and wholes.snapshot_month = parts.snapshot_month
        and wholes.computation = parts.computation
        and wholes.indicator_id = parts.indicator_id
        and wholes.period_end = parts.period_end
        and wholes.basis = parts.basis
        and breakdowns.breakdown = parts.breakdown
    where wholes.breakdown = '' and parts.la is null
),

comparable_values as (
    select
        la, snapshot_month, computation, indicator_id, period_end, basis, breakdown, unit,
        published_value, numerator, denominator
    from snapshot_values
    union all
    select
        la, snapshot_month, computation, indicator_id, period_end, basis, breakdown, unit,
        published_value, numerator, denominator
    from parts_gone
),

comparisons as (
    select * from {{ ref('fct_comparison') }}
),

current_figures as (
    select * from {{ ref('fct_indicator_value') }}
),

cohort_changes as (
    select * from {{ ref('fct_cohort_change') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
),

changed_values as (
    select
        comparisons.*,
        values_now.breakdown,
        values_now.unit,
        values_now.published_value as current_value,
        values_before.published_value as previous_value
    from comparisons
    inner join comparable_values as values_now
        on comparisons.la = values_now.la
        and comparisons.indicator_id = values_now.indicator_id
        and comparisons.period_end = values_now.period_end
        and comparisons.basis = values_now.basis
        and comparisons.snapshot_month = values_now.snapshot_month
        and comparisons.computation = values_now.computation
    inner join comparable_values as values_before
        on comparisons.la = values_before.la
        and comparisons.indicator_id = values_before.indicator_id
        and comparisons.period_end = values_before.period_end
        and comparisons.basis = values_before.basis
        and comparisons.previous_snapshot_month = values_before.snapshot_month
        and comparisons.previous_computation = values_before.computation
        and values_now.breakdown = values_before.breakdown
    where values_now.published_value is distinct from values_before.published_value
        or values_now.numerator is distinct from values_before.numerator
        or values_now.denominator is distinct from values_before.denominator
),

-- A part of a breakdown has the rows of its category.
rows_in_either as (
    select
        changed_values.la, changed_values.snapshot_month, changed_values.computation, changed_values.indicator_id,
        changed_values.period_end, changed_values.basis, changed_values.breakdown,
        cohort_changes.was_in_numerator,
        cohort_changes.is_in_numerator,
        cohort_changes.was_in_numerator is not null
        and (
            changed_values.breakdown = ''
            or coalesce(
                changed_values.breakdown = concat(indicators.breakdown, '=', cohort_changes.was_category), false
            )
            or coalesce(
                changed_values.breakdown
                = concat(indicators.further_breakdown, '=', cohort_changes.was_further_category),
                false
            )
        ) as was_there,
        cohort_changes.is_in_numerator is not null
        and (
            changed_values.breakdown = ''
            or coalesce(
                changed_values.breakdown = concat(indicators.breakdown, '=', cohort_changes.is_category), false
            )
            or coalesce(
                changed_values.breakdown
                = concat(indicators.further_breakdown, '=', cohort_changes.is_further_category),
                false
            )
        ) as is_there
    from changed_values
    inner join indicators on changed_values.indicator_id = indicators.indicator_id
    inner join cohort_changes
        on changed_values.la = cohort_changes.la
        and changed_values.indicator_id = cohort_changes.indicator_id
        and changed_values.period_end = cohort_changes.period_end
        and changed_values.basis = cohort_changes.basis
        and changed_values.snapshot_month = cohort_changes.snapshot_month
        and changed_values.computation = cohort_changes.computation
        and changed_values.previous_snapshot_month = cohort_changes.previous_snapshot_month
        and changed_values.previous_computation = cohort_changes.previous_computation
),

row_counts as (
    select
        la, snapshot_month, computation, indicator_id, period_end, basis, breakdown,
        sum(case when is_there and not was_there then 1 else 0 end) as rows_added,
        sum(case when is_there and was_there and was_in_numerator <> is_in_numerator then 1 else 0 end) as rows_changed,
        sum(case when was_there and not is_there then 1 else 0 end) as rows_removed
    from rows_in_either
    group by la, snapshot_month, computation, indicator_id, period_end, basis, breakdown
),

final as (
    select
        changed_values.la,
        changed_values.indicator_id,
        changed_values.period_end,
        changed_values.basis,
        changed_values.breakdown,
        changed_values.unit,
        current_figures.first_published_published_value as first_published_value,
        current_figures.first_published_snapshot,
        changed_values.previous_value,
        changed_values.current_value,
        changed_values.snapshot_month,
        changed_values.computation,
        changed_values.previous_snapshot_month,
        changed_values.previous_computation,
        changed_values.definition_version,
        changed_values.previous_definition_version,
        changed_values.reason,
        cast(coalesce(row_counts.rows_added, 0) as bigint) as rows_added,
        cast(coalesce(row_counts.rows_changed, 0) as bigint) as rows_changed,
        cast(coalesce(row_counts.rows_removed, 0) as bigint) as rows_removed
    from changed_values
    left join row_counts
        on changed_values.la = row_counts.la
        and changed_values.snapshot_month = row_counts.snapshot_month
        and changed_values.computation = row_counts.computation
        and changed_values.indicator_id = row_counts.indicator_id
        and changed_values.period_end = row_counts.period_end
        and changed_values.basis = row_counts.basis
        and changed_values.breakdown = row_counts.breakdown
    left join current_figures
        on changed_values.la = current_figures.la
        and changed_values.indicator_id = current_figures.indicator_id
        and changed_values.period_end = current_figures.period_end
        and changed_values.basis = current_figures.basis
        and changed_values.breakdown = current_figures.breakdown
)

select * from final
