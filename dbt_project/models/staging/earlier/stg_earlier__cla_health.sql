-- Grain: one row per row of the health extract of the landed month before each selected snapshot: what was known then.
with

source as (
    select * from {{ source('lake', 'earlier_ssd_cla_health') }}
),

renamed as (
    select
        la,
        snapshot_month,
        clah_health_check_id as health_check_id,
        clah_person_id as person_id,
        clah_health_check_type as check_type,
        cast(clah_health_check_date as date) as check_date,
        clah_health_check_status as check_status,
        source_file,
        source_row
    from source
)

select * from renamed
