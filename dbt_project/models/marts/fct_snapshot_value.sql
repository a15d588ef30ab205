-- Grain: one row per figure and computation of it: everything ever published, and what this run adds.
with

archived as (
    select
        la, snapshot_month, computation, indicator_id, period_end, basis, breakdown, value, numerator, denominator,
        unit, status, note, is_backfilled, definition_version
    from {{ ref('stg_landing__archive_value') }}
),

computed as (
    select
        la, snapshot_month, computation, indicator_id, period_end, basis, breakdown, value, numerator, denominator,
        unit, status, note, is_backfilled, definition_version
    from {{ ref('fct_computed_value') }}
    where is_as_recorded is not true
),

united as (
    select * from archived
    union all
    select * from computed
),

-- C18: one decimal, half up; counts are whole. What is rounded is what counts for rating and change (F1).
final as (
    select
        *,
        {{ round_half_up('value') }} as published_value
    from united
)

select * from final
