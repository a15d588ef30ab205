-- Grain: one row per row of the reviews extract of the landed month before each selected snapshot: what was known then.
with

source as (
    select * from {{ source('lake', 'earlier_ssd_cla_reviews') }}
),

renamed as (
    select
        la,
        snapshot_month,
        clar_cla_review_id as review_id,
        clar_cla_id as cla_id,
        cast(clar_cla_review_due_date as date) as recorded_due_date,
        cast(clar_cla_review_date as date) as review_date,
        clar_cla_review_cancelled as cancelled,
        clar_cla_review_participation as participation,
        source_file,
        source_row
    from source
)

select * from renamed
