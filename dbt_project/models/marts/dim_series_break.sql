-- Grain: one row per council and indicator whose series breaks; the sentence to print where it does so within the
-- thirteen months that are shown, and all breaks up to the published month.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

series_breaks as (
    select * from {{ ref('fct_series_break') }}
),

breaks_so_far as (
    select
        series_breaks.*,
        series_breaks.from_month >= substring(cast(publications.year_ago_end as {{ dbt.type_string() }}), 1, 7)
            as is_shown
    from publications
    inner join series_breaks on publications.la = series_breaks.la
),

final as (
    select
        la,
        indicator_id,
        {{ joined_text('case when is_shown then sentence end', '; ', 'from_month, sentence') }} as note,
        {{ joined_text('sentence', '; ', 'from_month, sentence') }} as history
    from breaks_so_far
    group by la, indicator_id
)

select * from final
