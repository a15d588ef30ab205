-- Grain: one row per council in the reference data of a snapshot.
with

source as (
    select * from {{ source('lake', 'ref_council') }}
),

renamed as (
    select
        la,
        snapshot_month,
        council,
        name as council_name,
        cast(history_from as date) as history_from,
        source_file,
        source_row
    from source
)

select * from renamed
