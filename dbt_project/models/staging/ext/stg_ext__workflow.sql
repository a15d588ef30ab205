-- Grain: one row per workflow task, as the case system exported it.
with

source as (
    select * from {{ source('lake', 'ext_workflow') }}
),

renamed as (
    select
        la,
        snapshot_month,
        person_id,
        task,
        cast(started_date as date) as started_date,
        cast(completed_date as date) as completed_date,
        source_file,
        source_row
    from source
)

select * from renamed
