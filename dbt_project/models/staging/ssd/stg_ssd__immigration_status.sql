-- Grain: one row per row of the immigration status extract.
with

source as (
    select * from {{ source('lake', 'ssd_immigration_status') }}
),

renamed as (
    select
        la,
        snapshot_month,
        immi_immigration_status_id as immigration_status_id,
        immi_person_id as person_id,
        immi_immigration_status as immigration_status,
        cast(immi_immigration_status_start_date as date) as immigration_status_start_date,
        cast(immi_immigration_status_end_date as date) as immigration_status_end_date,
        source_file,
        source_row
    from source
)

select * from renamed
