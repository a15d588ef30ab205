-- Grain: one row per snapshot of the thirteen months to the published one: stock and flow. For officers.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

stock_flow as (
    select * from {{ ref('fct_stock_flow') }}
),

final as (
    select
        stock_flow.la,
        stock_flow.snapshot_month,
        stock_flow.closing_before,
        stock_flow.restated,
        stock_flow.opening,
        stock_flow.admissions,
        stock_flow.unexplained_starts,
        stock_flow.ceased,
        stock_flow.closing
    from stock_flow
    inner join publications
        on stock_flow.la = publications.la
        and stock_flow.snapshot_end >= publications.year_ago_end
)

select * from final
