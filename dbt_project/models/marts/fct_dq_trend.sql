-- Grain: one row per council, snapshot and recording issue: how many faults stand there, how many are new since the
-- snapshot before, how many have gone from the source since, how many the figures repair, and the oldest.
with

faults as (
    select distinct
        la, snapshot_month, issue_id, person_id, table_name, column_name, fault_name, is_repaired, open_since
    from {{ ref('fct_dq_issue') }}
),

snapshots as (
    select
        la,
        snapshot_month,
        lag(snapshot_month) over (partition by la order by snapshot_month nulls last) as month_before
    from {{ ref('int_known_snapshots') }}
),

issues as (
    select * from {{ ref('dim_recording_issue') }}
),

counts as (
    select
        la,
        snapshot_month,
        issue_id,
        count(*) as faults,
        cast(sum(case when open_since = snapshot_month then 1 else 0 end) as bigint) as new_faults,
        cast(sum(case when is_repaired then 1 else 0 end) as bigint) as repaired_faults,
        min(open_since) as oldest_since
    from faults
    group by la, snapshot_month, issue_id
),

final as (
    select
        snapshots.la,
        snapshots.snapshot_month,
        issues.issue_id,
        cast(coalesce(counts_now.faults, 0) as bigint) as faults,
        cast(coalesce(counts_now.new_faults, 0) as bigint) as new_faults,
        case
            when not issues.is_told_once
                then coalesce(counts_before.faults, 0) - coalesce(counts_now.faults, 0) + coalesce(counts_now.new_faults, 0)
        end as fixed_faults,
        cast(coalesce(counts_now.repaired_faults, 0) as bigint) as repaired_faults,
        counts_now.oldest_since
    from snapshots
    cross join issues
    left join counts as counts_now
        on snapshots.la = counts_now.la
        and snapshots.snapshot_month = counts_now.snapshot_month
        and issues.issue_id = counts_now.issue_id
    left join counts as counts_before
        on snapshots.la = counts_before.la
        and snapshots.month_before = counts_before.snapshot_month
        and issues.issue_id = counts_before.issue_id
)

select * from final
