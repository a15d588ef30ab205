-- Foster households at a month end = those of the month before + recruited - deregistered, within each snapshot.
with

periods as (
    select * from {{ ref('int_periods') }}
    where is_month_end
),

stock as (
    select la, snapshot_month, period_end, count(*) as households
    from {{ ref('ind_foster_households') }}
    group by la, snapshot_month, period_end
),

events as (
    select la, snapshot_month, period_end, event_date, 1 as recruited, 0 as deregistered
    from {{ ref('ind_foster_recruited') }}
    union all
    select la, snapshot_month, period_end, event_date, 0 as recruited, 1 as deregistered
    from {{ ref('ind_foster_deregistered') }}
),

month_pairs as (
    select
        periods.la,
        periods.snapshot_month,
        periods.period_end,
        earlier.period_end as earlier_end
    from periods
    inner join periods as earlier
        on periods.la = earlier.la
        and periods.snapshot_month = earlier.snapshot_month
        and periods.month_start - 1 = earlier.period_end
),

flows as (
    select
        month_pairs.la,
        month_pairs.snapshot_month,
        month_pairs.period_end,
        month_pairs.earlier_end,
        coalesce(sum(events.recruited), 0) as recruited,
        coalesce(sum(events.deregistered), 0) as deregistered
    from month_pairs
    left join events
        on month_pairs.la = events.la
        and month_pairs.snapshot_month = events.snapshot_month
        and month_pairs.period_end = events.period_end
        and month_pairs.earlier_end < events.event_date
    group by month_pairs.la, month_pairs.snapshot_month, month_pairs.period_end, month_pairs.earlier_end
)

select
    flows.la,
    flows.snapshot_month,
    flows.period_end,
    coalesce(stock_before.households, 0) as households_before,
    flows.recruited,
    flows.deregistered,
    coalesce(stock.households, 0) as households_now
from flows
left join stock
    on flows.la = stock.la and flows.snapshot_month = stock.snapshot_month and flows.period_end = stock.period_end
left join stock as stock_before
    on flows.la = stock_before.la
    and flows.snapshot_month = stock_before.snapshot_month
    and flows.earlier_end = stock_before.period_end
where coalesce(stock_before.households, 0) + flows.recruited - flows.deregistered <> coalesce(stock.households, 0)
