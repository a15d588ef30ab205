-- Grain: one row per review held, up to a month end.
with

reviews as (
    select * from {{ ref('int_reviews') }}
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        review_id as event_id,
        review_date as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        coalesce(review_date <= review_due_date, false) as is_in_numerator
    from reviews
)

select * from final
