-- Grain: one row per placement and price, as the commissioning team recorded it.
with

source as (
    select * from {{ source('lake', 'ext_placement_cost') }}
),

renamed as (
    select
        la,
        snapshot_month,
        placement_id,
        weekly_cost,
        cast(start_date as date) as start_date,
        cast(end_date as date) as end_date,
        source_file,
        source_row
    from source
)

select * from renamed
