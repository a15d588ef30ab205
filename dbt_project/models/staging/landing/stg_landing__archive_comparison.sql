-- Grain: one row per pair of published computations whose changed rows the archive keeps.
with

source as (
    select * from {{ source('lake', 'archive_comparison') }}
),

renamed as (
    select
        la,
        snapshot_month,
        computation,
        previous_snapshot_month,
        previous_computation
    from source
)

select * from renamed
