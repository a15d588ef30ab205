-- Grain: one row per admission of a child whose birth date is known, up to a month end, with the exact age in years.
with

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
    where is_admission and birth_date is not null
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        care_id as event_id,
        care_start_date as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        true as is_in_numerator,
        {{ dbt.datediff('birth_date', 'care_start_date', 'day') }} / 365.25 as amount
    from periods_of_care
)

select * from final
