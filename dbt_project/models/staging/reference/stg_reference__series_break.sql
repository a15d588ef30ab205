-- Grain: one row per indicator and break.
with

source as (
    select * from {{ source('lake', 'ref_series_break') }}
),

renamed as (
    select
        la,
        snapshot_month,
        indicator_id,
        from_month,
        note,
        source_file,
        source_row
    from source
)

select * from renamed
