-- Grain: one row per council and snapshot: the children looked after from the month before to its own month end, and
-- how the opening differs from what the snapshot before gave as its closing.
with

cohort as (
    select la, snapshot_month, computation, indicator_id, period_end, basis, person_id
    from {{ ref('fct_indicator_cohort') }}
    where indicator_id in ('lac_count', 'admissions', 'ceased') and basis in ('month_end', 'in_month')
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
        sum(case when cohort.indicator_id = 'lac_count' and cohort.period_end = snapshots.opening_day then 1 else 0 end)
            as opening,
        sum(case when cohort.indicator_id = 'admissions' and cohort.period_end = snapshots.snapshot_end then 1 else 0 end)
            as admissions,
        sum(case when cohort.indicator_id = 'ceased' and cohort.period_end = snapshots.snapshot_end then 1 else 0 end)
            as ceased,
        sum(case when cohort.indicator_id = 'lac_count' and cohort.period_end = snapshots.snapshot_end then 1 else 0 end)
            as closing
    from snapshots
    inner join cohort
        on snapshots.la = cohort.la
        and snapshots.snapshot_month = cohort.snapshot_month
    group by
        snapshots.la, snapshots.snapshot_month, snapshots.snapshot_end, snapshots.opening_day, snapshots.end_before,
        snapshots.month_before
),

closings_before as (
    select la, snapshot_month, period_end, count(*) as children
    from cohort
    where indicator_id = 'lac_count'
    group by la, snapshot_month, period_end
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
