-- Grain: one row per value that could not be read or mapped. Nothing in it is a key: a refused
-- file has no row number, an unmapped value no file.
with

source as (
    select * from {{ source('lake', 'quarantine') }}
),

renamed as (
    select
        la,
        snapshot_month,
        family,
        table_name,
        file as file_name,
        row_number,
        column_name,
        value as bad_value,
        reason,
        row_count,
        effect
    from source
)

select * from renamed
