-- Grain: one row per unaccompanied child in the return.
with

source as (
    select * from {{ source('lake', 'ssda903_uasc') }}
),

renamed as (
    select
        la,
        snapshot_month,
        child as child_id,
        sex,
        cast(dob as date) as birth_date,
        cast(duc as date) as uasc_ceased_date,
        source_file,
        source_row
    from source
)

select * from renamed
