-- Grain: one row per row of the episodes extract of every landed month: what was known then.
with

source as (
    select * from {{ source('lake', 'earlier_ssd_cla_episodes') }}
),

renamed as (
    select
        la,
        snapshot_month,
        clae_cla_episode_id as episode_id,
        clae_person_id as person_id,
        clae_cla_placement_id as placement_id,
        clae_cla_id as cla_id,
        cast(clae_cla_episode_start_date as date) as episode_start_date,
        clae_cla_episode_start_reason as start_reason,
        clae_cla_primary_need_code as primary_need_code,
        cast(clae_cla_episode_ceased_date as date) as episode_end_date,
        clae_cla_episode_ceased_reason as end_reason,
        cast(clae_entered_care_date as date) as entered_care_date,
        cast(clae_cla_last_iro_contact_date as date) as last_iro_contact_date,
        source_file,
        source_row
    from source
)

select * from renamed
