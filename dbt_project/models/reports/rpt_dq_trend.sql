-- Grain: one row per recording issue and extract, the last thirteen to the published month. For officers: nothing is
-- hidden.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

issues as (
    select * from {{ ref('dim_recording_issue') }}
),

trend as (
    select * from {{ ref('fct_dq_trend') }}
),

-- Of the first extract nobody can say what is new in it and what was put right before it.
numbered_months as (
    select
        trend.*,
        min(trend.snapshot_month) over (partition by trend.la) as first_month,
        dense_rank() over (partition by trend.la order by trend.snapshot_month desc nulls last) as months_back
    from trend
    inner join publications
        on trend.la = publications.la
        and trend.snapshot_month <= publications.snapshot_month
),

final as (
    select
        numbered_months.la,
        numbered_months.snapshot_month,
        numbered_months.issue_id,
        issues.title,
        issues.severity,
        issues.owner,
        numbered_months.faults,
        case when numbered_months.snapshot_month > numbered_months.first_month then numbered_months.new_faults end
            as new_faults,
        case when numbered_months.snapshot_month > numbered_months.first_month then numbered_months.fixed_faults end
            as fixed_faults,
        numbered_months.repaired_faults,
        numbered_months.oldest_since
    from numbered_months
    inner join issues on numbered_months.issue_id = issues.issue_id
    where numbered_months.months_back <= 13
)

select * from final
