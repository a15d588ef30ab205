-- Grain: one row per council: the month whose pack this run makes, and the extract that it is made from.
with

runs as (
    select * from {{ ref('stg_landing__run') }}
),

councils as (
    select * from {{ ref('stg_reference__council') }}
),

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

final as (
    select
        runs.la,
        runs.month,
        runs.snapshot_month,
        runs.snapshot_month <> runs.month as is_as_of,
        max(snapshots.route) as route,
        runs.period_end,
        runs.rerun_months,
        cast(last_day({{ dbt.dateadd('month', -1, 'runs.period_end') }}) as date) as previous_month_end,
        cast(last_day({{ dbt.dateadd('month', -2, 'runs.period_end') }}) as date) as month_before_that_end,
        cast(last_day({{ dbt.dateadd('month', -12, 'runs.period_end') }}) as date) as year_ago_end,
        {{ financial_year_start('runs.period_end') }} - 1 as previous_year_end,
        max(councils.council_name) as council_name
    from runs
    left join councils
        on runs.la = councils.la
        and runs.snapshot_month = councils.snapshot_month
        and runs.la = councils.council
    left join snapshots
        on runs.la = snapshots.la
        and runs.snapshot_month = snapshots.snapshot_month
    group by runs.la, runs.month, runs.snapshot_month, runs.period_end, runs.rerun_months
)

select * from final
