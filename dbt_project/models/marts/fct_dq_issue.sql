-- Grain: one row per fault of recording and snapshot, in the snapshot's latest computation: what is wrong, whose it
-- is to put right, what the figures use instead, and since which month it has stood there.
with

archived as (
    select
        la, snapshot_month, computation, issue_id, person_id, table_name, row_id, column_name, bad_value, detail,
        evidence, repaired_value, repair_id
    from {{ ref('stg_landing__archive_dq_issue') }}
),

computed as (
    select
        la, snapshot_month, computation, issue_id, person_id, table_name, row_id, column_name, bad_value, detail,
        evidence, repaired_value, repair_id
    from {{ ref('fct_computed_dq_issue') }}
),

issues as (
    select * from {{ ref('dim_recording_issue') }}
),

snapshots as (
    select * from {{ ref('int_known_snapshots') }}
),

findings as (
    select * from archived
    union all
    select * from computed
),

latest_findings as (
    select *
    from findings
    qualify computation = max(computation) over (partition by la, snapshot_month)
),

numbered_snapshots as (
    select
        la,
        snapshot_month,
        row_number() over (partition by la order by snapshot_month nulls last) as snapshot_number
    from snapshots
),

-- Rows of the return have no id that lasts from month to month, so the value that stands there tells them apart.
named_faults as (
    select
        latest_findings.*,
        numbered_snapshots.snapshot_number,
        case
            when latest_findings.row_id is null or latest_findings.table_name like 'ssda903%'
                then concat('value ', coalesce(latest_findings.bad_value, ''))
            else concat('row ', latest_findings.row_id)
        end as fault_name
    from latest_findings
    inner join numbered_snapshots
        on latest_findings.la = numbered_snapshots.la
        and latest_findings.snapshot_month = numbered_snapshots.snapshot_month
),

-- A fault that is there in month after month keeps the difference between its snapshot's number and its own count.
runs_of_months as (
    select
        *,
        snapshot_number - dense_rank() over (
            partition by la, issue_id, person_id, table_name, column_name, fault_name
            order by snapshot_number nulls last
        ) as run_number
    from named_faults
),

final as (
    select
        runs_of_months.la,
        runs_of_months.snapshot_month,
        runs_of_months.computation,
        runs_of_months.issue_id,
        issues.title,
        issues.severity,
        runs_of_months.person_id,
        runs_of_months.table_name,
        runs_of_months.row_id,
        runs_of_months.column_name,
        runs_of_months.bad_value,
        runs_of_months.detail,
        issues.owner,
        issues.to_do,
        issues.affects,
        runs_of_months.repaired_value is not null as is_repaired,
        runs_of_months.repaired_value,
        runs_of_months.repair_id,
        runs_of_months.evidence,
        runs_of_months.fault_name,
        min(runs_of_months.snapshot_month) over (
            partition by
                runs_of_months.la, runs_of_months.issue_id, runs_of_months.person_id, runs_of_months.table_name,
                runs_of_months.column_name, runs_of_months.fault_name, runs_of_months.run_number
        ) as open_since
    from runs_of_months
    inner join issues on runs_of_months.issue_id = issues.issue_id
)

select * from final
