-- Grain: one row per rule on small numbers and the time it applies.
with

source as (
    select * from {{ source('lake', 'ref_disclosure') }}
),

renamed as (
    select
        la,
        snapshot_month,
        smallest_shown,
        smallest_denominator,
        hide_rest,
        hide_steps,
        owner,
        cast(decided_on as date) as decided_on,
        cast(valid_from as date) as valid_from,
        cast(valid_to as date) as valid_to,
        source_file,
        source_row
    from source
)

select * from renamed
