-- Grain: one row per snapshot known to this run.
with

source as (
    select * from {{ source('lake', 'snapshot') }}
),

renamed as (
    select
        la,
        snapshot_month,
        snapshot_end,
        is_first,
        is_pending,
        is_selected,
        computation,
        is_as_recorded
    from source
)

select * from renamed
