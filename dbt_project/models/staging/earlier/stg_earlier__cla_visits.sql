-- Grain: one row per row of the visits extract of the landed month before each selected snapshot: what was known then.
with

source as (
    select * from {{ source('lake', 'earlier_ssd_cla_visits') }}
),

renamed as (
    select
        la,
        snapshot_month,
        clav_cla_visit_id as visit_id,
        clav_cla_id as cla_id,
        clav_person_id as person_id,
        cast(clav_cla_visit_date as date) as visit_date,
        clav_cla_visit_seen as seen,
        clav_cla_visit_seen_alone as seen_alone,
        source_file,
        source_row
    from source
)

select * from renamed
