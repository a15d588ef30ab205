-- Grain: one row per child in a fostering placement, other than with family or friends, at a month end.
with

looked_after as (
    select * from {{ ref('int_looked_after') }}
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        care_id as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        true as is_in_numerator
    from looked_after
    where placement_code in ('U4', 'U5', 'U6')
)

select * from final
