-- Grain: one row per council and snapshot: the children looked after from the month before to its own month end, and
-- how the opening differs from what the snapshot before gave as its closing.
with

figures as (
    select la, snapshot_month, indicator_id, period_end, numerator
    from {{ ref('fct_snapshot_value') }}
    where indicator_id in ('lac_count', 'admissions', 'ceased') and basis in ('month_end', 'in_month')
        and breakdown = '' and status = 'ok'
    qualify computation = max(computation) over (partition by la, snapshot_month)
),

snapshots as (
    select
        la,
        snapshot_month,
        snapshot_end,
        cast(date_trunc('month', snapshot_end) as date) - 1 as opening_day,
        lag(snapshot_month) over (partition by la order by snapshot_month nulls last) as month_before,
        lag(snapshot_end) over (partition by la order by snapshot_month nulls last) as end_before
    from {{ ref('int_known_snapshots') }}
),

counts as (
    select
        snapshots.la,
        snapshots.snapshot_month,
        snapshots.snapshot_end,
        snapshots.opening_day,
        case when snapshots.end_before = snapshots.opening_day then snapshots.month_before end as month_before,
        cast(sum(case
            when figures.indicator_id = 'lac_count' and figures.period_end = snapshots.opening_day then figures.numerator
        end) as bigint) as opening,
        cast(sum(case
            when figures.indicator_id = 'admissions' and figures.period_end = snapshots.snapshot_end then figures.numerator
        end) as bigint) as admissions,
        cast(sum(case
            when figures.indicator_id = 'ceased' and figures.period_end = snapshots.snapshot_end then figures.numerator
        end) as bigint) as ceased,
        cast(sum(case
            when figures.indicator_id = 'lac_count' and figures.period_end = snapshots.snapshot_end then figures.numerator
        end) as bigint) as closing
    from snapshots
    inner join figures
        on snapshots.la = figures.la
        and snapshots.snapshot_month = figures.snapshot_month
    group by
        snapshots.la, snapshots.snapshot_month, snapshots.snapshot_end, snapshots.opening_day, snapshots.end_before,
        snapshots.month_before
),

closings_before as (
    select la, snapshot_month, period_end, cast(numerator as bigint) as children
    from figures
    where indicator_id = 'lac_count'
),

-- Closing = opening + admissions + starts that are no admission (B4) - ceased.
final as (
    select
        counts.la,
        counts.snapshot_month,
        counts.snapshot_end,
        closings_before.children as closing_before,
        counts.opening - closings_before.children as restated,
        counts.opening,
        counts.admissions,
        counts.closing - counts.opening - counts.admissions + counts.ceased as unexplained_starts,
        counts.ceased,
        counts.closing
    from counts
    left join closings_before
        on counts.la = closings_before.la
        and counts.month_before = closings_before.snapshot_month
        and counts.opening_day = closings_before.period_end
)

select * from final
