-- Grain: one row per enquiry, as the recruitment team exported it.
with

source as (
    select * from {{ source('lake', 'ext_foster_enquiry') }}
),

renamed as (
    select
        la,
        snapshot_month,
        enquiry_id,
        household_id,
        cast(first_contact_date as date) as first_contact_date,
        channel,
        cast(info_visit_date as date) as info_visit_date,
        cast(followup_visit_date as date) as followup_visit_date,
        cast(application_date as date) as application_date,
        cast(closed_date as date) as closed_date,
        closure_reason,
        source_file,
        source_row
    from source
)

select * from renamed
