-- Grain: one row per snapshot that this run computes, table and team: how long after the event its new records were
-- first in an extract. The team is empty for all teams together.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
    where is_pending and is_as_recorded is not true
),

-- Against the month before alone: a month that was delivered again has no new time to be late in.
new_records as (
    select * from {{ ref('int_record_changes') }}
    where change = 'added' and days_to_record is not null and snapshot_month <> previous_snapshot_month
),

records_of_teams as (
    select la, snapshot_month, table_name, team, days_to_record, days_late from new_records
    union all
    select la, snapshot_month, table_name, '' as team, days_to_record, days_late from new_records
),

final as (
    select
        snapshots.la,
        snapshots.snapshot_month,
        snapshots.computation,
        records_of_teams.table_name,
        records_of_teams.team,
        count(*) as records,
        count(records_of_teams.days_late) as records_late,
        cast({{ round_half_up(percentile('records_of_teams.days_to_record', 0.5)) }} as double) as median_days,
        cast({{ round_half_up(percentile('records_of_teams.days_to_record', 0.9)) }} as double) as ninth_decile_days
    from snapshots
    inner join records_of_teams
        on snapshots.la = records_of_teams.la
        and snapshots.snapshot_month = records_of_teams.snapshot_month
    group by
        snapshots.la, snapshots.snapshot_month, snapshots.computation, records_of_teams.table_name,
        records_of_teams.team
)

select * from final
