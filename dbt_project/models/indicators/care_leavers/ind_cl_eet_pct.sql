-- Grain: one row per care leaver at a snapshot's own month end.
with

care_leavers as (
    select * from {{ ref('int_care_leavers') }}
),

-- Full or part time in higher education (1), other education (2), an apprenticeship (4), training or work (5).
-- F3 and P3 are codes of earlier years and never count (B17).
final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        cast(null as {{ dbt.type_string() }}) as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        coalesce(activity in ('F1', 'P1', 'F2', 'P2', 'F4', 'P4', 'F5', 'P5'), false) as is_in_numerator
    from care_leavers
)

select * from final
