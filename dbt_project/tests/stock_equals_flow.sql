-- Children looked after at a month end = those of the month before + admissions + unexplained starts - ceased,
-- within each snapshot (invariant 1, B4). A period of care whose legal status began later than the care itself
-- enters late: it is counted among the unexplained starts.
with

periods as (
    select * from {{ ref('int_periods') }}
),

stock as (
    select la, snapshot_month, period_end, count(*) as children
    from {{ ref('int_looked_after') }}
    group by la, snapshot_month, period_end
),

care as (
    select * from {{ ref('int_periods_of_care') }}
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
        sum(case
            when care.care_start_date > month_pairs.earlier_end and care.is_admission then 1 else 0
        end) as admissions,
        sum(case
            when (care.care_start_date > month_pairs.earlier_end and not care.is_admission)
                or (
                    care.care_start_date <= month_pairs.earlier_end
                    and coalesce(care.care_end_date > month_pairs.earlier_end, true)
                    and known_before.care_id is null
                )
                then 1
            else 0
        end) as unexplained_starts,
        sum(case when care.care_end_date > month_pairs.earlier_end then 1 else 0 end) as ceased
    from month_pairs
    inner join care
        on month_pairs.la = care.la
        and month_pairs.snapshot_month = care.snapshot_month
        and month_pairs.period_end = care.period_end
    left join care as known_before
        on month_pairs.la = known_before.la
        and month_pairs.snapshot_month = known_before.snapshot_month
        and month_pairs.earlier_end = known_before.period_end
        and care.person_id = known_before.person_id
        and care.care_id = known_before.care_id
        and known_before.care_end_date is null
    group by month_pairs.la, month_pairs.snapshot_month, month_pairs.period_end, month_pairs.earlier_end
)

select
    flows.la,
    flows.snapshot_month,
    flows.period_end,
    coalesce(stock_before.children, 0) as children_before,
    flows.admissions,
    flows.unexplained_starts,
    flows.ceased,
    coalesce(stock.children, 0) as children_now
from flows
left join stock
    on flows.la = stock.la and flows.snapshot_month = stock.snapshot_month and flows.period_end = stock.period_end
left join stock as stock_before
    on flows.la = stock_before.la
    and flows.snapshot_month = stock_before.snapshot_month
    and flows.earlier_end = stock_before.period_end
where coalesce(stock_before.children, 0) + flows.admissions + flows.unexplained_starts - flows.ceased
    <> coalesce(stock.children, 0)
