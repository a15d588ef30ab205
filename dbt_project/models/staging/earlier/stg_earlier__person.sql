-- Grain: one row per row of the person extract of every landed month: what was known then.
with

source as (
    select * from {{ source('lake', 'earlier_ssd_person') }}
),

renamed as (
    select
        la,
        snapshot_month,
        pers_person_id as person_id,
        pers_sex as sex,
        pers_ethnicity as ethnicity,
        cast(pers_dob as date) as birth_date,
        cast(pers_death_date as date) as death_date,
        source_file,
        source_row
    from source
)

select * from renamed
