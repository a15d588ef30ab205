-- Grain: one row per review in the return.
with

source as (
    select * from {{ source('lake', 'ssda903_reviews') }}
),

renamed as (
    select
        la,
        snapshot_month,
        child as child_id,
        cast(dob as date) as birth_date,
        cast(review as date) as review_date,
        review_code as participation,
        source_file,
        source_row
    from source
)

select * from renamed
