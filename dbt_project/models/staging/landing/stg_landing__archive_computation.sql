-- Grain: one row per computation that the archive keeps, and whether it was published.
with

source as (
    select * from {{ source('lake', 'archive_computation') }}
),

renamed as (
    select
        la,
        snapshot_month,
        computation,
        is_published
    from source
)

select * from renamed
