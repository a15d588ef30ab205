-- Grain: one row per figure, pair of computations and row behind it that came, went or changed between the two.
with

source as (
    select * from {{ source('lake', 'archive_cohort_change') }}
),

renamed as (
    select
        la,
        snapshot_month,
        computation,
        previous_snapshot_month,
        previous_computation,
        indicator_id,
        period_end,
        basis,
        person_id,
        event_id,
        was_in_numerator,
        is_in_numerator,
        was_category,
        is_category,
        was_further_category,
        is_further_category,
        change
    from source
)

select * from renamed
