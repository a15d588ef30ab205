-- Grain: one row per missing or away episode in the return.
with

source as (
    select * from {{ source('lake', 'ssda903_missing') }}
),

renamed as (
    select
        la,
        snapshot_month,
        child as child_id,
        cast(dob as date) as birth_date,
        missing as missing_type,
        cast(mis_start as date) as missing_start_date,
        cast(mis_end as date) as missing_end_date,
        source_file,
        source_row
    from source
)

select * from renamed
