-- Grain: one row per council and snapshot that this run works on: those that are pending (A2, F3), and that of
-- the month it publishes. Only pending ones give new figures. The published month is there a second time, named
-- "as recorded": no repair is applied to it.
with

snapshots as (
    select * from {{ ref('stg_landing__snapshot') }}
    where is_selected
),

councils as (
    select * from {{ ref('stg_reference__council') }}
),

ledger as (
    select * from {{ ref('stg_landing__ledger') }}
),

ssda903_snapshots as (
    select distinct la, snapshot_month
    from ledger
    where table_name = 'ssda903_episodes' and status = 'landed'
),

recorded_history as (
    select la, snapshot_month, max(history_from) as history_from
    from councils
    where council = la
    group by la, snapshot_month
),

-- F7: the council says from when its records are whole; else a 903 file holds one collection
-- year, and a case system is taken to hold six years.
final as (
    select
        snapshots.la,
        snapshots.snapshot_month,
        snapshots.snapshot_end,
        snapshots.is_first,
        snapshots.is_pending,
        snapshots.computation,
        snapshots.is_as_recorded,
        case when ssda903_snapshots.la is null then 'ssd' else 'ssda903' end as route,
        coalesce(
            recorded_history.history_from,
            case
                when ssda903_snapshots.la is not null then {{ financial_year_start('snapshots.snapshot_end') }}
                else {{ months_before('snapshots.snapshot_end', 72) }}
            end
        ) as history_from
    from snapshots
    left join ssda903_snapshots
        on snapshots.la = ssda903_snapshots.la
        and snapshots.snapshot_month = ssda903_snapshots.snapshot_month
    left join recorded_history
        on snapshots.la = recorded_history.la
        and snapshots.snapshot_month = recorded_history.snapshot_month
)

select * from final
