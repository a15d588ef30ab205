-- Grain: one row per approved foster household at a month end (foster_households).
with

approvals as (
    select * from {{ ref('int_foster_approvals') }}
    where approval_end_date is null
),

final as (
    select la, snapshot_month, period_end, household_id
    from approvals
)

select * from final
