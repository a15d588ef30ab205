-- Grain: one row per row of the episodes file of the 903 return of every landed month: what was known then.
with

source as (
    select * from {{ source('lake', 'earlier_ssda903_episodes') }}
),

renamed as (
    select
        la,
        snapshot_month,
        child as child_id,
        cast(decom as date) as episode_start_date,
        rne as start_reason,
        ls as legal_status,
        cin as primary_need_code,
        place as placement_type,
        place_provider as provider,
        cast(dec as date) as episode_end_date,
        rec as end_reason,
        reason_place_change as change_reason,
        home_post as home_postcode_sector,
        pl_post as postcode_sector,
        pl_la as placement_la,
        urn,
        source_file,
        source_row
    from source
)

select * from renamed
