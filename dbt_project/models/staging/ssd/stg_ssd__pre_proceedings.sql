-- Grain: one row per row of the pre-proceedings extract.
with

source as (
    select * from {{ source('lake', 'ssd_pre_proceedings') }}
),

renamed as (
    select
        la,
        snapshot_month,
        prep_table_id as pre_proceedings_id,
        prep_person_id as person_id,
        prep_court_reference as court_reference,
        cast(prep_care_pro_letter_date as date) as care_proceedings_letter_date,
        source_file,
        source_row
    from source
)

select * from renamed
