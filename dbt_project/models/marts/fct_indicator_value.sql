-- Grain: one row per council, indicator, month end, basis and breakdown: the current figure, and the first published.
with

snapshot_values as (
    select * from {{ ref('fct_snapshot_value') }}
),

-- The latest snapshot that could give the figure; a table missing from a later extract takes nothing back.
-- The parts of a breakdown come from the same computation as their whole, so that they add up.
current_computations as (
    select la, indicator_id, period_end, basis, snapshot_month, computation
    from snapshot_values
    where breakdown = ''
    qualify row_number() over (
            partition by la, indicator_id, period_end, basis
            order by
                case when status = 'ok' then 1 else 2 end nulls last,
                snapshot_month desc nulls last, computation desc nulls last
        ) = 1
),

current_values as (
    select snapshot_values.*
    from snapshot_values
    inner join current_computations
        on snapshot_values.la = current_computations.la
        and snapshot_values.indicator_id = current_computations.indicator_id
        and snapshot_values.period_end = current_computations.period_end
        and snapshot_values.basis = current_computations.basis
        and snapshot_values.snapshot_month = current_computations.snapshot_month
        and snapshot_values.computation = current_computations.computation
),

-- Backfilled figures were never published.
first_published as (
    select * from snapshot_values
    where status = 'ok' and not is_backfilled and is_published
    qualify row_number() over (
            partition by la, indicator_id, period_end, basis, breakdown
            order by snapshot_month nulls last, computation nulls last
        ) = 1
),

final as (
    select
        current_values.la,
        current_values.indicator_id,
        current_values.period_end,
        current_values.basis,
        current_values.breakdown,
        current_values.value,
        current_values.published_value,
        current_values.numerator,
        current_values.denominator,
        current_values.unit,
        current_values.status,
        current_values.note,
        current_values.snapshot_month,
        first_published.value as first_published_value,
        first_published.published_value as first_published_published_value,
        first_published.snapshot_month as first_published_snapshot,
        current_values.definition_version
    from current_values
    left join first_published
        on current_values.la = first_published.la
        and current_values.indicator_id = first_published.indicator_id
        and current_values.period_end = first_published.period_end
        and current_values.basis = first_published.basis
        and current_values.breakdown = first_published.breakdown
        and current_values.status = 'ok'
        and not current_values.is_backfilled
)

select * from final
