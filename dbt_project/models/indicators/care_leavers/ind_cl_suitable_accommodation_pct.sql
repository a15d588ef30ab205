-- Grain: one row per care leaver at a snapshot's own month end.
with

care_leavers as (
    select * from {{ ref('int_care_leavers') }}
),

-- Bed and breakfast (W), custody (X), no fixed abode (S) and not known (R) are never suitable.
final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        cast(null as {{ dbt.type_string() }}) as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        coalesce(accommodation_suitable = '1' and accommodation not in ('W', 'X', 'S', 'R'), false) as is_in_numerator
    from care_leavers
)

select * from final
