-- Grain: one row per domain and recorded value.
with

source as (
    select * from {{ source('lake', 'ref_code_map') }}
),

renamed as (
    select
        la,
        snapshot_month,
        domain,
        source_value,
        code,
        source_file,
        source_row
    from source
)

select * from renamed
