-- Grain: one row per council and snapshot with a landed month before it: the last day of that extract, and the last
-- day whose facts must stand in it, because the fifth working day after them is not later (DQ03).
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

known_snapshots as (
    select * from {{ ref('int_known_snapshots') }}
),

working_days as (
    select * from {{ ref('int_working_days') }}
    where is_working_day
),

extracts_before as (
    select
        snapshots.la,
        snapshots.snapshot_month,
        max(known_snapshots.snapshot_month) as extract_month,
        max(known_snapshots.snapshot_end) as extract_date
    from snapshots
    inner join known_snapshots
        on snapshots.la = known_snapshots.la
        and snapshots.snapshot_end > known_snapshots.snapshot_end
    group by snapshots.la, snapshots.snapshot_month
),

-- Five working days fit between a day and the extract where the day is before the fifth last of them.
final as (
    select
        extracts_before.la,
        extracts_before.snapshot_month,
        extracts_before.extract_month,
        extracts_before.extract_date,
        working_days.calendar_date - 1 as last_day_in_time
    from extracts_before
    inner join working_days
        on extracts_before.la = working_days.la
        and extracts_before.snapshot_month = working_days.snapshot_month
        and working_days.calendar_date between extracts_before.extract_date - 30 and extracts_before.extract_date
    qualify row_number() over (
            partition by extracts_before.la, extracts_before.snapshot_month order by working_days.calendar_date desc nulls last
        ) = 5
)

select * from final
