-- Grain: one row per row of the missing episodes extract.
with

source as (
    select * from {{ source('lake', 'ssd_missing') }}
),

renamed as (
    select
        la,
        snapshot_month,
        miss_table_id as missing_id,
        miss_person_id as person_id,
        cast(miss_missing_episode_start_date as date) as missing_start_date,
        cast(miss_missing_episode_end_date as date) as missing_end_date,
        miss_missing_episode_type as missing_type,
        miss_missing_rhi_offered as rhi_offered,
        miss_missing_rhi_accepted as rhi_accepted,
        source_file,
        source_row
    from source
)

select * from renamed
