-- Grain: one row per row of the care leavers extract. A person has a row per eligibility episode,
-- and the table has no stable key of its own.
with

source as (
    select * from {{ source('lake', 'ssd_care_leavers') }}
),

renamed as (
    select
        la,
        snapshot_month,
        clea_person_id as person_id,
        clea_care_leaver_eligibility as eligibility,
        clea_care_leaver_in_touch as in_touch,
        cast(clea_care_leaver_latest_contact as date) as latest_contact_date,
        clea_care_leaver_accommodation as accommodation,
        clea_care_leaver_accom_suitable as accommodation_suitable,
        clea_care_leaver_activity as activity,
        cast(clea_pathway_plan_review_date as date) as pathway_plan_review_date,
        clea_care_leaver_allocated_team as allocated_team,
        source_file,
        source_row
    from source
)

select * from renamed
