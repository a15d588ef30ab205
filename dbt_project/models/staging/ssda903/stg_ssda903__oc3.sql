-- Grain: one row per care leaver in the return.
with

source as (
    select * from {{ source('lake', 'ssda903_oc3') }}
),

renamed as (
    select
        la,
        snapshot_month,
        child as child_id,
        cast(dob as date) as birth_date,
        in_touch,
        activ as activity,
        accom as accommodation,
        source_file,
        source_row
    from source
)

select * from renamed
