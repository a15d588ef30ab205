-- Grain: one row per approval of a foster household of our own, cut at a month end (D): rows of one household that
-- touch or overlap are one, so that a change of category is neither recruitment nor deregistration (C2, B0).
-- Households of independent agencies, supported lodgings and temporary (regulation 24) approvals are not ours to count.
with

periods as (
    select * from {{ ref('int_periods') }}
),

approvals as (
    select * from {{ ref('stg_ext__foster_household') }}
    where household_id is not null
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'carer_type'
),

-- An approval recorded no later than the temporary one is the temporary one itself, while that runs.
coded_approvals as (
    select
        approvals.*,
        coalesce(code_map.code, trim(approvals.carer_type)) as carer_type_name,
        coalesce(
            approvals.approval_date <= approvals.reg24_start
            and {{ or_open('approvals.reg24_end') }} > approvals.reg24_start,
            false
        ) as is_temporary_at_first
    from approvals
    left join code_map
        on approvals.la = code_map.la
        and approvals.snapshot_month = code_map.snapshot_month
        and {{ word('approvals.carer_type') }} = code_map.word
),

full_approvals as (
    select
        la, snapshot_month, household_id, carer_type_name, approved_places, end_route,
        approval_date as start_date,
        case
            when is_temporary_at_first then least({{ or_open('end_date') }}, reg24_start)
            else {{ or_open('end_date') }}
        end as end_or_open
    from coded_approvals
    union all
    select
        la, snapshot_month, household_id, carer_type_name, approved_places, end_route,
        reg24_end as start_date,
        {{ or_open('end_date') }} as end_or_open
    from coded_approvals
    where is_temporary_at_first
),

approvals_known as (
    select
        periods.la,
        periods.snapshot_month,
        periods.period_end,
        full_approvals.household_id,
        full_approvals.carer_type_name as carer_type,
        full_approvals.approved_places,
        full_approvals.start_date,
        case
            when full_approvals.end_or_open <= periods.period_end then full_approvals.end_or_open
            else cast('9999-12-31' as date)
        end as end_or_open,
        case when full_approvals.end_or_open <= periods.period_end then trim(full_approvals.end_route) end as end_route
    from periods
    inner join full_approvals
        on periods.la = full_approvals.la
        and periods.snapshot_month = full_approvals.snapshot_month
        and periods.period_end >= full_approvals.start_date
        and full_approvals.start_date < full_approvals.end_or_open
    where coalesce({{ word('full_approvals.carer_type_name') }}, '') not in ('ifa', 'supported lodgings')
),

-- Every order is whole, so that the order of the file does not decide.
approvals_marked as (
    select
        *,
        coalesce(start_date > max(end_or_open) over (
            partition by la, snapshot_month, period_end, household_id
            order by
                start_date nulls last, end_or_open nulls last, approved_places desc nulls last,
                carer_type nulls last, end_route nulls last
            rows between unbounded preceding and 1 preceding
        ), true) as starts_approval
    from approvals_known
),

approvals_numbered as (
    select
        *,
        cast(sum(case when starts_approval then 1 else 0 end) over (
            partition by la, snapshot_month, period_end, household_id
            order by
                start_date nulls last, end_or_open nulls last, approved_places desc nulls last,
                carer_type nulls last, end_route nulls last
            rows between unbounded preceding and current row
        ) as int) as approval_number
    from approvals_marked
),

first_rows as (
    select * from approvals_numbered
    qualify row_number() over (
            partition by la, snapshot_month, period_end, household_id, approval_number
            order by
                start_date nulls last, approved_places desc nulls last, carer_type nulls last, end_or_open nulls last
        ) = 1
),

last_rows as (
    select * from approvals_numbered
    qualify row_number() over (
            partition by la, snapshot_month, period_end, household_id, approval_number
            order by
                end_or_open desc nulls last, start_date desc nulls last, carer_type nulls last, end_route nulls last
        ) = 1
),

final as (
    select
        first_rows.la,
        first_rows.snapshot_month,
        first_rows.period_end,
        first_rows.household_id,
        first_rows.approval_number,
        first_rows.start_date as approval_date,
        nullif(last_rows.end_or_open, cast('9999-12-31' as date)) as approval_end_date,
        first_rows.carer_type as carer_type_at_first,
        first_rows.approved_places as approved_places_at_first,
        last_rows.carer_type as carer_type_at_last,
        last_rows.end_route
    from first_rows
    inner join last_rows
        on first_rows.la = last_rows.la
        and first_rows.snapshot_month = last_rows.snapshot_month
        and first_rows.period_end = last_rows.period_end
        and first_rows.household_id = last_rows.household_id
        and first_rows.approval_number = last_rows.approval_number
)

select * from final
