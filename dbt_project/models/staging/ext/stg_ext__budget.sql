-- Grain: one row per budget line and date, as finance recorded it.
with

source as (
    select * from {{ source('lake', 'ext_budget') }}
),

renamed as (
    select
        la,
        snapshot_month,
        line,
        financial_year,
        budget,
        actual_to_date,
        actual,
        source_file,
        source_row
    from source
)

select * from renamed
