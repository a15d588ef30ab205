-- Grain: one row per row of the placements extract of the landed month before each selected snapshot: what was known then.
with

source as (
    select * from {{ source('lake', 'earlier_ssd_cla_placement') }}
),

renamed as (
    select
        la,
        snapshot_month,
        clap_cla_placement_id as placement_id,
        clap_cla_id as cla_id,
        clap_person_id as person_id,
        cast(clap_cla_placement_start_date as date) as placement_start_date,
        cast(clap_cla_placement_end_date as date) as placement_end_date,
        clap_cla_placement_type as placement_type,
        clap_cla_placement_provider as provider,
        clap_cla_placement_urn as urn,
        clap_cla_placement_distance as distance_miles,
        clap_cla_placement_change_reason as change_reason,
        clap_cla_placement_postcode as postcode_sector,
        clap_cla_placement_la as placement_la,
        source_file,
        source_row
    from source
)

select * from renamed
