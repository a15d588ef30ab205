-- Grain: one row per council: what stands at the head of the pack.
with

final as (
    select
        la,
        coalesce(council_name, 'The council') as council_name,
        month,
        period_end,
        previous_month_end,
        year_ago_end,
        previous_year_end
    from {{ ref('dim_publication') }}
)

select * from final
