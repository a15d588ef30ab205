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

current_figures as (
    select * from {{ ref('fct_indicator_value') }}
),

cohort as (
    select * from {{ ref('fct_indicator_cohort') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
),

values_with_previous as (
    select
        *,
        lag(published_value) over in_order as previous_value,
        lag(numerator) over in_order as previous_numerator,
        lag(denominator) over in_order as previous_denominator,
        lag(snapshot_month) over in_order as previous_snapshot_month,
        lag(computation) over in_order as previous_computation
    from comparable_values
    window in_order as (
        partition by la, indicator_id, period_end, basis, breakdown
        order by snapshot_month nulls last, computation nulls last
    )
),

changed_values as (
    select * from values_with_previous
    where previous_snapshot_month is not null
        and (
            published_value is distinct from previous_value
            or numerator is distinct from previous_numerator
            or denominator is distinct from previous_denominator
        )
),

-- The rows of the figure in both snapshots; a part of a breakdown has the rows of its category.
rows_in_either as (
    select
        changed_values.la, changed_values.snapshot_month, changed_values.computation, changed_values.indicator_id,
        changed_values.period_end, changed_values.basis, changed_values.breakdown,
        cohort.person_id, cohort.event_id,
        bool_or(
            cohort.computation = changed_values.computation
            and cohort.snapshot_month = changed_values.snapshot_month
        ) as is_in_current,
        bool_or(
            cohort.computation = changed_values.previous_computation
            and cohort.snapshot_month = changed_values.previous_snapshot_month
        ) as is_in_previous,
        count(distinct cohort.in_numerator) as numerator_states
    from changed_values
    inner join indicators on changed_values.indicator_id = indicators.indicator_id
    inner join cohort
        on changed_values.la = cohort.la
        and changed_values.indicator_id = cohort.indicator_id
        and changed_values.period_end = cohort.period_end
        and changed_values.basis = cohort.basis
        and (
            (
                changed_values.snapshot_month = cohort.snapshot_month
                and changed_values.computation = cohort.computation
            )
            or (
                changed_values.previous_snapshot_month = cohort.snapshot_month
                and changed_values.previous_computation = cohort.computation
            )
        )
        and (
            changed_values.breakdown = ''
            or changed_values.breakdown = concat(indicators.breakdown, '=', cohort.category)
            or changed_values.breakdown = concat(indicators.further_breakdown, '=', cohort.further_category)
        )
    group by
        changed_values.la, changed_values.snapshot_month, changed_values.computation, changed_values.indicator_id,
        changed_values.period_end, changed_values.basis, changed_values.breakdown,
        cohort.person_id, cohort.event_id
),

row_counts as (
    select
        la, snapshot_month, computation, indicator_id, period_end, basis, breakdown,
        sum(case when is_in_current and not is_in_previous then 1 else 0 end) as rows_added,
        sum(case when is_in_current and is_in_previous and numerator_states > 1 then 1 else 0 end) as rows_changed,
        sum(case when is_in_previous and not is_in_current then 1 else 0 end) as rows_removed
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
        changed_values.published_value as current_value,
        changed_values.snapshot_month,
        changed_values.computation,
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
