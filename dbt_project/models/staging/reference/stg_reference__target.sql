-- Grain: one row per indicator and validity.
with

source as (
    select * from {{ source('lake', 'ref_target') }}
),

renamed as (
    select
        la,
        snapshot_month,
        indicator_id,
        red,
        amber,
        green,
        printed,
        cast(valid_from as date) as valid_from,
        cast(valid_to as date) as valid_to,
        source_file,
        source_row
    from source
)

select * from renamed
