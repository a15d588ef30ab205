-- Grain: one row per row of the SDQ extract.
with

source as (
    select * from {{ source('lake', 'ssd_sdq_scores') }}
),

renamed as (
    select
        la,
        snapshot_month,
        csdq_table_id as sdq_id,
        csdq_person_id as person_id,
        cast(csdq_sdq_completed_date as date) as sdq_completed_date,
        csdq_sdq_score as sdq_score,
        csdq_sdq_reason as sdq_reason,
        source_file,
        source_row
    from source
)

select * from renamed
