-- Grain: one row per PEP meeting, as the virtual school exported it.
with

source as (
    select * from {{ source('lake', 'ext_pep') }}
),

renamed as (
    select
        la,
        snapshot_month,
        person_id,
        cast(meeting_date as date) as meeting_date,
        cast(completed_date as date) as completed_date,
        source,
        source_file,
        source_row
    from source
)

select * from renamed
