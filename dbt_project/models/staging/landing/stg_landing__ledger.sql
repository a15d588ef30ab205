-- Grain: one row per snapshot and table: did it arrive?
with

source as (
    select * from {{ source('lake', 'ledger') }}
),

renamed as (
    select
        la,
        snapshot_month,
        family,
        table_name,
        status,
        reason,
        file as file_name,
        rows as landed_rows,
        refused_rows,
        sha256
    from source
)

select * from renamed
