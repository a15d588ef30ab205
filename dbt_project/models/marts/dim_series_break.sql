-- Grain: one row per council and indicator whose series breaks within the thirteen months that are shown.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

series_breaks as (
    select * from {{ ref('stg_reference__series_break') }}
),

final as (
    select
        series_breaks.la,
        series_breaks.indicator_id,
        max(concat('Break in series from ', series_breaks.from_month, ': ', series_breaks.note)) as note
    from publications
    inner join series_breaks
        on publications.la = series_breaks.la
        and publications.month = series_breaks.snapshot_month
        and publications.month >= series_breaks.from_month
        and series_breaks.from_month >= substring(cast(publications.year_ago_end as {{ dbt.type_string() }}), 1, 7)
    group by series_breaks.la, series_breaks.indicator_id
)

select * from final
