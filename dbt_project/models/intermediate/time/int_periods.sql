-- Grain: one row per council, snapshot and day (D) that the snapshot gives figures for: its own month end and
-- the two before, the 24 before it for the first snapshot (A2), the month it is asked about and the two before that
-- one, and the last day of each term within those months.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

runs as (
    select * from {{ ref('stg_landing__run') }}
),

terms as (
    select la, snapshot_month, start_date as term_start_date, max(end_date) as term_end_date
    from {{ ref('stg_reference__term') }}
    group by la, snapshot_month, start_date
),

months_back as (
    {% for months in range(25) -%}
        select {{ months }} as months_back{% if not loop.last %}
            union all{% endif %}
    {% endfor %}
),

own_month_ends as (
    select
        snapshots.la,
        snapshots.snapshot_month,
        snapshots.snapshot_end,
        snapshots.route,
        snapshots.history_from,
        snapshots.is_first and months_back.months_back > 0 as is_backfilled,
        cast(
            last_day({{ dbt.dateadd('month', '-months_back.months_back', 'snapshots.snapshot_end') }}) as date
        ) as month_end
    from snapshots
    inner join runs on snapshots.la = runs.la
    cross join months_back
    where snapshots.is_first or months_back.months_back <= runs.rerun_months
),

-- A month as a later extract knows it.
asked_month_ends as (
    select
        snapshots.la,
        snapshots.snapshot_month,
        snapshots.snapshot_end,
        snapshots.route,
        snapshots.history_from,
        false as is_backfilled,
        cast(
            last_day({{ dbt.dateadd('month', '-months_back.months_back', 'runs.period_end') }}) as date
        ) as month_end
    from snapshots
    inner join runs
        on snapshots.la = runs.la
        and snapshots.snapshot_month like concat(runs.snapshot_month, '%')
        and runs.month < runs.snapshot_month
    cross join months_back
    where months_back.months_back <= runs.rerun_months
),

month_ends as (
    select * from own_month_ends
    union all
    select asked_month_ends.* from asked_month_ends
    left join own_month_ends
        on asked_month_ends.la = own_month_ends.la
        and asked_month_ends.snapshot_month = own_month_ends.snapshot_month
        and asked_month_ends.month_end = own_month_ends.month_end
    where own_month_ends.la is null
),

term_ends as (
    select month_ends.*, terms.term_start_date, terms.term_end_date
    from month_ends
    inner join terms
        on month_ends.la = terms.la
        and month_ends.snapshot_month = terms.snapshot_month
        and terms.term_end_date between date_trunc('month', month_ends.month_end) and month_ends.month_end
),

days as (
    select
        la, snapshot_month, snapshot_end, route, history_from, is_backfilled, month_end,
        month_end as period_end,
        cast(null as date) as term_start_date
    from month_ends
    union all
    select
        la, snapshot_month, snapshot_end, route, history_from, is_backfilled, month_end,
        term_end_date as period_end,
        term_start_date
    from term_ends
),

-- A term that ends with its month shares the month's row.
final as (
    select
        la,
        snapshot_month,
        period_end,
        cast(date_trunc('month', period_end) as date) as month_start,
        {{ financial_year_start('period_end') }} as financial_year_start,
        {{ months_before('period_end', 12) }} as window_start,
        max(term_start_date) as term_start_date,
        period_end = month_end as is_month_end,
        period_end = month_end and extract(month from period_end) = 3 as is_financial_year_end,
        period_end = snapshot_end as is_own_month,
        is_backfilled,
        route,
        history_from
    from days
    group by la, snapshot_month, period_end, month_end, snapshot_end, is_backfilled, route, history_from
)

select * from final
