-- Grain: one row per row of the professionals extract.
with

source as (
    select * from {{ source('lake', 'ssd_professionals') }}
),

renamed as (
    select
        la,
        snapshot_month,
        prof_professional_id as professional_id,
        prof_professional_job_title as job_title,
        prof_full_time_equivalency as full_time_equivalent,
        source_file,
        source_row
    from source
)

select * from renamed
