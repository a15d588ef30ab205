-- Grain: one row per visit to a household, as the fostering service exported it.
with

source as (
    select * from {{ source('lake', 'ext_foster_visit') }}
),

renamed as (
    select
        la,
        snapshot_month,
        household_id,
        cast(visit_date as date) as visit_date,
        visit_type,
        source_file,
        source_row
    from source
)

select * from renamed
