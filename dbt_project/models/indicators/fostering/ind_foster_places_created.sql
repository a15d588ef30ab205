-- Grain: one row per approval of a foster household of our own, up to a month end, with the places approved.
with

approvals as (
    select * from {{ ref('int_foster_approvals') }}
    where approved_places_at_first is not null
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        cast(null as {{ dbt.type_string() }}) as person_id,
        household_id as event_id,
        approval_date as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        true as is_in_numerator,
        approved_places_at_first as amount
    from approvals
)

select * from final
