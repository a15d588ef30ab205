-- Grain: one row per child on the adoption service's own tracker.
with

source as (
    select * from {{ source('lake', 'ext_adoption_tracker') }}
),

renamed as (
    select
        la,
        snapshot_month,
        person_id,
        cast(shobpa_date as date) as shobpa_date,
        cast(placement_order_date as date) as placement_order_date,
        cast(match_date as date) as match_date,
        cast(placed_date as date) as placed_date,
        cast(order_date as date) as order_date,
        cast(source_date as date) as source_date,
        source_file,
        source_row
    from source
)

select * from renamed
