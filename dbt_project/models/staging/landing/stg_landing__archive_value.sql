-- Grain: one row per figure and computation of it that an earlier publication made.
with

source as (
    select * from {{ source('lake', 'archive_value') }}
),

renamed as (
    select
        la,
        snapshot_month,
        computation,
        indicator_id,
        period_end,
        basis,
        breakdown,
        value,
        numerator,
        denominator,
        unit,
        status,
        note,
        is_backfilled,
        definition_version
    from source
)

select * from renamed
