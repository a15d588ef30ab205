-- Grain: one row per adopted child in the return.
with

source as (
    select * from {{ source('lake', 'ssda903_ad1') }}
),

renamed as (
    select
        la,
        snapshot_month,
        child as child_id,
        cast(dob as date) as birth_date,
        cast(date_int as date) as adm_decision_date,
        cast(date_match as date) as matched_date,
        foster_care as adopted_by_carer,
        nb_adoptr as adopter_count,
        sex_adoptr as adopter_sex,
        ls_adoptr as adopter_legal_status,
        source_file,
        source_row
    from source
)

select * from renamed
