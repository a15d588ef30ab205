-- What a month's own extract closed with, the children that the next extract added to that day or took from it,
-- those who came and those who left, give what the next extract closes with.
with

stock_flow as (
    select * from {{ ref('fct_stock_flow') }}
    where closing_before is not null
),

comparisons as (
    select * from {{ ref('fct_comparison') }}
    where indicator_id = 'lac_count' and basis = 'month_end'
),

changes as (
    select * from {{ ref('fct_cohort_change') }}
    where indicator_id = 'lac_count' and basis = 'month_end'
),

-- From the latest computation of the month before to the first of this one, and from each to the next.
told_otherwise as (
    select
        stock_flow.la,
        stock_flow.snapshot_month,
        sum(case changes.change when 'added' then 1 when 'removed' then -1 else 0 end) as children
    from stock_flow
    inner join comparisons
        on stock_flow.la = comparisons.la
        and stock_flow.snapshot_month = comparisons.snapshot_month
        and cast(date_trunc('month', stock_flow.snapshot_end) as date) - 1 = comparisons.period_end
    inner join changes
        on comparisons.la = changes.la
        and comparisons.snapshot_month = changes.snapshot_month
        and comparisons.computation = changes.computation
        and comparisons.previous_snapshot_month = changes.previous_snapshot_month
        and comparisons.previous_computation = changes.previous_computation
        and comparisons.period_end = changes.period_end
    group by stock_flow.la, stock_flow.snapshot_month
)

select stock_flow.*, told_otherwise.children as told_otherwise
from stock_flow
left join told_otherwise
    on stock_flow.la = told_otherwise.la and stock_flow.snapshot_month = told_otherwise.snapshot_month
where stock_flow.closing_before + coalesce(told_otherwise.children, 0) + stock_flow.admissions
    + stock_flow.unexplained_starts - stock_flow.ceased <> stock_flow.closing
