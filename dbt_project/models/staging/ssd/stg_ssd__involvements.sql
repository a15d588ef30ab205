-- Grain: one row per row of the involvements extract.
with

source as (
    select * from {{ source('lake', 'ssd_involvements') }}
),

renamed as (
    select
        la,
        snapshot_month,
        invo_involvements_id as involvement_id,
        invo_professional_id as professional_id,
        invo_professional_role_id as involvement_role,
        invo_professional_team as team,
        invo_person_id as person_id,
        cast(invo_involvement_start_date as date) as involvement_start_date,
        cast(invo_involvement_end_date as date) as involvement_end_date,
        source_file,
        source_row
    from source
)

select * from renamed
