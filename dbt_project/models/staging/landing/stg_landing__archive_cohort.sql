-- Grain: one row per child, event or household behind a figure that an earlier publication made.
with

source as (
    select * from {{ source('lake', 'archive_cohort') }}
),

renamed as (
    select
        la,
        snapshot_month,
        computation,
        indicator_id,
        period_end,
        basis,
        person_id,
        event_id,
        category,
        further_category,
        in_numerator,
        amount,
        base_amount
    from source
)

select * from renamed
