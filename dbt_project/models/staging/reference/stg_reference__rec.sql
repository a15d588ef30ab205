-- Grain: one row per recorded end reason.
with

source as (
    select * from {{ source('lake', 'ref_rec') }}
),

renamed as (
    select
        la,
        snapshot_month,
        source_value,
        code,
        source_file,
        source_row
    from source
)

select * from renamed
