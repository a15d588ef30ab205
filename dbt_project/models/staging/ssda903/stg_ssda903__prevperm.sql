-- Grain: one row per child in the return with an earlier permanence option asked about.
with

source as (
    select * from {{ source('lake', 'ssda903_prevperm') }}
),

renamed as (
    select
        la,
        snapshot_month,
        child as child_id,
        cast(dob as date) as birth_date,
        prev_perm as previous_permanence,
        la_perm as previous_permanence_la,
        date_perm as previous_permanence_date,
        source_file,
        source_row
    from source
)

select * from renamed
