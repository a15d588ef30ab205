-- Grain: one row per child heard at a panel or meeting.
with

source as (
    select * from {{ source('lake', 'ext_panel') }}
),

renamed as (
    select
        la,
        snapshot_month,
        cast(panel_date as date) as panel_date,
        panel_type,
        person_id,
        carer_source,
        outcome,
        meeting_id,
        source_file,
        source_row
    from source
)

select * from renamed
