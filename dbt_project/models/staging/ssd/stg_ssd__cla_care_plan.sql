-- Grain: one row per row of the care plans extract.
with

source as (
    select * from {{ source('lake', 'ssd_cla_care_plan') }}
),

renamed as (
    select
        la,
        snapshot_month,
        lacp_table_id as care_plan_id,
        lacp_person_id as person_id,
        cast(lacp_cla_care_plan_start_date as date) as care_plan_start_date,
        cast(lacp_cla_care_plan_end_date as date) as care_plan_end_date,
        source_file,
        source_row
    from source
)

select * from renamed
