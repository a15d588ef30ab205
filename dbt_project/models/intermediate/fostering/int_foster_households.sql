-- Grain: one row per approved foster household at a month end (foster_households). Households of
-- independent agencies, supported lodgings and temporary (regulation 24) approvals are not ours to count.
with

periods as (
    select * from {{ ref('int_periods') }}
),

approvals as (
    select * from {{ ref('stg_ext__foster_household') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'carer_type'
),

coded_approvals as (
    select
        approvals.*,
        {{ word('coalesce(code_map.code, approvals.carer_type)') }} as carer_type_word
    from approvals
    left join code_map
        on approvals.la = code_map.la
        and approvals.snapshot_month = code_map.snapshot_month
        and {{ word('approvals.carer_type') }} = code_map.word
),

final as (
    select distinct
        periods.la,
        periods.snapshot_month,
        periods.period_end,
        coded_approvals.household_id
    from periods
    inner join coded_approvals
        on periods.la = coded_approvals.la
        and periods.snapshot_month = coded_approvals.snapshot_month
        and {{ runs_at('coded_approvals.approval_date', 'coded_approvals.end_date', 'periods.period_end') }}
    where coalesce(coded_approvals.carer_type_word, '') not in ('ifa', 'supported lodgings')
        and not coalesce(
            {{ runs_at('coded_approvals.reg24_start', 'coded_approvals.reg24_end', 'periods.period_end') }}
            and coded_approvals.approval_date <= coded_approvals.reg24_start,
            false
        )
)

select * from final
