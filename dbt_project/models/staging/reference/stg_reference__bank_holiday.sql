-- Grain: one row per bank holiday in England and Wales.
with

source as (
    select * from {{ source('lake', 'ref_bank_holiday') }}
),

renamed as (
    select
        la,
        snapshot_month,
        cast(date as date) as holiday_date,
        source_file,
        source_row
    from source
)

select * from renamed
