-- Grain: one row per intervention, as the youth offending team exported it.
with

source as (
    select * from {{ source('lake', 'ext_yot') }}
),

renamed as (
    select
        la,
        snapshot_month,
        person_id,
        cast(start_date as date) as start_date,
        cast(end_date as date) as end_date,
        intervention_type,
        source_file,
        source_row
    from source
)

select * from renamed
