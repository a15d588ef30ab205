-- Grain: one row per child in the return.
with

source as (
    select * from {{ source('lake', 'ssda903_header') }}
),

renamed as (
    select
        la,
        snapshot_month,
        child as child_id,
        sex,
        cast(dob as date) as birth_date,
        ethnic as ethnicity,
        source_file,
        source_row
    from source
)

select * from renamed
