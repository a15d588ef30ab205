-- Grain: one row per pair of published computations that were compared, and whether the changed rows are still kept.
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
        previous_computation,
        is_kept
    from source
)

select * from renamed
