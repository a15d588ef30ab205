-- Grain: one row per council, snapshot and month end (D) that the snapshot gives.
-- A snapshot gives its own month and the two before; the first one also fills the 24 before it (A2).
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

runs as (
    select * from {{ ref('stg_landing__run') }}
),

months_back as (
    {% for months in range(25) -%}
        select {{ months }} as months_back{% if not loop.last %}
            union all{% endif %}
    {% endfor %}
),

month_ends as (
    select
        snapshots.la,
        snapshots.snapshot_month,
        snapshots.snapshot_end,
        snapshots.route,
        snapshots.history_from,
        snapshots.is_first and months_back.months_back > 0 as is_backfilled,
        last_day({{ dbt.dateadd('month', '-months_back.months_back', 'snapshots.snapshot_end') }}) as period_end
    from snapshots
    inner join runs on snapshots.la = runs.la
    cross join months_back
    where snapshots.is_first or months_back.months_back <= runs.rerun_months
),

final as (
    select
        la,
        snapshot_month,
        cast(period_end as date) as period_end,
        cast(date_trunc('month', period_end) as date) as month_start,
        {{ financial_year_start('period_end') }} as financial_year_start,
        {{ months_before('cast(period_end as date)', 12) }} as window_start,
        extract(month from period_end) = 3 as is_financial_year_end,
        period_end = snapshot_end as is_own_month,
        is_backfilled,
        route,
        history_from
    from month_ends
)

select * from final
