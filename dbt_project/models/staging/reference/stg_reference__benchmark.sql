-- Grain: one row per indicator, comparator and period.
with

source as (
    select * from {{ source('lake', 'ref_benchmark') }}
),

renamed as (
    select
        la,
        snapshot_month,
        indicator_id,
        comparator,
        period,
        value,
        source,
        source_file,
        source_row
    from source
)

select * from renamed
