-- Grain: one row per review of a household, as the fostering service exported it.
with

source as (
    select * from {{ source('lake', 'ext_foster_review') }}
),

renamed as (
    select
        la,
        snapshot_month,
        household_id,
        cast(review_date as date) as review_date,
        source_file,
        source_row
    from source
)

select * from renamed
