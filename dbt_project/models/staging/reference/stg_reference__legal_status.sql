-- Grain: one row per recorded legal status.
with

source as (
    select * from {{ source('lake', 'ref_legal_status') }}
),

renamed as (
    select
        la,
        snapshot_month,
        source_value,
        code,
        status_group,
        source_file,
        source_row
    from source
)

select * from renamed
