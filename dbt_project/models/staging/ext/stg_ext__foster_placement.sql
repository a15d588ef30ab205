-- Grain: one row per placement in a household, as the fostering service exported it.
with

source as (
    select * from {{ source('lake', 'ext_foster_placement') }}
),

renamed as (
    select
        la,
        snapshot_month,
        placement_id,
        household_id,
        source_file,
        source_row
    from source
)

select * from renamed
