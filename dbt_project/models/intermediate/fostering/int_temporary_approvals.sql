-- Grain: one row per household with a temporary (regulation 24) approval that runs at a month end.
with

periods as (
    select * from {{ ref('int_periods') }}
),

approvals as (
    select * from {{ ref('stg_ext__foster_household') }}
),

-- A household that left has no approval of any kind, whether or not the temporary one was closed.
final as (
    select distinct
        periods.la,
        periods.snapshot_month,
        periods.period_end,
        approvals.household_id
    from periods
    inner join approvals
        on periods.la = approvals.la
        and periods.snapshot_month = approvals.snapshot_month
        and {{ runs_at('approvals.reg24_start', 'approvals.reg24_end', 'periods.period_end') }}
        and {{ or_open('approvals.end_date') }} > periods.period_end
)

select * from final
