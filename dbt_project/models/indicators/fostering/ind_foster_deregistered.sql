-- Grain: one row per approval of a foster household of our own that ended, up to a month end.
with

approvals as (
    select * from {{ ref('int_foster_approvals') }}
    where approval_end_date is not null
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        cast(null as {{ dbt.type_string() }}) as person_id,
        household_id as event_id,
        approval_end_date as event_date,
        coalesce(end_route, 'not recorded') as category,
        true as is_in_numerator,
        coalesce(carer_type_at_last, 'not recorded') as further_category
    from approvals
)

select * from final
