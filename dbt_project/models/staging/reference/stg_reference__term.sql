-- Grain: one row per school term.
with

source as (
    select * from {{ source('lake', 'ref_term') }}
),

renamed as (
    select
        la,
        snapshot_month,
        term,
        cast(start_date as date) as start_date,
        cast(end_date as date) as end_date,
        source_file,
        source_row
    from source
)

select * from renamed
