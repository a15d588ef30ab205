-- What a month's own extract closed with, the children that the next extract added to that day or took from it,
-- those who came and those who left, give what the next extract closes with.
with

-- What a later extract knows of an earlier month is compared with that month, not with the extract before.
publications as (
    select * from {{ ref('dim_publication') }}
    where not is_as_of
),

stock_flow as (
    select stocks.* from {{ ref('fct_stock_flow') }} as stocks
    inner join publications on stocks.la = publications.la
    where stocks.closing_before is not null
),

snapshots as (
    select * from {{ ref('int_known_snapshots') }}
),

comparisons as (
    select * from {{ ref('fct_comparison') }}
    where indicator_id = 'lac_count' and basis = 'month_end'
),

changes as (
    select
        la, snapshot_month, computation, previous_snapshot_month, previous_computation, period_end,
        sum(case change when 'added' then 1 when 'removed' then -1 else 0 end) as children
    from {{ ref('fct_cohort_change') }}
    where indicator_id = 'lac_count' and basis = 'month_end'
    group by la, snapshot_month, computation, previous_snapshot_month, previous_computation, period_end
),

steps as (
    select
        comparisons.la, comparisons.snapshot_month, comparisons.computation, comparisons.previous_snapshot_month,
        comparisons.previous_computation, comparisons.period_end,
        coalesce(changes.children, 0) as children
    from comparisons
    left join changes
        on comparisons.la = changes.la
        and comparisons.snapshot_month = changes.snapshot_month
        and comparisons.computation = changes.computation
        and comparisons.previous_snapshot_month = changes.previous_snapshot_month
        and comparisons.previous_computation = changes.previous_computation
        and comparisons.period_end = changes.period_end
),

-- Where the month before came only later, nothing was compared with it.
months_compared as (
    select
        stock_flow.*,
        steps.previous_snapshot_month as month_before,
        steps.previous_computation as computation_before,
        steps.period_end as opening_day
    from stock_flow
    inner join snapshots
        on stock_flow.la = snapshots.la
        and cast(date_trunc('month', stock_flow.snapshot_end) as date) - 1 = snapshots.snapshot_end
    inner join steps
        on stock_flow.la = steps.la
        and stock_flow.snapshot_month = steps.snapshot_month
        and snapshots.snapshot_month = steps.previous_snapshot_month
        and snapshots.snapshot_end = steps.period_end
),

-- From one computation of the month to the next; what its month before told otherwise only after the comparison is
-- in the closing already.
told_otherwise as (
    select
        months_compared.la,
        months_compared.snapshot_month,
        sum(case
            when steps.snapshot_month = months_compared.snapshot_month then steps.children
            else -steps.children
        end) as children
    from months_compared
    inner join steps
        on months_compared.la = steps.la
        and months_compared.opening_day = steps.period_end
        and (
            months_compared.snapshot_month = steps.snapshot_month
            or (
                months_compared.month_before = steps.snapshot_month
                and months_compared.computation_before < steps.computation
            )
        )
    group by months_compared.la, months_compared.snapshot_month
)

select months_compared.*, told_otherwise.children as told_otherwise
from months_compared
inner join told_otherwise
    on months_compared.la = told_otherwise.la and months_compared.snapshot_month = told_otherwise.snapshot_month
where months_compared.closing_before + told_otherwise.children + months_compared.admissions
    + months_compared.unexplained_starts - months_compared.ceased <> months_compared.closing
