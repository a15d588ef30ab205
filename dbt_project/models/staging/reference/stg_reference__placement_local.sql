-- Grain: one row per local placement type and validity.
with

source as (
    select * from {{ source('lake', 'ref_placement_local') }}
),

renamed as (
    select
        la,
        snapshot_month,
        source_value,
        code,
        family_based,
        kinship,
        unregistered,
        cast(valid_from as date) as valid_from,
        cast(valid_to as date) as valid_to,
        source_file,
        source_row
    from source
)

select * from renamed
