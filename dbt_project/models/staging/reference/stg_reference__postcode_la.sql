-- Grain: one row per postcode prefix.
with

source as (
    select * from {{ source('lake', 'ref_postcode_la') }}
),

renamed as (
    select
        la,
        snapshot_month,
        postcode_prefix,
        council,
        source_file,
        source_row
    from source
)

select * from renamed
