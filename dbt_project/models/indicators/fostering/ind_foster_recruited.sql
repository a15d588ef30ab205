-- Grain: one row per approval of a foster household of our own up to a month end.
with

approvals as (
    select * from {{ ref('int_foster_approvals') }}
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        cast(null as {{ dbt.type_string() }}) as person_id,
        household_id as event_id,
        approval_date as event_date,
        coalesce(carer_type_at_first, 'not recorded') as category,
        true as is_in_numerator
    from approvals
)

select * from final
