-- Grain: one row per row of the legal status extract.
with

source as (
    select * from {{ source('lake', 'ssd_legal_status') }}
),

renamed as (
    select
        la,
        snapshot_month,
        lega_legal_status_id as legal_status_id,
        lega_person_id as person_id,
        lega_legal_status as legal_status,
        cast(lega_legal_status_start_date as date) as legal_status_start_date,
        cast(lega_legal_status_end_date as date) as legal_status_end_date,
        source_file,
        source_row
    from source
)

select * from renamed
